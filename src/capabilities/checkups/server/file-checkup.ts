import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { fileResidentRecord } from '#capabilities/records/server/public.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import {
  type AcceptedFinding,
  acceptedFindings,
  type CheckupVerdict,
  type ConclusionDecision,
  checkupVerdicts,
  declinedWithoutReason,
  reviewSheet,
  unanswered,
} from '../domain/conclude-checkup.ts';
import { checkupEdition, subjectOf } from './read-exam-people.ts';
import { followSuspicions } from './suspect-diseases.ts';

export interface CheckupInput {
  readonly operationId: string;
  readonly recordId: string;
  readonly residentId: string;
  readonly answers: FormAnswers;
  readonly decisions: readonly ConclusionDecision[];
  readonly confirmed: readonly string[];
  readonly supersedesId?: string | undefined;
  readonly reason?: string | undefined;
  readonly today: PlainDate;
  readonly now: Date;
}

type Program = 'hypertension' | 'type-2-diabetes' | 'copd';
interface Person {
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly org_path: string;
  readonly organization_id: string;
  readonly status: string;
  readonly programs: Program[];
}

/**
 * Files a complete checkup sheet: the sheet with its readings, the rules' conclusions with what the doctor did with each,
 * the tasks that follow and the course of a suspected disease, in the caller's transaction. Refuses a person who died or
 * left, a sheet with required items open, a conclusion nobody answered, and an urgent one left without a reason.
 */
export async function fileCheckupSheet(
  tx: Transaction<Tables>,
  actor: Actor,
  input: CheckupInput,
): Promise<{ recordId: string; occurredOn: string; tasks: number } | Refused> {
  const person = await readPerson(tx, actor, input.residentId);
  if (!person) return refused('not-found');
  const given = input.answers.checkDate;
  const day = (typeof given === 'string' ? given : input.today) as PlainDate;
  const subject = subjectOf(
    { birthDate: person.birth_date, sex: person.sex, programs: person.programs },
    day,
  );
  const { answers } = validateAnswers(checkupEdition, input.answers, { today: input.today, ...subject });
  const about = { sex: person.sex, ageYears: subject.ageYears, programs: person.programs };
  const review = reviewSheet(checkupEdition, answers, about, day);
  const filed = await fileResidentRecord(tx, actor, {
    ...input,
    form: checkupEdition.form,
    formEdition: checkupEdition.edition,
  });
  if ('kind' in filed) return filed;
  const open: FieldIssue[] = [
    ...unanswered(review, input.decisions).map((one) => ({
      path: `conclusion.${one.code}`,
      code: 'unanswered',
      message: `“${one.label}”还没有采纳或不采纳。`,
    })),
    ...declinedWithoutReason(review, input.decisions).map((one) => ({
      path: `conclusion.${one.code}`,
      code: 'reason-missing',
      message: `不采纳“${one.label}”须写明理由。`,
    })),
  ];
  if (open.length > 0) return refused('invalid-input', { issues: open });
  await insertVerdicts(tx, actor, input, person, checkupVerdicts(review.findings, input.decisions), day);
  const accepted = acceptedFindings(review, input.decisions);
  if (input.supersedesId) await endTasksOf(tx, actor, input.supersedesId, input.now);
  // Paper that comes in after a person's death is kept, but nobody is sent to them.
  if (person.status !== 'active') return { recordId: filed.recordId, occurredOn: filed.occurredOn, tasks: 0 };
  const tasks = await openTasks(tx, actor, input, person, accepted, day);
  const refusal = await followSuspicions(tx, actor, input, accepted, day);
  if (refusal) return refusal;
  return { recordId: filed.recordId, occurredOn: filed.occurredOn, tasks };
}

async function readPerson(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string,
): Promise<Person | undefined> {
  const { rows } = await sql<Person>`
    select r.sex, r.birth_date, r.org_path, r.organization_id, r.status,
      (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e where e.county_id = r.county_id
        and e.resident_id = r.id and e.closed_on is null) as programs
    from resident r where r.county_id = ${actor.countyId} and r.id = ${residentId}::uuid`.execute(tx);
  return rows[0];
}

async function insertVerdicts(
  tx: Transaction<Tables>,
  actor: Actor,
  input: CheckupInput,
  person: Person,
  verdicts: readonly CheckupVerdict[],
  day: PlainDate,
): Promise<void> {
  await sql`
    insert into verdict (county_id, record_id, rule_id, resident_id, org_path, edition, outcome, clause,
      certainty, reasons, decisions, occurred_on)
    select ${actor.countyId}, ${input.recordId}::uuid, x."ruleId", ${input.residentId}::uuid, ${person.org_path},
      ${checkupEdition.edition}, x.outcome, x.clause, x.certainty, x.reasons, x.decisions, ${day}::date
    from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
      as x ("ruleId" text, outcome text, clause text, certainty text, reasons json, decisions jsonb)`.execute(
    tx,
  );
}

async function endTasksOf(tx: Transaction<Tables>, actor: Actor, recordId: string, now: Date): Promise<void> {
  await tx
    .updateTable('checkup_task')
    .set({ closed_at: now, closed_by: actor.staffId, close_note: '体检表已更正' })
    .where('county_id', '=', actor.countyId)
    .where('record_id', '=', recordId)
    .where('closed_at', 'is', null)
    .execute();
}

async function openTasks(
  tx: Transaction<Tables>,
  actor: Actor,
  input: CheckupInput,
  person: Person,
  accepted: readonly AcceptedFinding[],
  day: PlainDate,
): Promise<number> {
  const rows = accepted.flatMap((one) =>
    one.action
      ? [
          {
            county_id: actor.countyId,
            id: uuidv7(),
            resident_id: input.residentId,
            org_path: person.org_path,
            organization_id: person.organization_id,
            record_id: input.recordId,
            code: one.code,
            kind: one.action.kind,
            what: one.action.what,
            reason: one.written,
            due_on: addDays(day, one.action.withinDays),
            opened_at: input.now,
            opened_by: actor.staffId,
          },
        ]
      : [],
  );
  if (rows.length > 0) await tx.insertInto('checkup_task').values(rows).execute();
  return rows.length;
}
