import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { administratorRoles, type Role } from '#standards/roles.ts';
import { identityTieHours } from '#standards/security-profile.ts';
import type { SecurityChange } from '../contract.ts';

interface Account {
  readonly external_subject: string | null;
  readonly disabled_at: Date | null;
  readonly awaits_grant_since: Date | null;
}

/**
 * What the security administrator settles of an account that somebody else entered: grants its role, which opens it, and
 * for some hours lets it tie itself to the county's identity service.
 */
export async function secureAccount(
  tx: Transaction<Tables>,
  actor: Actor,
  { staffId, change, now }: { staffId: string; change: SecurityChange; now: Date },
): Promise<{ id: string } | Refused> {
  const found = await sql<Account>`
    select external_subject, disabled_at, awaits_grant_since from staff
    where county_id = ${actor.countyId} and id = ${staffId}::uuid for update`.execute(tx);
  const [account] = found.rows;
  if (!account) return refused('not-found');
  const obstacle = obstacleTo(change, account);
  if (obstacle !== undefined) return refused('illegal-move', { detail: obstacle });
  await sql`update staff set ${settingOf(change, now)}
    where county_id = ${actor.countyId} and id = ${staffId}::uuid`.execute(tx);
  await recordAudit(tx, actor, { action: `staff.${change}`, subject: staffId, now });
  return { id: staffId };
}

function obstacleTo(change: SecurityChange, account: Account): string | undefined {
  if (change === 'grant-role')
    return account.awaits_grant_since === null ? '这个账号的角色已经授予。' : undefined;
  if (change === 'withdraw-identity-tie') return undefined;
  if (account.external_subject !== null) return '这个账号已经对上统一身份认证，不用再开通。';
  return account.disabled_at === null ? undefined : '这个账号已停用，请先恢复。';
}

function settingOf(change: SecurityChange, now: Date) {
  switch (change) {
    case 'grant-role':
      return sql`awaits_grant_since = null, disabled_at = null`;
    case 'allow-identity-tie':
      return sql`identity_tie_until = ${new Date(now.getTime() + identityTieHours * 3_600_000)}`;
    case 'withdraw-identity-tie':
      return sql`identity_tie_until = null`;
  }
}

interface WaitingRow {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly organization_name: string;
  readonly awaits_grant_since: Date;
  readonly key: string;
  readonly same_name: string[] | null;
}

/** Accounts whose role nobody has granted yet; with administrators of the same name, who may be the same person. */
export async function readWaitingGrants(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
) {
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await sql<WaitingRow>`
    select s.id, s.username, s.name, s.role, o.name as organization_name, s.awaits_grant_since,
      s.awaits_grant_since::text as key,
      (select array_agg(t.username order by t.username) from staff t where t.county_id = s.county_id and t.id <> s.id
        and t.name = s.name and s.role = any(${[...administratorRoles]}) and t.role = any(${[...administratorRoles]})) as same_name
    from staff s join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where s.county_id = ${actor.countyId} and s.awaits_grant_since is not null
      ${after ? sql`and (s.awaits_grant_since, s.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by s.awaits_grant_since, s.id limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id,
      username: row.username,
      name: row.name,
      role: row.role,
      organizationName: row.organization_name,
      since: row.awaits_grant_since.toISOString(),
      sameName: row.same_name ?? [],
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.key, last.id]) : null,
  };
}
