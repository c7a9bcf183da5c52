import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { hashPassword } from '#platform/server/auth/hash-password.ts';
import { oneTimePassword } from '#platform/server/auth/one-time-password.ts';
import { asOwnerAtOnce } from '#platform/server/database/as-owner.ts';
import { type AdministratorRole, administratorRoles, roleLabels } from '#standards/roles.ts';

/** An account that was just made, and what it is opened with once. */
export interface NewAdministrator {
  readonly role: AdministratorRole;
  readonly username: string;
  readonly password: string;
}

const usernames: Readonly<Record<AdministratorRole, string>> = {
  administrator: 'admin',
  'security-administrator': 'security',
  'audit-administrator': 'audit',
};

/**
 * Makes each of the three administrators the county does not have, at the machine itself: nobody inside could grant the
 * first of them; and one more of a kind that is named, as when its only holder lost password and phone. Each password is
 * for one person and one sign-in. Scope and county must be set on the connection.
 */
export async function insertMissingAdministrators(
  client: pg.Client,
  countyId: string,
  oneMore?: AdministratorRole,
): Promise<NewAdministrator[]> {
  const held = await client.query<{ role: string }>(
    'select distinct role from staff where county_id = $1 and disabled_at is null and role = any($2)',
    [countyId, administratorRoles],
  );
  const home = await client.query<{ id: string }>(
    `select id from organization where county_id = $1 and kind in ('health-bureau', 'county')
     order by kind = 'county', path limit 1`,
    [countyId],
  );
  const made: NewAdministrator[] = [];
  for (const role of administratorRoles)
    if (role === oneMore || !held.rows.some((row) => row.role === role))
      made.push(await insertAdministrator(client, { countyId, role, organizationId: home.rows[0]?.id }));
  return made;
}

async function insertAdministrator(
  client: pg.Client,
  {
    countyId,
    role,
    organizationId,
  }: { countyId: string; role: AdministratorRole; organizationId?: string | undefined },
): Promise<NewAdministrator> {
  const id = uuidv7();
  const password = oneTimePassword();
  const name = usernames[role];
  const names = [name, `${name}-admin`, `${name}-${id.slice(-6)}`];
  const { rows } = await client.query<{ username: string }>(
    `insert into staff (county_id, id, organization_id, username, name, role, password_hash, must_change_password)
     select $1, $2, $3, x.username, $4, $5, $6, true
     from unnest($7::text[]) with ordinality x (username, place)
     where not exists (select 1 from staff s where s.county_id = $1 and s.username = x.username)
     order by x.place limit 1 returning username`,
    [countyId, id, organizationId, roleLabels[role], role, await hashPassword(password), names],
  );
  await client.query(
    `insert into audit_entry (county_id, id, at, action, subject, outcome)
     values ($1, $2, now(), 'staff.add-at-machine', $3, 'allowed')`,
    [countyId, uuidv7(), id],
  );
  return { role, username: rows[0]?.username ?? name, password };
}

/** Makes the missing ones of the three in a county that is there, as after an upgrade, and one more where named. */
export function makeMissingAdministrators(input: {
  ownerUrl: string;
  countyId: string;
  oneMore?: AdministratorRole | undefined;
}): Promise<NewAdministrator[]> {
  return asOwnerAtOnce(input.ownerUrl, async (client) => {
    await client.query(`set local app.scope_from = '/'; set local app.scope_to = '0'`);
    await client.query("select set_config('app.county_id', $1, true)", [input.countyId]);
    return insertMissingAdministrators(client, input.countyId, input.oneMore);
  });
}

/** The new accounts as printed at the machine, one line each for one person. */
export const announceAdministrators = (made: readonly NewAdministrator[]): string[] => [
  ...made.map(
    ({ role, username, password }) =>
      `  ${roleLabels[role]}：用户名 ${username}，一次性口令：${password}（首次登录须修改）`,
  ),
  '三类管理员须是三个不同的人：请把三行分开交给各人，交出后清屏。',
];
