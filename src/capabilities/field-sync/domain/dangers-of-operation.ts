import { visitDayOf } from '#capabilities/assessment/domain/overlay-visit.ts';
import { followUpFormOf, followUpPrograms } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { measurementsOf } from '#capabilities/follow-up/domain/measurements-of.ts';
import { dangerSignsOf } from '#capabilities/follow-up/domain/read-sheet.ts';
import { checkupReadings } from '#capabilities/records/domain/checkup-readings.ts';
import { recordForms } from '#capabilities/records/domain/record-forms.ts';
import { type Program, programs } from '#capabilities/residents/domain/program.ts';
import { dangersOf } from '#capabilities/visits/domain/find-danger.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { engineEdition } from '#clinical/engine-edition.ts';
import { datedEditions } from '#kernel/choose-edition.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { formEdition, ownEditionHeads } from '#standards/forms/all-forms.ts';

/** A danger among what an operation carries: why, and the day it was measured on as typed. */
export interface OperationDanger {
  readonly reasons: readonly string[];
  /** Sheets nobody here can read whole, in words: whether they tell of a danger is not known, which is not “none”. */
  readonly unjudged: readonly string[];
  readonly on: PlainDate;
}

/** The edition of a form as the county keeps it; undefined when it never had it. */
export type EditionOf = (form: string, edition: string) => FormEdition | undefined;

/** A sheet as far as it can be read: what no form allows is no reading. */
interface ReadSheet {
  readonly program: Program | undefined;
  readonly form: string;
  readonly named: string;
  /** The edition the sheet names; undefined when nobody here has it. */
  readonly edition: FormEdition | undefined;
  readonly answers: FormAnswers;
}

/** The editions an operation names, to be looked for before it is read. */
export function editionsNamed(body: unknown): { readonly form: string; readonly edition: string }[] {
  return sheetsIn(body).map(({ form, named }) => ({ form, edition: named }));
}

const noRecord: PatientRecord = { conditions: [], programs: [], measurements: [], visits: [], medicines: [] };

/**
 * What of an operation that did not become a fact is an emergency, by the rules a filed visit is read with. Whatever comes
 * in is read as far as it goes: the operation may have been refused for being malformed.
 */
export function dangersOfOperation(
  operation: { readonly kind: string; readonly body: unknown },
  record: PatientRecord | undefined,
  today: PlainDate,
  editionOf: EditionOf = formEdition,
): OperationDanger | undefined {
  const known = record ?? noRecord;
  const sheets = readSheets(operation.body, known, today, editionOf);
  const answers: FormAnswers = Object.assign({}, ...sheets.map((sheet) => sheet.answers));
  if (sheets.length === 0) return undefined;
  const on = visitDayOf(answers, today);
  const reasons = new Set(sheets.flatMap((sheet) => crisisOf(sheet, known, today)));
  for (const reason of dangersOf(withReadings(known, sheets, answers, on), on)) reasons.add(reason);
  const unjudged = sheets.filter((sheet) => !sheet.edition).map(wordUnjudged);
  return reasons.size > 0 || unjudged.length > 0 ? { reasons: [...reasons], unjudged, on } : undefined;
}

/** A danger as it stands on the list: what was found first, then what could not be looked at. */
export function wordDanger({ reasons, unjudged, on }: OperationDanger): string {
  return `${on} 手机记录：${[...reasons, ...unjudged].join('')}`;
}

function wordUnjudged({ form, named }: ReadSheet): string {
  const title = newestOf(form)?.title ?? (form || '没有写明名称的表');
  const edition = named ? `没有 ${named} 版表样` : '没有写明版本';
  return `“${title}”${edition}，无法完整判断有无危急情况，请打开原文核对。`;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function sheetsIn(body: unknown) {
  if (!isObject(body)) return [];
  const given = Array.isArray(body.sheets) ? body.sheets : [body];
  return given.filter(isObject).flatMap((sheet) => {
    if (!isObject(sheet.answers)) return [];
    const program = programs.find((one) => one === sheet.program);
    const form = program ? followUpFormOf(program) : textOf(sheet.form);
    return [{ program, form, named: textOf(sheet.formEdition), given: sheet.answers }];
  });
}

function readSheets(
  body: unknown,
  record: PatientRecord,
  today: PlainDate,
  editionOf: EditionOf,
): ReadSheet[] {
  const about = {
    today,
    ...(record.birthDate ? { ageYears: ageInYears(record.birthDate, today) } : {}),
    ...(record.sex ? { sex: record.sex } : {}),
  };
  return sheetsIn(body).map(({ program, form, named, given }) => {
    const edition = editionOf(form, named);
    // Of an edition nobody has the readings still speak, within what a body can measure; its codes may mean anything.
    const bounds = edition ?? newestOf(form);
    const { emergencySigns, ...read } = bounds ? validateAnswers(bounds, given, about).answers : given;
    const signs = edition && emergencySigns !== undefined ? { emergencySigns } : {};
    return {
      program,
      form,
      named,
      edition,
      answers: { ...read, ...signs, visitDate: read[dayFieldOf(form)] },
    };
  });
}

/** The crisis as the sheet's own rules see it; the phone showed it in the same words. */
function crisisOf(sheet: ReadSheet, record: PatientRecord, today: PlainDate): string[] {
  const { program, edition } = sheet;
  if (!program || !record.birthDate) return [];
  const subject = { birthDate: record.birthDate, previousClasses: [] };
  const own = followUpPrograms[program];
  const unread = { ...own.edition, groups: [] };
  const { crisis } = own.evaluate(edition ?? unread, sheet.answers, subject, today);
  return crisis.kind === 'decided' && crisis.value ? crisis.reasons.map((reason) => reason.text) : [];
}

/** The person's record with what the operation carries in the place of what was kept of that day. */
function withReadings(
  record: PatientRecord,
  sheets: readonly ReadSheet[],
  answers: FormAnswers,
  on: PlainDate,
): PatientRecord {
  const checked = checkupReadings(answers).map((one) => ({ ...one, on }));
  const typed = [...measurementsOf(answers, on), ...checked].map((one) => ({
    kind: one.kind,
    value: one.value,
    context: one.context,
    on: one.on,
  }));
  const signs = sheets.flatMap(({ program, edition, answers: own }) =>
    program && edition ? [[program, dangerSignsOf(edition, own)] as const] : [],
  );
  return {
    ...record,
    // Only what this operation carries: what else was measured that day is somebody's task already.
    measurements: [...record.measurements.filter((one) => one.on < on), ...typed],
    visits: record.visits.filter((one) => one.on < on),
    dangerSigns: Object.fromEntries(signs),
  };
}

const dayFieldOf = (form: string) => recordForms.find((one) => one.form === form)?.dayField ?? 'visitDate';

/** The program's own newest edition, where the one a sheet names is not here. */
function newestOf(form: string): FormEdition | undefined {
  return datedEditions(ownEditionHeads(form, engineEdition))
    .map((one) => formEdition(form, one.edition))
    .at(-1);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
