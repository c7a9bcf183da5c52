import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { mayDo } from '#standards/access-policy.ts';
import { accessProfile } from '#standards/access-profile.ts';
import { type Role, roleLabels } from '#standards/roles.ts';
import type { ReviewedAccess } from '../contract.ts';
import { describeAccess } from './open-emergency-access.ts';

interface Row {
  readonly id: string;
  readonly staff_id: string;
  readonly opened_at: Date;
  readonly expires_at: Date;
  readonly staff_name: string;
  readonly role: Role;
  readonly staff_organization: string;
  readonly resident_id: string;
  readonly resident_name: string;
  readonly organization_name: string;
  readonly reason: string;
  readonly times_read: number;
  readonly verdict: 'justified' | 'unjustified' | null;
  readonly review_note: string | null;
  readonly reviewed_by: string | null;
}

const overdueBefore = (now: Date) => new Date(now.getTime() - accessProfile.reviewDays * 86_400_000);

/**
 * Emergency accesses to people of the actor's subtree, those that wait for a review first come oldest; or the actor's own.
 * `tx` sees what the actor may: its own accesses lie out of reach and are read with the county in reach.
 */
export async function readEmergencyAccesses(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { show: 'waiting' | 'all' | 'mine'; cursor?: string | undefined; limit: number; now: Date },
) {
  const after = decodeCursor(input.cursor, 2);
  const isOldestFirst = input.show === 'waiting';
  const direction = sql.raw(isOldestFirst ? 'asc' : 'desc');
  const beyond = sql.raw(isOldestFirst ? '>' : '<');
  const { rows } = await sql<Row>`
    select a.id, a.staff_id, a.opened_at, a.expires_at, s.name as staff_name, s.role, so.name as staff_organization, a.resident_id,
      r.name as resident_name, o.name as organization_name, a.reason, a.verdict, a.review_note, v.name as reviewed_by,
      (select count(*)::int from audit_entry e where e.county_id = a.county_id and e.resident_id = a.resident_id
         and e.action = 'emergency-access.read' and e.subject = a.id::text) as times_read
    from emergency_access a
    join staff s on s.county_id = a.county_id and s.id = a.staff_id
    join organization so on so.county_id = s.county_id and so.id = s.organization_id
    join resident r on r.county_id = a.county_id and r.id = a.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    left join staff v on v.county_id = a.county_id and v.id = a.reviewed_by
    where a.county_id = ${actor.countyId}
      and (${input.show} <> 'mine' or a.staff_id = ${actor.staffId}::uuid)
      and (${input.show} <> 'waiting' or a.verdict is null)
      and (${after === undefined} or (a.opened_at, a.id) ${beyond} (${after?.[0] ?? '1970-01-01'}::timestamptz, ${after?.[1] ?? '00000000-0000-0000-0000-000000000000'}::uuid))
    order by a.opened_at ${direction}, a.id ${direction}
    limit ${input.limit + 1}`.execute(tx);
  const counts = await sql<{ waiting: number; overdue: number }>`
    select count(*)::int as waiting, count(*) filter (where opened_at < ${overdueBefore(input.now)})::int as overdue
    from emergency_access where county_id = ${actor.countyId} and verdict is null
      and (${input.show} <> 'mine' or staff_id = ${actor.staffId}::uuid)`.execute(tx);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    waiting: counts.rows[0]?.waiting ?? 0,
    overdue: counts.rows[0]?.overdue ?? 0,
    items: shown.map((row) => describeForReview(row, actor, input.now)),
    nextCursor:
      rows.length > input.limit && last ? encodeCursor([last.opened_at.toISOString(), last.id]) : null,
  };
}

function describeForReview(row: Row, actor: Actor, now: Date): ReviewedAccess {
  return {
    ...describeAccess(row, now),
    staffName: row.staff_name,
    staffRole: roleLabels[row.role],
    staffOrganization: row.staff_organization,
    residentId: row.resident_id,
    residentName: row.resident_name,
    organizationName: row.organization_name,
    reason: row.reason,
    timesRead: row.times_read,
    verdict: row.verdict,
    reviewNote: row.review_note,
    reviewedBy: row.reviewed_by,
    isOverdue: row.verdict === null && row.opened_at < overdueBefore(now),
    mayReview:
      row.verdict === null && row.staff_id !== actor.staffId && mayDo(actor.role, 'emergency-access.review'),
  };
}
