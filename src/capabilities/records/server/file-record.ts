import { sql, type Transaction } from 'kysely';
import { hypertensionCount, rejudgeManagementYear, yearOf } from '#capabilities/indicators/server/public.ts';
import type { Program } from '#capabilities/residents/domain/program.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { type CheckupReading, checkupReadings } from '../domain/checkup-readings.ts';
import { dayFieldOf } from '../domain/day-field.ts';
import { evaluateScreening, isScreeningForm, screeningReadings } from '../domain/evaluate-screening.ts';
import { findRecordForm } from '../domain/record-forms.ts';
import { recordGroups } from '../domain/record-groups.ts';
import type { ScreeningEvaluation } from '../domain/screening-evaluation.ts';
import { countCheckupYears } from './count-checkup-years.ts';
import { findFormEdition } from './find-form-edition.ts';
import { insertVerdicts, readScreeningSubject } from './screening-verdicts.ts';
import { sealQuestionsOf } from './seal-questions-of.ts';

interface FileInput {
  readonly operationId: string;
  readonly recordId: string;
  readonly residentId: string;
  readonly form: string;
  readonly formEdition: string;
  readonly answers: unknown;
  readonly confirmed: readonly string[];
  readonly supersedesId?: string | undefined;
  readonly reason?: string | undefined;
  readonly today: PlainDate;
  readonly now: Date;
}

interface Person {
  readonly birth_date: PlainDate;
  readonly id_no: string | null;
  readonly archive_no: string;
  readonly sex: string;
  readonly org_path: string;
  readonly status: string;
  readonly status_on: PlainDate | null;
  readonly programs: Program[];
}

/** A record that now stands, with what the rules say of it when it is a screening sheet. */
export interface FiledRecord {
  readonly recordId: string;
  readonly occurredOn: PlainDate;
  readonly evaluation?: ScreeningEvaluation;
}

/**
 * Files a form in a resident's record, new or as a correction that keeps the old version. Refuses what the form does
 * not allow, a form filled elsewhere, a day before the person was born, a correction without a reason or of a version
 * that is no longer the last. A checkup's readings are kept as measurements and the person's year is judged again; a
 * screening sheet is put to its rules and their verdicts are kept with it.
 */
export async function fileResidentRecord(
  tx: Transaction<Tables>,
  actor: Actor,
  input: FileInput,
): Promise<FiledRecord | Refused> {
  const edition = await findFormEdition(tx, actor.countyId, input.form, input.formEdition);
  const dayField = edition && dayFieldOf(edition);
  if (!edition || dayField === undefined)
    return invalid([
      { path: 'form', code: 'unknown-form', message: '服务器不认识这张表或这个版本，请刷新页面。' },
    ]);
  const person = await readPerson(tx, actor, input.residentId);
  if (!person) return refused('not-found');
  const before = input.supersedesId ? await claimOld(tx, actor, input) : undefined;
  if (before && 'kind' in before) return before;
  const ageYears = ageInYears(person.birth_date, input.today);
  const validation = validateAnswers(edition, withIdentity(edition, input.answers, person), {
    today: input.today,
    ageYears,
    sex: person.sex,
    groups: recordGroups({ ageYears, programs: person.programs }),
    confirmed: input.confirmed,
  });
  const { answers } = validation;
  const given = answers[dayField];
  const occurredOn = typeof given === 'string' ? (given as PlainDate) : input.today;
  const errors = [...validation.errors];
  if (occurredOn < person.birth_date)
    errors.push({ path: dayField, code: 'before-birth', message: '日期早于这个人的出生日期。' });
  if (errors.length > 0) return invalid(errors);
  if (input.form === 'annual-checkup' && !before && hasLeft(person, occurredOn))
    return refused('record-closed');
  if (validation.warnings.length > 0)
    return refused('needs-confirmation', { issues: [...validation.warnings] });

  sealQuestionsOf(tx, edition);
  await insertRecord(tx, actor, input, person, answers, occurredOn);
  if (input.form === 'annual-checkup') {
    await insertReadings(tx, actor, input, person, checkupReadings(answers), occurredOn);
    const years = new Set([occurredOn, before?.occurred_on ?? occurredOn].map(yearOf));
    await countCheckupYears(tx, actor.countyId, input.residentId, years);
    if (person.programs.includes('hypertension')) await rejudge(tx, actor, input, years);
  }
  const evaluation = await judgeScreening(tx, actor, input, { edition, person, answers, occurredOn });
  await recordAudit(tx, actor, {
    action: input.supersedesId ? 'record.correct' : 'record.file',
    residentId: input.residentId,
    subject: input.recordId,
    detail: { form: input.form },
    now: input.now,
  });
  return { recordId: input.recordId, occurredOn, ...(evaluation ? { evaluation } : {}) };
}

/**
 * The same for whoever fills a form without a workflow of its own: refuses one that has a screen of its own, where what
 * the rules conclude of it is answered.
 */
export async function filePlainRecord(tx: Transaction<Tables>, actor: Actor, input: FileInput) {
  if (findRecordForm(input.form)?.ownScreen) return refused('own-screen');
  return fileResidentRecord(tx, actor, input);
}

