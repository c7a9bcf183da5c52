import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type Role, roleLabels } from '#standards/roles.ts';
import { nameDeed } from '../domain/deed-names.ts';

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly detail: unknown;
  readonly outcome: string;
  readonly role: Role | null;
  readonly staff_name: string | null;
  readonly organization_name: string | null;
}

/** Notes that the log of a person is being read; false when the person is out of the actor's reach. */
export async function noteLogReading(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; now: Date },
): Promise<boolean> {
  const person = await tx
    .selectFrom('resident')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (person)
    await recordAudit(tx, actor, { action: 'access-log.read', residentId: input.residentId, now: input.now });
  return person !== undefined;
}

/**
 * Who did what to one person's record, newest first. Staff of other places are named as well: whose record it is decides
 * who may know, not whose staff it was. `wide` sees the county.
 */
export async function readAccessLog(
  wide: Transaction<Tables>,
  input: { countyId: string; residentId: string; cursor?: string | undefined; limit: number },
) {
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await sql<Row>`
    select e.id, e.at, e.action, case when e.action = 'resident.reveal' then e.detail end as detail, e.outcome, e.role, s.name as staff_name, o.name as organization_name
    from audit_entry e
    left join staff s on s.county_id = e.county_id and s.id = e.staff_id
    left join organization o on o.county_id = e.county_id and o.path = e.org_path
    where e.county_id = ${input.countyId} and e.resident_id = ${input.residentId}::uuid
      and (${after === undefined} or (e.at, e.id) < (${after?.[0] ?? '1970-01-01'}::timestamptz, ${after?.[1] ?? '00000000-0000-0000-0000-000000000000'}::uuid))
    order by e.at desc, e.id desc
    limit ${input.limit + 1}`.execute(wide);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      entryId: row.id,
      at: row.at.toISOString(),
      staffName: row.staff_name ?? '系统',
      roleLabel: row.role === null ? '' : roleLabels[row.role],
      organizationName: row.organization_name ?? '',
      deed: nameDeed(row.action, row.detail),
      isEmergency: row.action.startsWith('emergency-access.') && !row.action.endsWith('.review'),
      isRefused: row.outcome !== 'allowed',
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
  };
}
