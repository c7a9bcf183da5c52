import { followUpPrograms } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { measurementsOf } from '#capabilities/follow-up/domain/measurements-of.ts';
import { nextTaskOf } from '#capabilities/follow-up/domain/plan-follow-up-task.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { parsePlainDate } from '#kernel/plain-date.ts';
import type { DefinitionBook } from './definition-book.ts';
import type { FieldOperationBodies } from './field-operation.ts';
import type { PersonDocument, PhoneProgramState } from './person-document.ts';
import { subjectOn } from './story-before-visit.ts';
import { newestReadingFirst } from './wire-visit.ts';

const modes: Readonly<Record<string, string>> = { '1': 'clinic', '2': 'home', '3': 'telephone' };
type Sheet = FieldOperationBodies['visit.record']['sheets'][number];

/** Mark of a task only this phone knows of: it cannot be closed by name, the visit's sheet carries it. */
export const localTaskPrefix = 'local-';

/**
 * A visit saved on this phone: its sheets in the record, the open tasks of its diseases done, and the next ones planned by
 * the same rules as on the server, so that a recheck in two weeks is on the list of a phone that stays offline for a month.
 */
export function applyVisit(
  person: PersonDocument,
  body: FieldOperationBodies['visit.record'],
  book: Pick<DefinitionBook, 'edition'>,
): PersonDocument {
  return body.sheets.reduce((now, sheet) => applySheet(now, sheet, book), person);
}

function applySheet(
  person: PersonDocument,
  sheet: Sheet,
  book: Pick<DefinitionBook, 'edition'>,
): PersonDocument {
  const state = person.programs.find((one) => one.program === sheet.program);
  // The server's document may hold the sheet already.
  if (!state || state.last?.recordId === sheet.recordId) return person;
  const { answers } = sheet;
  const { edition: known, evaluate } = followUpPrograms[sheet.program];
  const edition = book.edition(known.form, sheet.formEdition);
  const on = parsePlainDate(String(answers.visitDate ?? ''));
  if (!on) return person;
  const formClass = ([1, 2, 3, 4] as const).find((one) => one === Number(answers.visitClass)) ?? null;
  const visit = {
    on,
    form: known.form,
    mode: modes[String(answers.visitMethod)] ?? null,
    formClass,
    by: '本机',
    isLocal: true as const,
  };
  const isLatest = state.lastVisitOn === null || state.lastVisitOn <= on;
  const next: PhoneProgramState = isLatest
    ? {
        ...state,
        classes: (formClass === null ? state.classes : [formClass, ...state.classes]).slice(0, 4),
        lastVisitOn: on,
        last: { recordId: sheet.recordId, edition: sheet.formEdition, on, answers },
      }
    : state;
  // A sheet typed late, or one the rules cannot read, leaves open what is planned.
  const isRead = isLatest && edition !== undefined;
  const task = isRead
    ? nextTaskOf(evaluate(edition, answers, subjectOn(person, state, on), on), answers)
    : undefined;
  const planned = {
    id: `${localTaskPrefix}${sheet.recordId}`,
    enrollmentId: state.enrollmentId,
    program: sheet.program,
  };
  return withReadings(
    {
      ...person,
      programs: person.programs.map((one) => (one === state ? next : one)),
      tasks: task
        ? [...person.tasks.filter((one) => one.enrollmentId !== state.enrollmentId), { ...planned, ...task }]
        : person.tasks,
      visits: [visit, ...person.visits].toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)),
    },
    on,
    answers,
  );
}

/** The readings of a sheet of a day on top of the person's series. */
export function withReadings(
  person: PersonDocument,
  visitOn: PersonDocument['birthDate'],
  answers: FormAnswers,
): PersonDocument {
  const series = { ...person.series };
  for (const { kind, value, context, on } of measurementsOf(answers, visitOn)) {
    if (kind === 'bmi' || kind === 'height') continue;
    const reading = context === null ? ([on, value] as const) : ([on, value, context] as const);
    series[kind] = [reading, ...(series[kind] ?? [])].toSorted(newestReadingFirst);
  }
  return { ...person, series };
}
