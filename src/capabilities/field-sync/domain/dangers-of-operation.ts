import { visitDayOf } from '#capabilities/assessment/domain/overlay-visit.ts';
import { followUpFormOf, followUpPrograms } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { measurementsOf } from '#capabilities/follow-up/domain/measurements-of.ts';
import { dangerSignsOf } from '#capabilities/follow-up/domain/read-sheet.ts';
import { checkupReadings } from '#capabilities/records/domain/checkup-readings.ts';
import { recordForms } from '#capabilities/records/domain/record-forms.ts';
import { type Program, programs } from '#capabilities/residents/domain/program.ts';
import { dangersOf } from '#capabilities/visits/domain/find-danger.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { formEdition } from '#standards/forms/all-forms.ts';

/** A danger among what an operation carries: why, and the day it was measured on as typed. */
export interface OperationDanger {
  readonly reasons: readonly string[];
  readonly on: PlainDate;
}

/** A sheet as far as it can be read: what no form allows is no reading. */
interface ReadSheet {
  readonly program: Program | undefined;
  readonly edition: FormEdition | undefined;
  readonly answers: FormAnswers;
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
): OperationDanger | undefined {
  const known = record ?? noRecord;
  const sheets = sheetsOf(operation, known, today);
  const answers: FormAnswers = Object.assign({}, ...sheets.map((sheet) => sheet.answers));
  if (sheets.length === 0) return undefined;
  const on = visitDayOf(answers, today);
  const reasons = new Set(sheets.flatMap((sheet) => crisisOf(sheet, known, today)));
  for (const reason of dangersOf(withReadings(known, sheets, answers, on), on)) reasons.add(reason);
  return reasons.size > 0 ? { reasons: [...reasons], on } : undefined;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function sheetsOf(
  { kind, body }: { kind: string; body: unknown },
  record: PatientRecord,
  today: PlainDate,
): ReadSheet[] {
  if (!isObject(body)) return [];
  const given = kind === 'visit.record' && Array.isArray(body.sheets) ? body.sheets : [body];
  return given.filter(isObject).flatMap((sheet) => {
    if (!isObject(sheet.answers)) return [];
    const program = programs.find((one) => one === sheet.program);
    const form = program ? followUpFormOf(program) : textOf(sheet.form);
    const edition =
      formEdition(form, textOf(sheet.formEdition)) ??
      (program ? followUpPrograms[program].edition : newestOf(form));
    const about = {
      today,
      ...(record.birthDate ? { ageYears: ageInYears(record.birthDate, today) } : {}),
      ...(record.sex ? { sex: record.sex } : {}),
    };
    const answers = edition ? validateAnswers(edition, sheet.answers, about).answers : sheet.answers;
    const day = dayFieldOf(form);
    return [{ program, edition, answers: { ...answers, visitDate: answers[day] } }];
  });
}

/** The crisis as the sheet's own rules see it; the phone showed it in the same words. */
function crisisOf({ program, answers }: ReadSheet, record: PatientRecord, today: PlainDate): string[] {
  if (!program || !record.birthDate) return [];
  const subject = { birthDate: record.birthDate, previousClasses: [] };
  const { crisis } = followUpPrograms[program].evaluate(answers, subject, today);
  return crisis.kind === 'decided' && crisis.value ? crisis.reasons.map((reason) => reason.text) : [];
}

/** The person's record with what the operation carries in the place of what was kept of that day. */
function withReadings(
  record: PatientRecord,
  sheets: readonly ReadSheet[],
  answers: FormAnswers,
  on: PlainDate,
): PatientRecord {
  const typed = [...measurementsOf(answers), ...checkupReadings(answers)].map(({ kind, value, context }) => ({
    kind,
    value,
    context,
    on,
  }));
  const signs = sheets.flatMap(({ program, edition, answers: own }) =>
    program && edition ? [[program, dangerSignsOf(edition, own).names] as const] : [],
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

function newestOf(form: string): FormEdition | undefined {
  const known = recordForms.find((one) => one.form === form);
  return known && formEdition(form, known.edition);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
