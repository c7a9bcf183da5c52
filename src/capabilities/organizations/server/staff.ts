import { sql, type Transaction } from 'kysely';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { hashPassword } from '#platform/server/auth/hash-password.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { isAdministrator, type Role, roleLabels } from '#standards/roles.ts';
import type { StaffChange, StaffLine } from '../contract.ts';
import { mayResetPassword } from '../domain/may-reset-password.ts';
import { rolesOf } from '../domain/place-organization.ts';

const invalid = (issues: FieldIssue[]) => refused('invalid-input', { issues });
const issue = (path: string, code: string, message: string): FieldIssue => ({ path, code, message });

/** The people of an organization. */
export async function readStaff(
  tx: Transaction<Tables>,
  actor: Actor,
  organizationId: string,
  now: Date,
): Promise<{ items: StaffLine[] }> {
  const found = await sql<{
    id: string;
    username: string;
    name: string;
    role: Role;
    phone: string | null;
    disabled_at: Date | null;
    locked_until: Date | null;
    must_change_password: boolean;
    external_subject: string | null;
    identity_tie_until: Date | null;
    awaits_grant_since: Date | null;
  }>`select id, username, name, role, phone, disabled_at, locked_until, must_change_password, external_subject, identity_tie_until,
      awaits_grant_since from staff
    where county_id = ${actor.countyId} and organization_id = ${organizationId}::uuid order by username limit 1000`.execute(
    tx,
  );
  return {
    items: found.rows.map((row) => ({
      id: row.id,
      username: row.username,
      name: row.name,
      role: row.role,
      phone: row.phone,
      disabled: row.disabled_at !== null,
      lockedUntil: row.locked_until?.toISOString() ?? null,
      mustChangePassword: row.must_change_password,
      awaitsGrant: row.awaits_grant_since !== null,
      ...tieOf(row, now),
    })),
  };
}

function tieOf(
  row: { external_subject: string | null; identity_tie_until: Date | null },
  now: Date,
): Pick<StaffLine, 'identityTie' | 'identityTieUntil'> {
  if (row.external_subject !== null) return { identityTie: 'tied', identityTieUntil: null };
  const until = row.identity_tie_until;
  return until && until > now
    ? { identityTie: 'allowed', identityTieUntil: until.toISOString() }
    : { identityTie: 'none', identityTieUntil: null };
}

/**
 * Enters a person into an organization with a one-time password; they get in once another administrator has granted the
 * role. Refuses a role that does not belong there and a name that
 * is taken. The password is made by the caller, outside the stored answer, so that it is nowhere kept in clear.
 */
export async function insertStaff(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    staffId: string;
    organizationId: string;
    username: string;
    name: string;
    role: string;
    phone?: string | undefined;
    password: string;
    now: Date;
  },
): Promise<{ id: string; username: string } | Refused> {
  const home = await tx
    .selectFrom('organization')
    .select(['id', 'kind'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.organizationId)
    .executeTakeFirst();
  if (!home) return refused('not-found');
  const issues: FieldIssue[] = [];
  const username = input.username.trim();
  if (!/^[a-zA-Z][a-zA-Z0-9._-]{2,39}$/.test(username))
    issues.push(issue('username', 'shape', '用户名以字母开头，3–40位字母、数字、点、横线。'));
  if (input.name.trim() === '') issues.push(issue('name', 'missing', '请填写姓名。'));
  if (!rolesOf[home.kind]?.includes(input.role))
    issues.push(issue('role', 'misplaced', '这个角色不属于该类机构。'));
  if (issues.length > 0) return invalid(issues);
  const hash = await hashPassword(input.password);
  const inserted = await sql<{ id: string }>`
    insert into staff (county_id, id, organization_id, username, name, role, phone, password_hash, must_change_password, created_at,
      disabled_at, awaits_grant_since)
    values (${actor.countyId}, ${input.staffId}::uuid, ${home.id}::uuid, ${username}, ${input.name.trim()}, ${input.role},
      ${sealsOf(tx).text('staff', input.staffId, 'phone', input.phone?.trim() || null)}, ${hash}, true, ${input.now},
      ${input.now}, ${input.now})
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return invalid([issue('username', 'taken', '这个用户名已有人使用。')]);
  await recordAudit(tx, actor, { action: 'staff.add', subject: input.staffId, now: input.now });
  return { id: input.staffId, username };
}

/**
 * Resets a password, disables or enables a person; reset and disable end their sessions. Nobody disables themself, takes
 * over another kind of administrator, or leaves the county without one of the three.
 */
export async function updateStaff(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { staffId: string; change: StaffChange; password: string; now: Date },
): Promise<{ id: string } | Refused> {
  const { staffId, change, now } = input;
  if (staffId === actor.staffId && change === 'disable')
    return invalid([issue('change', 'self', '不能停用自己。')]);
  const found = await sql<Held>`select role, awaits_grant_since from staff
    where county_id = ${actor.countyId} and id = ${staffId}::uuid for update`.execute(tx);
  const [person] = found.rows;
  if (!person) return refused('not-found');
  if (change === 'enable' && person.awaits_grant_since !== null)
    return refused('illegal-move', { detail: '这个账号还没有授予角色，请安全管理员在“账号安全”页授予。' });
  if (change === 'reset-password' && !mayResetPassword(actor.role, person.role))
    return refused('not-allowed', {
      detail: `${roleLabels[person.role]}的口令不由${roleLabels[actor.role]}重置，三类管理员互不接管。`,
    });
  if (change === 'disable' && (await isLastOfItsKind(tx, actor, staffId, person.role)))
    return refused('illegal-move', { detail: `这是最后一位${roleLabels[person.role]}，请先设另一位。` });
  await sql`update staff set ${await settingOf(input)}
    where county_id = ${actor.countyId} and id = ${staffId}::uuid`.execute(tx);
  if (change === 'reset-password' || change === 'disable')
    await sql`delete from session where county_id = ${actor.countyId} and staff_id = ${staffId}::uuid`.execute(
      tx,
    );
  await recordAudit(tx, actor, { action: `staff.${change}`, subject: staffId, now });
  return { id: staffId };
}

interface Held {
  readonly role: Role;
  readonly awaits_grant_since: Date | null;
}

/** Whether without this account the county would be without a system, security or audit administrator. */
async function isLastOfItsKind(tx: Transaction<Tables>, actor: Actor, staffId: string, role: Role) {
  if (!isAdministrator(role)) return false;
  const { rows } = await sql<{ id: string }>`select id from staff where county_id = ${actor.countyId}
    and role = ${role} and disabled_at is null order by id for update`.execute(tx);
  return rows.length === 1 && rows[0]?.id === staffId;
}

async function settingOf({ change, password, now }: { change: StaffChange; password: string; now: Date }) {
  switch (change) {
    case 'reset-password':
      return sql`password_hash = ${await hashPassword(password)}, must_change_password = true, failed_attempts = 0,
        locked_until = null`;
    case 'disable':
      return sql`disabled_at = ${now}, identity_tie_until = null`;
    case 'enable':
      return sql`disabled_at = null`;
  }
}
