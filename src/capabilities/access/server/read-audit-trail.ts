import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type Purpose, purposeLabels } from '#standards/access-policy.ts';
import { type Role, roleLabels } from '#standards/roles.ts';
import type { AuditLineShown } from '../audit-contract.ts';
import { type AuditGroup, auditGroups } from '../domain/audit-groups.ts';
import { nameAction } from '../domain/deed-names.ts';

interface Row {
  readonly id: string;
  readonly xid: string;
  readonly at: Date;
  readonly db_at: Date | null;
  readonly staff_name: string | null;
  readonly username: string | null;
  readonly role: Role | null;
  readonly organization_name: string | null;
  readonly action: string;
  readonly purpose: Purpose | null;
  readonly outcome: string;
  readonly resident_id: string | null;
  readonly subject: string | null;
  readonly address: string | null;
  readonly device: string | null;
  readonly request_id: string | null;
  readonly detail: unknown;
}

/** What an auditor looks for. */
export interface AuditSearch {
  readonly group: AuditGroup;
  readonly username?: string | undefined;
  readonly residentId?: string | undefined;
  readonly refusedOnly: 'yes' | 'no';
  readonly from?: PlainDate | undefined;
  readonly through?: PlainDate | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Whoever signs in is nobody yet: the account at the door is what such an entry is about. */
const atTheDoor = sql`(e.staff_id is null and e.action in ('session.open', 'staff.tie-identity'))`;

/** The trail in the order of the database's transactions, newest first. Whose record was touched stays a number. */
export async function readAuditTrail(
  tx: Transaction<Tables>,
  countyId: string,
  search: AuditSearch,
): Promise<{ items: AuditLineShown[]; nextCursor: string | null }> {
  const after = decodeCursor(search.cursor, 2);
  const begins = auditGroups[search.group].actions.map((action) => `${action}%`);
  const { rows } = await sql<Row>`
    select e.id, e.xid::text as xid, e.at, e.db_at, s.name as staff_name, s.username, e.role, o.name as organization_name,
      e.action, e.purpose, e.outcome, e.resident_id, e.subject, e.address, e.device, e.request_id, e.detail
    from audit_entry e
    left join staff s on s.county_id = e.county_id
      and s.id = case when ${atTheDoor} then e.subject::uuid else e.staff_id end
    left join organization o on o.county_id = e.county_id and o.path = e.org_path
    where e.county_id = ${countyId}
      ${begins.length > 0 ? sql`and e.action like any(${begins})` : sql``}
      ${search.refusedOnly === 'yes' ? sql`and e.outcome <> 'allowed'` : sql``}
      ${search.residentId ? sql`and e.resident_id = ${search.residentId}::uuid` : sql``}
      ${search.username ? ofAccount(countyId, search.username.trim()) : sql``}
      ${search.from ? sql`and e.at >= ${search.from}::timestamp at time zone 'Asia/Shanghai'` : sql``}
      ${search.through ? sql`and e.at < (${search.through}::date + 1)::timestamp at time zone 'Asia/Shanghai'` : sql``}
      ${after ? sql`and (e.xid, e.id) < (${after[0]}::xid8, ${after[1]}::uuid)` : sql``}
    order by e.xid desc, e.id desc limit ${search.limit + 1}`.execute(tx);
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  return {
    items: page.map(lineOf),
    nextCursor: rows.length > search.limit && last ? encodeCursor([last.xid, last.id]) : null,
  };
}

/** What an account did, and its sign-ins, each by an index of its own. */
function ofAccount(countyId: string, username: string) {
  const account = sql`(select id from staff where county_id = ${countyId} and username = ${username})`;
  return sql`and (e.staff_id = ${account} or ${atTheDoor} and e.subject = ${account}::text)`;
}

function lineOf(row: Row): AuditLineShown {
  return {
    entryId: row.id,
    at: row.at.toISOString(),
    databaseAt: row.db_at?.toISOString() ?? null,
    staffName: row.staff_name ?? (row.action.startsWith('session.') ? '未登录' : '系统'),
    username: row.username ?? '',
    roleLabel: row.role === null ? '' : (roleLabels[row.role] ?? row.role),
    organizationName: row.organization_name ?? '',
    deed: nameAction(row.action, row.detail),
    action: row.action,
    purpose: row.purpose === null ? '' : (purposeLabels[row.purpose] ?? row.purpose),
    isRefused: row.outcome !== 'allowed',
    residentId: row.resident_id,
    subject: row.subject,
    address: row.address,
    device: row.device,
    requestId: row.request_id,
    detail: row.detail === null ? null : JSON.stringify(row.detail),
  };
}

/** How far the trail is sealed and how far back it reaches. */
export async function readAuditState(tx: Transaction<Tables>, countyId: string) {
  const { rows } = await sql<{
    seals: number;
    sealed_at: Date | null;
    unsealed: number;
    oldest: Date | null;
  }>`
    with last as (select number, through_xid, through_id, sealed_at from audit_seal where county_id = ${countyId}
      order by number desc limit 1)
    select coalesce((select number from last), 0)::int as seals, (select sealed_at from last) as sealed_at,
      (select count(*)::int from audit_entry e where e.county_id = ${countyId}
        and (e.xid, e.id) > (coalesce((select through_xid from last), '0'::xid8),
          coalesce((select through_id from last), '00000000-0000-0000-0000-000000000000'::uuid))) as unsealed,
      (select at from audit_entry where county_id = ${countyId} order by xid, id limit 1) as oldest`.execute(
    tx,
  );
  const [row] = rows;
  return {
    seals: row?.seals ?? 0,
    lastSealedAt: row?.sealed_at?.toISOString() ?? null,
    unsealed: row?.unsealed ?? 0,
    oldestAt: row?.oldest?.toISOString() ?? null,
  };
}