/** Puts a screening sheet to its rules and keeps readings and verdicts; undefined for any other form. */
async function judgeScreening(
  tx: Transaction<Tables>,
  actor: Actor,
  input: FileInput,
  sheet: { edition: FormEdition; person: Person; answers: FormAnswers; occurredOn: PlainDate },
): Promise<ScreeningEvaluation | undefined> {
  const { edition, person, answers, occurredOn } = sheet;
  if (!isScreeningForm(input.form)) return undefined;
  const subject = await readScreeningSubject(tx, {
    countyId: actor.countyId,
    residentId: input.residentId,
    birthDate: person.birth_date,
    sex: person.sex,
    on: occurredOn,
    exceptRecordIds: [input.recordId, ...(input.supersedesId ? [input.supersedesId] : [])],
  });
  const evaluation = evaluateScreening(edition, answers, subject, occurredOn);
  await insertReadings(tx, actor, input, person, screeningReadings(answers), occurredOn);
  await insertVerdicts(tx, {
    countyId: actor.countyId,
    recordId: input.recordId,
    residentId: input.residentId,
    orgPath: person.org_path,
    on: occurredOn,
    verdicts: evaluation.verdicts,
  });
  return evaluation;
}

const invalid = (issues: FieldIssue[]) => refused('invalid-input', { issues });

/** Dead, gone or closed on that day: a checkup of an earlier day may still come in from paper. */
function hasLeft(person: Person, on: PlainDate): boolean {
  const left = ['dead', 'moved', 'closed'].includes(person.status);
  return left && (person.status_on === null || on > person.status_on);
}

async function readPerson(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string,
): Promise<Person | undefined> {
  const found = await sql<Person>`
    select r.id, r.birth_date, r.id_no, r.archive_no, r.sex, r.org_path, r.status, r.status_on,
      (select coalesce(array_agg(e.program), '{}') from enrollment e where e.county_id = r.county_id
        and e.resident_id = r.id and e.closed_on is null) as programs
    from resident r where r.county_id = ${actor.countyId} and r.id = ${residentId}::uuid for share of r`.execute(
    tx,
  );
  return found.rows[0];
}

/** A phone does not hold whole identity numbers: where the form asks for one and none was sent, the record's own stands. */
function withIdentity(edition: FormEdition, answers: unknown, person: Person): unknown {
  if (typeof answers !== 'object' || answers === null) return answers;
  const known: FormAnswers = { idNo: person.id_no ?? undefined, archiveNo: person.archive_no };
  const given = answers as FormAnswers;
  const added = fieldsOf(edition).flatMap(({ id }) =>
    known[id] !== undefined && given[id] === undefined ? [[id, known[id]] as const] : [],
  );
  return { ...given, ...Object.fromEntries(added) };
}

async function claimOld(tx: Transaction<Tables>, actor: Actor, input: FileInput) {
  if (!input.reason?.trim())
    return invalid([{ path: 'reason', code: 'missing', message: '请写明更正原因。' }]);
  const old = await tx
    .selectFrom('form_record')
    .select(['id', 'occurred_on', 'superseded_by'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.supersedesId ?? '')
    .where('resident_id', '=', input.residentId)
    .where('form', '=', input.form)
    .forUpdate()
    .executeTakeFirst();
  if (!old) return refused('not-found');
  if (old.superseded_by !== null) return refused('already-superseded');
  return old;
}

async function insertRecord(
  tx: Transaction<Tables>,
  actor: Actor,
  input: FileInput,
  person: Person,
  answers: FormAnswers,
  occurredOn: PlainDate,
): Promise<void> {
  const sealed = sealsOf(tx).answers('form_record', input.recordId, answers);
  await sql`
    insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form,
      form_edition, occurred_on, answers, supersedes_id, correction_reason, received_at, recorded_by)
    values (${actor.countyId}, ${input.recordId}::uuid, ${input.operationId}::uuid, ${input.recordId}::uuid,
      ${input.residentId}::uuid, ${actor.organizationId}::uuid, ${person.org_path}, ${input.form}, ${input.formEdition},
      ${occurredOn}::date, ${JSON.stringify(sealed)}::json, ${input.supersedesId ?? null}::uuid,
      ${input.supersedesId ? (input.reason ?? null) : null}, ${input.now}, ${actor.staffId}::uuid)`.execute(
    tx,
  );
  if (input.supersedesId) {
    await sql`update form_record set superseded_by = ${input.recordId}::uuid
      where county_id = ${actor.countyId} and id = ${input.supersedesId}::uuid`.execute(tx);
  }
}

async function insertReadings(
  tx: Transaction<Tables>,
  actor: Actor,
  input: FileInput,
  person: Person,
  readings: readonly CheckupReading[],
  occurredOn: PlainDate,
): Promise<void> {
  if (readings.length === 0) return;
  await sql`
    insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, context, occurred_on)
    select ${actor.countyId}, ${input.recordId}::uuid, x.kind, ${input.residentId}::uuid, ${person.org_path}, x.value,
      x.unit, x.context, ${occurredOn}::date
    from jsonb_to_recordset(${JSON.stringify(readings)}::jsonb)
      as x (kind text, value numeric, unit text, context text)`.execute(tx);
}

async function rejudge(tx: Transaction<Tables>, actor: Actor, input: FileInput, years: ReadonlySet<number>) {
  // A checkup counts for its own year and for the one after.
  const touched = new Set([...years].flatMap((year) => [year, year + 1]));
  for (const year of touched) {
    if (year > yearOf(input.today)) continue;
    await rejudgeManagementYear(tx, {
      countyId: actor.countyId,
      count: hypertensionCount,
      year,
      today: input.today,
      residentIds: [input.residentId],
    });
  }
}
