import { carryLastSheet } from '#capabilities/follow-up/domain/carry-last-sheet.ts';
import { followUpFormOf, followUpPrograms } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import type { VisitPerson } from '#capabilities/follow-up/domain/judge-visit-entry.ts';
import { mergeSheets } from '#capabilities/follow-up/domain/merge-sheets.ts';
import { prefillFollowUp } from '#capabilities/follow-up/domain/prefill-follow-up.ts';
import { startVisit } from '#capabilities/follow-up/domain/start-visit.ts';
import {
  frameVisit,
  type VisitEntry,
  type VisitFrame,
  type VisitIds,
} from '#capabilities/follow-up/domain/visit-entry.ts';
import { programs } from '#capabilities/residents/domain/program.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import type { FieldOperation } from './field-operation.ts';
import type { MadeUnder } from './made-under.ts';
import type { PersonDocument } from './person-document.ts';
import { subjectOn } from './story-before-visit.ts';

/** A visit of a person as the phone can start it, without a server. */
export interface PhoneVisitStart {
  readonly frame: VisitFrame;
  readonly person: VisitPerson;
  readonly answers: FormAnswers;
  /** Fields taken over from the last visits. */
  readonly taken: ReadonlySet<string>;
}

/** The edition a programme's sheet is written on. */
export type EditionOf = (program: PersonDocument['programs'][number]['program']) => FormEdition;
const builtIn: EditionOf = (program) => followUpPrograms[program].edition;

/** The merged sheet of the person's open programmes, prefilled from their last sheets; undefined for someone in none. */
export function startPhoneVisit(
  person: PersonDocument,
  doctorName: string,
  today: PlainDate,
  editionOf: EditionOf = builtIn,
  /** The editions this phone has, by which the last sheets are read. */
  editionNamed: (form: string, edition: string) => FormEdition | undefined = formEdition,
): PhoneVisitStart | undefined {
  const managed = programs.flatMap((program) => person.programs.filter((one) => one.program === program));
  if (managed.length === 0) return undefined;
  const merged = mergeSheets(managed.map(({ program }) => ({ program, edition: editionOf(program) })));
  const lastSheets = managed.flatMap(({ program, last }) => {
    if (!last) return [];
    const writtenOn = editionNamed(followUpFormOf(program), last.edition);
    return [{ program, on: last.on, answers: carryLastSheet(last.answers, writtenOn, editionOf(program)) }];
  });
  const prefills = lastSheets.map(({ program, on, answers }) => ({
    program,
    prefill: prefillFollowUp(answers),
    writtenOn: on,
  }));
  const answers = startVisit(merged, prefills, doctorName, today);
  const usual = new Set(Object.keys(startVisit(merged, [], doctorName, today)));
  return {
    frame: frameVisit(merged, lastSheets),
    person: {
      birthDate: person.birthDate,
      sex: person.sex,
      programs: managed.map((state) => ({
        program: state.program,
        enrolledOn: state.enrolledOn,
        subjectOn: (day) => subjectOn(person, state, day),
        sameDayBy: (day) =>
          person.visits
            .filter((visit) => visit.on === day && visit.form === followUpFormOf(state.program))
            .map((visit) => visit.by),
      })),
    },
    answers,
    taken: new Set(Object.keys(answers).filter((id) => !usual.has(id))),
  };
}

/**
 * The person as a refused visit finds them: whoever is managed for nothing any more is shown with the diseases it was
 * typed for, so that its day can be mended. Since when they were managed only the server knows, and it judges again.
 */
export function managedAsTyped(person: PersonDocument, refused: FieldOperation | undefined): PersonDocument {
  if (refused?.kind !== 'visit.record' || person.programs.length > 0) return person;
  const programs = refused.body.sheets.map(({ program, recordId }): PersonDocument['programs'][number] => ({
    program,
    enrollmentId: recordId,
    version: 1,
    enrolledOn: person.birthDate,
    diagnosedOn: null,
    classes: [],
    lastVisitOn: null,
    last: null,
  }));
  return { ...person, programs };
}

/** Fresh ids of a visit; one sheet alone shares the visit's id. */
export function visitIds(start: PhoneVisitStart, makeId: () => string): VisitIds {
  const visitId = makeId();
  return {
    operationId: makeId(),
    visitId,
    recordIds: Object.fromEntries(
      start.frame.merged.parts.map(({ program }, at) => [program, at === 0 ? visitId : makeId()]),
    ),
  };
}

/** The operation that records a visit as it stands. */
export function visitOperation(
  residentId: string,
  entry: VisitEntry,
  sheets: readonly {
    readonly program: 'hypertension' | 'type-2-diabetes' | 'copd';
    readonly answers: FormAnswers;
  }[],
  confirmed: readonly string[],
  frame: VisitFrame,
  made?: MadeUnder,
): FieldOperation & { kind: 'visit.record' } {
  return {
    operationId: entry.ids.operationId,
    kind: 'visit.record',
    residentId,
    body: {
      visitId: entry.ids.visitId,
      sheets: sheets.map(({ program, answers }) => ({
        program,
        recordId: entry.ids.recordIds[program] ?? entry.ids.visitId,
        formEdition: editionOn(frame, program),
        answers: { ...answers },
      })),
      confirmed: [...confirmed],
      ...(entry.laterReason ? { laterThanRuleReason: entry.laterReason } : {}),
      ...(made ? { made } : {}),
    },
  };
}

/** The edition of a programme's sheet as it stands on this visit. */
function editionOn(frame: VisitFrame, program: string): string {
  const part = frame.merged.parts.find((one) => one.program === program);
  if (!part) throw new RangeError(`not on this visit: ${program}`);
  return part.edition.edition;
}
