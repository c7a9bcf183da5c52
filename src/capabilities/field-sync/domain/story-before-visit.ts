import { followUpFormOf } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import type { EvaluationSubject } from '#capabilities/follow-up/domain/sheet-evaluation.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { PersonDocument, PhoneProgramState } from './person-document.ts';

/** Classes a rule looks back over; the server reads as many. */
const classesRead = 4;

/** What the rules need to know of a person for a visit of this day, as the server reads it from its records. */
export function subjectOn(
  person: PersonDocument,
  state: PhoneProgramState,
  day: PlainDate,
): EvaluationSubject {
  const { grade } = person;
  const form = followUpFormOf(state.program);
  return {
    birthDate: person.birthDate,
    previousClasses: person.visits
      .flatMap((visit) =>
        visit.form === form && visit.on < day && visit.formClass !== null ? [visit.formClass] : [],
      )
      .slice(0, classesRead),
    lastAnswers: state.last !== null && state.last.on < day ? state.last.answers : undefined,
    grade: grade?.everyDays === undefined ? undefined : { colour: grade.colour, everyDays: grade.everyDays },
  };
}
