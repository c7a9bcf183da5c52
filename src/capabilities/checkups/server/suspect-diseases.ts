import { sql, type Transaction } from 'kysely';
import { moveEpisode } from '#capabilities/enrollment/server/public.ts';
import type { Condition } from '#clinical/conditions.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { Refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { AcceptedFinding } from '../domain/conclude-checkup.ts';

interface Sheet {
  readonly recordId: string;
  readonly residentId: string;
  readonly supersedesId?: string | undefined;
  readonly reason?: string | undefined;
  readonly now: Date;
}

/**
 * Lets the courses of diseases follow a checkup sheet: what it suspects is opened, a known disease stays as it is, and a
 * suspicion that only the corrected sheet had raised is taken back. Any other refusal refuses the sheet.
 */
export async function followSuspicions(
  tx: Transaction<Tables>,
  actor: Actor,
  sheet: Sheet,
  accepted: readonly AcceptedFinding[],
  day: PlainDate,
): Promise<Refused | undefined> {
  const suspected = accepted.flatMap((one) =>
    one.action?.kind === 'suspect' && one.action.condition
      ? [{ ...one, action: one.action, condition: one.action.condition }]
      : [],
  );
  for (const one of suspected) {
    const moved = await moveEpisode(tx, actor, {
      residentId: sheet.residentId,
      condition: one.condition,
      to: 'suspected',
      onDay: day,
      reason: one.reason,
      source: 'checkup',
      rule: { id: one.ruleId, clause: one.clause, recordId: sheet.recordId },
      nextStep: one.action.what,
      dueOn: addDays(day, one.action.withinDays),
      now: sheet.now,
    });
    // A course that is already further on is left where it is.
    if ('problem' in moved && moved.problem.code !== 'illegal-move') return moved;
  }
  return sheet.supersedesId
    ? liftSuspicions(tx, actor, { ...sheet, supersedesId: sheet.supersedesId }, suspected, day)
    : undefined;
}

/** Takes back what the old sheet alone had suspected, to where the course stood before it. */
async function liftSuspicions(
  tx: Transaction<Tables>,
  actor: Actor,
  sheet: Sheet & { readonly supersedesId: string },
  suspected: readonly { readonly condition: Condition }[],
  day: PlainDate,
): Promise<Refused | undefined> {
  const { rows } = await sql<{ condition: Condition; from_state: string | null }>`
    select e.condition, last.from_state from condition_episode e
    cross join lateral (
      select v.from_state, v.rule->>'recordId' as record_id from condition_event v
      where v.county_id = e.county_id and v.resident_id = e.resident_id and v.episode_id = e.id
      order by v.recorded_at desc, v.id desc limit 1) last
    where e.county_id = ${actor.countyId} and e.resident_id = ${sheet.residentId}::uuid and e.state = 'suspected'
      and last.record_id = ${sheet.supersedesId} and last.from_state is distinct from 'suspected'`.execute(
    tx,
  );
  for (const { condition, from_state } of rows) {
    if (suspected.some((one) => one.condition === condition)) continue;
    const moved = await moveEpisode(tx, actor, {
      residentId: sheet.residentId,
      condition,
      to: from_state === 'high-risk' ? 'high-risk' : 'normal',
      onDay: day,
      reason: `体检表已更正（${sheet.reason?.trim() ?? ''}），更正后的数值不再提示疑似。`,
      source: 'checkup',
      rule: { recordId: sheet.recordId },
      now: sheet.now,
    });
    if ('problem' in moved) return moved;
  }
  return undefined;
}
