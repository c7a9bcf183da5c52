import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { rankTask } from '../domain/follow-up-task.ts';
import { routineGraceDays } from '../domain/plan-follow-up-task.ts';

/**
 * Plans the routine follow-up of every disease of a person anew, as after a stable visit at the centre: what stood open
 * is closed as replanned, and one task per open enrollment stands on the worklist of the village. Answers how many.
 */
export async function replanFollowUps(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly residentId: string;
    readonly dueOn: PlainDate;
    readonly reason: string;
    readonly today: PlainDate;
    readonly now: Date;
  },
): Promise<number> {
  const open = await tx
    .selectFrom('enrollment as e')
    .innerJoin('resident as r', (join) =>
      join.onRef('r.county_id', '=', 'e.county_id').onRef('r.id', '=', 'e.resident_id'),
    )
    .select(['e.id', 'e.program', 'r.organization_id', 'r.org_path'])
    .where('e.county_id', '=', actor.countyId)
    .where('e.resident_id', '=', input.residentId)
    .where('e.closed_on', 'is', null)
    .execute();
  if (open.length === 0) return 0;
  await tx
    .updateTable('follow_up_task')
    .set({ closed_at: input.now, close_reason: 'replanned', close_note: input.reason.slice(0, 200) })
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('closed_at', 'is', null)
    .execute();
  await tx
    .insertInto('follow_up_task')
    .values(
      open.map((one) => ({
        county_id: actor.countyId,
        id: uuidv7(),
        resident_id: input.residentId,
        enrollment_id: one.id,
        organization_id: one.organization_id,
        org_path: one.org_path,
        program: one.program,
        kind: 'routine' as const,
        risk_rank: rankTask('routine'),
        due_on: input.dueOn,
        latest_on: addDays(input.dueOn, routineGraceDays(input.today)),
        reason: input.reason.slice(0, 500),
        opened_by_record: null,
        opened_at: input.now,
      })),
    )
    .execute();
  await recordAudit(tx, actor, {
    action: 'follow-up-task.replan',
    residentId: input.residentId,
    detail: { tasks: open.length },
    now: input.now,
  });
  return open.length;
}
