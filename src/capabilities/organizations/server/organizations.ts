import { randomBytes } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { hashPassword } from '#platform/server/auth/hash-password.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import type { Role } from '#standards/roles.ts';
import { identityTieHours } from '#standards/security-profile.ts';
import type { OrganizationKind, OrganizationLine, StaffChange, StaffLine } from '../contract.ts';
import { placeOrganization, rolesOf } from '../domain/place-organization.ts';

interface OrganizationRow extends OrganizationLine {
  readonly path: string;
}

const invalid = (issues: FieldIssue[]) => refused('invalid-input', { issues });
const issue = (path: string, code: string, message: string): FieldIssue => ({ path, code, message });

function select(tx: Transaction<Tables>, countyId: string, condition: ReturnType<typeof sql>) {
  return sql<OrganizationRow>`
    select o.id, o.parent_id as "parentId", o.kind, o.name, o.region_code as "regionCode", o.path,
      (select count(*)::int from staff s where s.county_id = o.county_id and s.organization_id = o.id) as staff
    from organization o where o.county_id = ${countyId} and ${condition} order by o.position, o.path limit 1000`.execute(
    tx,
  );
}

const lineOf = ({ id, parentId, kind, name, regionCode, staff }: OrganizationRow): OrganizationLine => ({
  id,
  parentId,
  kind,
  name,
  regionCode,
  staff,
});

/** An organization with those directly below it and the way down to it; the county when none is named. */
export async function readOrganizations(tx: Transaction<Tables>, actor: Actor, parentId: string | undefined) {
  const [parent] = (
    await select(tx, actor.countyId, parentId ? sql`o.id = ${parentId}::uuid` : sql`o.parent_id is null`)
  ).rows;
  if (!parent) return refused('not-found') satisfies Refused;
  const below = await select(tx, actor.countyId, sql`o.parent_id = ${parent.id}::uuid`);
  const trail = await sql<{ id: string; name: string }>`
    select o.id, o.name from organization o where o.county_id = ${actor.countyId}
      and starts_with(${parent.path}, o.path) order by length(o.path)`.execute(tx);
  return { parent: lineOf(parent), trail: trail.rows, items: below.rows.map(lineOf) };
}

/** Adds an organization below another. Refuses a misplaced kind, a code that does not fit or is taken. */
export async function insertOrganization(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    organizationId: string;
    parentId: string;
    kind: OrganizationKind;
    name: string;
    regionCode: string;
    now: Date;
  },
): Promise<OrganizationLine | Refused> {
  const [parent] = (await select(tx, actor.countyId, sql`o.id = ${input.parentId}::uuid`)).rows;
  if (!parent) return refused('not-found');
  const name = input.name.trim();
  if (name === '') return invalid([issue('name', 'missing', '请填写机构名称。')]);
  const regionCode = ['township-centre', 'village-clinic'].includes(input.kind)
    ? input.regionCode.trim()
    : actor.countyId;
  const placed = placeOrganization(
    { kind: parent.kind, path: parent.path, regionCode: parent.regionCode, countyId: actor.countyId },
    { kind: input.kind, regionCode, id: input.organizationId },
  );
  if ('issues' in placed) return invalid(placed.issues);
  const inserted = await sql<{ id: string }>`
    insert into organization (county_id, id, parent_id, kind, name, region_code, path, scope_path, position)
    select ${actor.countyId}, ${input.organizationId}::uuid, ${parent.id}::uuid, ${input.kind}, ${name}, ${regionCode},
      ${placed.path}, ${placed.scopePath}, coalesce(max(o.position), 0) + 1
    from organization o where o.county_id = ${actor.countyId} and o.parent_id = ${parent.id}::uuid
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return invalid([issue('regionCode', 'taken', '这个编码已有机构使用。')]);
  await recordAudit(tx, actor, { action: 'organization.add', subject: input.organizationId, now: input.now });
  return { id: input.organizationId, parentId: parent.id, kind: input.kind, name, regionCode, staff: 0 };
}

/** Gives an organization another name; its place stays. */
export async function updateOrganizationName(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { organizationId: string; name: string; now: Date },
): Promise<{ id: string; name: string } | Refused> {
  const name = input.name.trim();
  if (name === '') return invalid([issue('name', 'missing', '请填写机构名称。')]);
  const changed = await sql<{ id: string }>`update organization set name = ${name}
    where county_id = ${actor.countyId} and id = ${input.organizationId}::uuid returning id`.execute(tx);
  if (changed.rows.length === 0) return refused('not-found');
  await recordAudit(tx, actor, {
    action: 'organization.rename',
    subject: input.organizationId,
    now: input.now,
  });
  return { id: input.organizationId, name };
}

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
  }>`select id, username, name, role, phone, disabled_at, locked_until, must_change_password, external_subject, identity_tie_until from staff
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

/** A password for one sign-in: three kinds of characters, 72 bits. */
export const oneTimePassword = () => `Qc-${randomBytes(9).toString('base64url')}`;

/**
 * Adds a person to an organization with a one-time password. Refuses a role that does not belong there and a name that
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
  const [home] = (await select(tx, actor.countyId, sql`o.id = ${input.organizationId}::uuid`)).rows;
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
    insert into staff (county_id, id, organization_id, username, name, role, phone, password_hash, must_change_password, created_at)
    values (${actor.countyId}, ${input.staffId}::uuid, ${home.id}::uuid, ${username}, ${input.name.trim()}, ${input.role},
      ${sealsOf(tx).text('staff', input.staffId, 'phone', input.phone?.trim() || null)}, ${hash}, true, ${input.now})
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return invalid([issue('username', 'taken', '这个用户名已有人使用。')]);
  await recordAudit(tx, actor, { action: 'staff.add', subject: input.staffId, now: input.now });
  return { id: input.staffId, username };
}

/**
 * Resets a password, disables or enables a person; reset and disable end their sessions. Nobody disables themself. For
 * some hours an account may be let tie itself to the county's identity service.
 */
export async function updateStaff(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { staffId: string; change: StaffChange; password: string; now: Date },
): Promise<{ id: string } | Refused> {
  const { staffId, change, now } = input;
  if (staffId === actor.staffId && change === 'disable')
    return invalid([issue('change', 'self', '不能停用自己。')]);
  const found = await sql<{ external_subject: string | null; disabled_at: Date | null }>`
    select external_subject, disabled_at from staff
    where county_id = ${actor.countyId} and id = ${staffId}::uuid for update`.execute(tx);
  const [person] = found.rows;
  if (!person) return refused('not-found');
  if (change === 'allow-identity-tie' && person.external_subject !== null)
    return refused('illegal-move', { detail: '这个账号已经对上统一身份认证，不用再开通。' });
  if (change === 'allow-identity-tie' && person.disabled_at !== null)
    return refused('illegal-move', { detail: '这个账号已停用，请先恢复。' });
  await sql`update staff set ${await settingOf(input)}
    where county_id = ${actor.countyId} and id = ${staffId}::uuid`.execute(tx);
  if (change === 'reset-password' || change === 'disable')
    await sql`delete from session where county_id = ${actor.countyId} and staff_id = ${staffId}::uuid`.execute(
      tx,
    );
  await recordAudit(tx, actor, { action: `staff.${change}`, subject: staffId, now });
  return { id: staffId };
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
    case 'allow-identity-tie':
      return sql`identity_tie_until = ${new Date(now.getTime() + identityTieHours * 3_600_000)}`;
    case 'withdraw-identity-tie':
      return sql`identity_tie_until = null`;
  }
}
