import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { orgPath } from '#kernel/org-path.ts';
import type { Role } from '#standards/roles.ts';
import type { Database } from '../database/open-database.ts';
import { withScope } from '../database/with-scope.ts';
import type { Actor } from './actor.ts';

export const sessionCookie = 'quancheng_session';

/** How long a sign-in lasts: idle, and at most. */
export const sessionLimits = { idleMinutes: 30, absoluteHours: 12 } as const;

/** How much later than the last mark a session is marked again; one write a minute is enough. */
const markEveryMilliseconds = 60_000;

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** Opens a session and returns its token: 256 bits, of which only the hash is kept. */
export async function openSession(
  database: Database,
  input: { countyId: string; staffId: string; now: Date },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await inCounty(database, input.countyId, (tx) =>
    tx
      .insertInto('session')
      .values({
        county_id: input.countyId,
        token_hash: hashOf(token),
        staff_id: input.staffId,
        created_at: input.now,
        last_seen_at: input.now,
        expires_at: new Date(input.now.getTime() + sessionLimits.absoluteHours * 3_600_000),
      })
      .execute(),
  );
  return token;
}

interface SessionRow {
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly role: Role;
  readonly must_change_password: boolean;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly kind: string;
  readonly path: string;
  readonly scope_path: string;
}

/** Who holds this token; undefined when it is unknown, idle too long, too old, or its owner was disabled. */
export async function readSession(
  database: Database,
  countyId: string,
  token: string | undefined,
  now: Date,
): Promise<Actor | undefined> {
  if (token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token) || !/^[0-9]{6}$/.test(countyId))
    return undefined;
  const hash = hashOf(token);
  const row = await selectSession(database, countyId, hash.toString('hex'));
  if (!row) return undefined;
  const idle = now.getTime() - row.last_seen_at.getTime();
  if (now >= row.expires_at || idle > sessionLimits.idleMinutes * 60_000) return undefined;
  if (idle > markEveryMilliseconds) {
    await inCounty(database, countyId, (tx) =>
      sql`update session set last_seen_at = ${now} where county_id = ${countyId} and token_hash = ${hash}`.execute(
        tx,
      ),
    );
  }
  return {
    staffId: row.id,
    name: row.name,
    username: row.username,
    role: row.role,
    countyId,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    organizationKind: row.kind,
    path: orgPath(row.path),
    scopePath: orgPath(row.scope_path),
    mustChangePassword: row.must_change_password,
  };
}

/**
 * Every request begins with this, so it is one round trip: a transaction with its scope as one simple query. Both values
 * that go into its text are of closed alphabets, six digits and hex.
 */
async function selectSession(
  database: Database,
  countyId: string,
  hashHex: string,
): Promise<SessionRow | undefined> {
  const answers = await database.pool.query(`begin; set local app.county_id = '${countyId}';
    select x.last_seen_at, x.expires_at, s.id, s.name, s.username, s.role, s.must_change_password,
      o.id as organization_id, o.name as organization_name, o.kind, o.path, o.scope_path
    from session x
    join staff s on s.county_id = x.county_id and s.id = x.staff_id
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where x.county_id = '${countyId}' and x.token_hash = '\\x${hashHex}' and s.disabled_at is null;
    commit`);
  const list = answers as unknown as { rows: SessionRow[] }[];
  return list[2]?.rows[0];
}

/** Ends one session, or all of a person's but this one. */
export async function closeSession(database: Database, countyId: string, token: string): Promise<void> {
  await inCounty(database, countyId, (tx) =>
    tx
      .deleteFrom('session')
      .where('county_id', '=', countyId)
      .where('token_hash', '=', hashOf(token))
      .execute(),
  );
}

/** Ends every session of a person, as after a change of password. */
export async function closeSessionsOf(database: Database, countyId: string, staffId: string): Promise<void> {
  await inCounty(database, countyId, (tx) =>
    tx.deleteFrom('session').where('county_id', '=', countyId).where('staff_id', '=', staffId).execute(),
  );
}

/** Sign-in tables are walled by county only; the scope is the county's root. */
export function inCounty<T>(
  database: Database,
  countyId: string,
  work: Parameters<typeof withScope<T>>[2],
): Promise<T> {
  return withScope(database, { countyId, path: orgPath(`/${countyId}/`) }, work);
}
