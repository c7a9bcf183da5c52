import { type RawBuilder, sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { OpenTask } from '#capabilities/residents/contract.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf, writeLater } from '#platform/server/database/with-scope.ts';
import { type NextTask, rankTask } from '../domain/follow-up-task.ts';
import { measurementsOf } from '../domain/measurements-of.ts';
import type { FollowUpEvaluation } from '../domain/sheet-evaluation.ts';
import { verdictsOf } from '../domain/verdicts-of.ts';
import type { FollowUpCase } from './load-follow-up-case.ts';
import type { SheetInput } from './sheet-input.ts';

const modes: Readonly<Record<string, string>> = { '1': 'clinic', '2': 'home', '3': 'telephone' };

/** How the visit was made, as the record keeps it. */
export function modeOf(answers: FormAnswers): string | null {
  return modes[String(answers.visitMethod)] ?? null;
}

interface SaveInput {
  readonly input: SheetInput;
  readonly person: FollowUpCase;
  readonly visitOn: PlainDate;
  readonly answers: FormAnswers;
  readonly evaluation: FollowUpEvaluation;
  readonly nextTask: NextTask | null;
  readonly form: string;
}

/**
 * Writes the sheet and everything that hangs on it in one statement that travels with the next, or with the commit:
 * sheet, readings, verdicts, the old task closed and the new one opened, the audit entry. Returns the new task.
 */
export async function saveFollowUp(
  tx: Transaction<Tables>,
  actor: Actor,
  save: SaveInput,
): Promise<OpenTask | null> {
  const { input, person, nextTask } = save;
  const { countyId, origin } = actor;
  const readings = measurementsOf(save.answers, save.visitOn);
  const verdicts = verdictsOf(save.evaluation);
  const taskId = uuidv7();
  const correction = input.correction;
  const write = sql`
    with sheet as (
      insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form,
        form_edition, occurred_on, mode, answers, supersedes_id, correction_reason, received_at, recorded_by)
      values (${countyId}, ${input.recordId}::uuid, ${input.operationId}::uuid, ${input.visitId}::uuid,
        ${person.resident_id}::uuid, ${actor.organizationId}::uuid, ${person.org_path}, ${save.form},
        ${input.formEdition}, ${save.visitOn}::date, ${modeOf(save.answers)},
        ${JSON.stringify(sealsOf(tx).answers('form_record', input.recordId, save.answers))}::json, ${correction?.supersedesId ?? null}::uuid, ${correction?.reason ?? null},
        ${input.now}, ${actor.staffId}::uuid)
      returning county_id, id
    ), readings as (
      insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, context, occurred_on)
      select sheet.county_id, sheet.id, x.kind, ${person.resident_id}::uuid, ${person.org_path}, x.value, x.unit,
        x.context, x."on"
      from sheet, jsonb_to_recordset(${JSON.stringify(readings)}::jsonb)
        as x (kind text, value numeric, unit text, context text, "on" date)
    ), verdicts as (
      insert into verdict (county_id, record_id, rule_id, resident_id, org_path, edition, outcome, clause,
        certainty, reasons, occurred_on)
      select sheet.county_id, sheet.id, x."ruleId", ${person.resident_id}::uuid, ${person.org_path}, x.edition, x.outcome,
        x.clause, x.certainty, x.reasons, ${save.visitOn}::date
      from sheet, jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
        as x ("ruleId" text, edition text, outcome text, clause text, certainty text, reasons json)
    ), audit as (
      insert into audit_entry (county_id, id, at, staff_id, role, org_path, action, resident_id, subject, outcome,
        purpose, device, address, request_id)
      values (${countyId}, ${uuidv7()}::uuid, ${input.now}, ${actor.staffId}::uuid, ${actor.role}, ${actor.path},
        ${correction ? 'follow-up.correct' : 'follow-up.record'}, ${person.resident_id}::uuid, ${input.recordId}, 'allowed',
        ${origin?.purpose ?? null}, ${origin?.device ?? null}, ${origin?.address ?? null}, ${origin?.requestId ?? null}::uuid)
    )${nextTask === null ? sql`` : exchangeTask(actor, save, nextTask, taskId)}
    select 1`;
  await writeLater(tx, write);
  if (correction) {
    await writeLater(
      tx,
      sql`update form_record set superseded_by = ${input.recordId}::uuid
        where county_id = ${countyId} and id = ${correction.supersedesId}::uuid`,
    );
  }
  if (nextTask === null) return null;
  return {
    id: taskId,
    enrollmentId: person.enrollment_id,
    program: input.program,
    kind: nextTask.kind,
    dueOn: nextTask.dueOn,
    latestOn: nextTask.latestOn,
    reason: nextTask.reason,
  };
}

/** Closes the open task and opens the next; the new one reads from the closing, so that there is never two open at once. */
function exchangeTask(
  actor: Actor,
  save: SaveInput,
  nextTask: NextTask,
  taskId: string,
): RawBuilder<unknown> {
  const { input, person } = save;
  return sql`, closed as (
      update follow_up_task set closed_at = ${input.now}, closed_by_record = ${input.recordId}::uuid,
        close_reason = ${input.correction ? 'corrected' : 'visited'}
      where county_id = ${actor.countyId} and enrollment_id = ${person.enrollment_id}::uuid and closed_at is null
      returning id
    ), opened as (
      insert into follow_up_task (county_id, id, resident_id, enrollment_id, organization_id, org_path, program, kind,
        risk_rank, due_on, latest_on, reason, opened_by_record, opened_at)
      select ${actor.countyId}, ${taskId}::uuid, ${person.resident_id}::uuid, ${person.enrollment_id}::uuid,
        ${person.organization_id}::uuid, ${person.org_path}, ${input.program}, ${nextTask.kind},
        ${rankTask(nextTask.kind)}::smallint, ${nextTask.dueOn}::date, ${nextTask.latestOn}::date, ${nextTask.reason},
        ${input.recordId}::uuid, ${input.now}::timestamptz
      from (select count(*) from closed) as after_closing
    )`;
}
