import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { OpenTask } from '#capabilities/residents/contract.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { rankTask } from '../domain/follow-up-task.ts';
import { latestDayOf } from '../domain/plan-follow-up-task.ts';

interface CloseInput {
  readonly taskId: string;
  readonly reason: 'lost' | 'refused' | 'replanned' | 'other';
  readonly note: string;
  readonly nextDueOn: PlainDate;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Closes a task without a visit, with a reason, and plans the person anew: somebody managed never falls off the list.
 * The urgency of the closed task stays with the new one. Refuses a date in the past or more than a year ahead.
 */
export async function closeTaskWithoutVisit(
  tx: Transaction<Tables>,
  actor: Actor,
  input: CloseInput,
): Promise<{ nextTask: OpenTask } | Refused> {
  if (input.nextDueOn < input.today || input.nextDueOn > addDays(input.today, 366)) {
    const message = '下次随访日期应在今天至一年之内。';
    return refused('invalid-input', { issues: [{ path: 'nextDueOn', code: 'out-of-range', message }] });
  }
  const task = await tx
    .updateTable('follow_up_task')
    .set({ closed_at: input.now, close_reason: input.reason, close_note: input.note })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.taskId)
    .where('closed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (!task) return refused('not-found');
  const next = {
    id: uuidv7(),
    dueOn: input.nextDueOn,
    latestOn: latestDayOf(task.kind, input.nextDueOn),
    reason: `${input.today} 未随访：${input.note}。${task.reason}`.slice(0, 500),
  };
  await tx
    .insertInto('follow_up_task')
    .values({
      county_id: task.county_id,
      id: next.id,
      resident_id: task.resident_id,
      enrollment_id: task.enrollment_id,
      organization_id: task.organization_id,
      org_path: task.org_path,
      program: task.program,
      kind: task.kind,
      risk_rank: rankTask(task.kind),
      due_on: next.dueOn,
      latest_on: next.latestOn,
      reason: next.reason,
      opened_by_record: task.opened_by_record,
      opened_at: input.now,
    })
    .execute();
  await recordAudit(tx, actor, {
    action: 'follow-up-task.close',
    residentId: task.resident_id,
    subject: task.id,
    detail: { reason: input.reason },
    now: input.now,
  });
  return {
    nextTask: {
      id: next.id,
      enrollmentId: task.enrollment_id,
      program: task.program,
      kind: task.kind,
      dueOn: next.dueOn,
      latestOn: next.latestOn,
      reason: next.reason,
    },
  };
}
