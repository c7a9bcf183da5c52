import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { rankTask } from '../domain/follow-up-task.ts';
import { routineGraceDays } from '../domain/plan-follow-up-task.ts';

/**
 * Plans the routine follow-up of every disease of a person anew, as after a stable visit at the centre: the routine task
 * that stood open is closed as replanned, and one per open enrollment stands on the worklist of the village, not later
 * than the interval of the person's grade. What is due after a crisis, a referral or a two-week recheck stays as it is:
 * one good visit does not answer it. Says how many were planned, and for when.
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
): Promise<{ readonly tasks: number; readonly dueOn: PlainDate }> {
  const open = await tx
    .selectFrom('enrollment as e')
    .innerJoin('resident as r', (join) =>
      join.onRef('r.county_id', '=', 'e.county_id').onRef('r.id', '=', 'e.resident_id'),
    )
    .leftJoin('current_grade as g', (join) =>
      join.onRef('g.county_id', '=', 'e.county_id').onRef('g.resident_id', '=', 'e.resident_id'),
    )
    .select(['e.id', 'e.program', 'r.organization_id', 'r.org_path', 'g.every_days'])
    .where('e.county_id', '=', actor.countyId)
    .where('e.resident_id', '=', input.residentId)
    .where('e.closed_on', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('follow_up_task as t')
            .select('t.id')
            .whereRef('t.county_id', '=', 'e.county_id')
            .whereRef('t.enrollment_id', '=', 'e.id')
            .where('t.closed_at', 'is', null)
            .where('t.kind', '<>', 'routine'),
        ),
      ),
    )
    .execute();
  const everyDays = open[0]?.every_days ?? null;
  const byGrade = everyDays === null ? input.dueOn : addDays(input.today, everyDays);
  const dueOn = byGrade < input.dueOn ? byGrade : input.dueOn;
  if (open.length === 0) return { tasks: 0, dueOn };
  await tx
    .updateTable('follow_up_task')
    .set({ closed_at: input.now, close_reason: 'replanned', close_note: input.reason.slice(0, 200) })
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('closed_at', 'is', null)
    .where('kind', '=', 'routine')
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
        due_on: dueOn,
        latest_on: addDays(dueOn, routineGraceDays(input.today)),
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
  return { tasks: open.length, dueOn };
}
