import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { orgPath } from '#kernel/org-path.ts';
import type { Role } from '#standards/roles.ts';
import {
  defaultSecurityProfile,
  demoSecurityProfile,
  type SecurityProfile,
} from '#standards/security-profile.ts';
import type { Database } from '../database/open-database.ts';
import { withScope } from '../database/with-scope.ts';
import type { Actor, SignInStage } from './actor.ts';

export const sessionCookie = 'quancheng_session';

/** No session lasts longer, whatever a role allows. */
const longestHours = 24;

/** How much later than the last mark a session is marked again; one write a minute is enough. */
const markEveryMilliseconds = 60_000;

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** Opens a session and returns its token: 256 bits, of which only the hash is kept. */
export async function openSession(
  database: Database,
  input: {
    countyId: string;
    staffId: string;
    now: Date;
    address?: string | undefined;
    agent?: string | undefined;
    /** When the second factor was given; a session opened with it is not asked again. */
    secondFactorAt?: Date | undefined;
  },
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
        expires_at: new Date(input.now.getTime() + longestHours * 3_600_000),
        second_factor_at: input.secondFactorAt ?? null,
        address: input.address ?? null,
        agent: input.agent?.slice(0, 200) ?? null,
      })
      .execute(),
  );
  return token;
}

interface SessionRow {
  readonly session_id: string;
  readonly created_at: Date;
  readonly second_factor_at: Date | null;
  readonly factor_confirmed_at: Date | null;
  readonly password_changed_at: Date;
  readonly is_demo: boolean;
  readonly security: Partial<SecurityProfile> | null;
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
  const hash = tokenHash(countyId, token);
  if (!hash) return undefined;
  const answers = await database.pool.query(
    `begin; set local app.county_id = '${countyId}'; ${holderStatement(countyId, hash)}; commit`,
  );
  const holder = holderOf((answers as unknown as { rows: unknown[] }[])[2]?.rows ?? [], countyId, now);
  if (holder?.isMarkDue) {
    await inCounty(database, countyId, (tx) =>
      sql`update session set last_seen_at = ${now} where county_id = ${countyId} and token_hash = ${hash}`.execute(
        tx,
      ),
    );
  }
  return holder?.actor;
}

/** The hash a token is kept under; undefined for what cannot be a token. */
export function tokenHash(countyId: string, token: string | undefined): Buffer | undefined {
  const isSound = token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) && /^[0-9]{6}$/.test(countyId);
  return isSound ? hashOf(token) : undefined;
}

/**
 * Every request reads its session, so it takes no round trip more than it must: a statement that rides with `begin` in
 * one simple query. Both values that go into its text are of closed alphabets, six digits and hex.
 */
export function holderStatement(countyId: string, hash: Buffer): string {
  return `execute session_holder('${countyId}', '\\x${hash.toString('hex')}')`;
}

/** Understands what the statement answered: who asks, and whether the session is to be marked as seen. */
export function holderOf(
  rows: readonly unknown[],
  countyId: string,
  now: Date,
): { actor: Actor; isMarkDue: boolean } | undefined {
  const row = rows[0] as SessionRow | undefined;
  if (!row) return undefined;
  const profile = profileOf(row);
  const idle = now.getTime() - row.last_seen_at.getTime();
  const age = now.getTime() - row.created_at.getTime();
  if (now >= row.expires_at || idle > profile.idleMinutes[row.role] * 60_000) return undefined;
  if (age >= profile.absoluteHours[row.role] * 3_600_000) return undefined;
  const actor: Actor = {
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
    mustChangePassword: mustChangePassword(row, profile, now),
    sessionId: row.session_id,
    stage: stageOf(row, profile, now),
  };
  return { actor, isMarkDue: idle > markEveryMilliseconds };
}

/** The county's profile: its own settings over the defaults; made-up data is shown behind a plain door. */
function profileOf(row: Pick<SessionRow, 'is_demo' | 'security'>): SecurityProfile {
  const base = row.is_demo ? demoSecurityProfile : defaultSecurityProfile;
  return { ...base, ...row.security };
}

function mustChangePassword(row: SessionRow, profile: SecurityProfile, now: Date): boolean {
  const days = (now.getTime() - row.password_changed_at.getTime()) / 86_400_000;
  return row.must_change_password || days > profile.passwordDays;
}

/** The second factor comes first: a new password is not set by who only knows the old one. */
function stageOf(row: SessionRow, profile: SecurityProfile, now: Date): SignInStage {
  if (row.factor_confirmed_at && !row.second_factor_at) return 'second-factor';
  if (mustChangePassword(row, profile, now)) return 'change-password';
  const wanted = profile.secondFactorRoles.includes(row.role);
  return wanted && !row.factor_confirmed_at && !row.second_factor_at ? 'set-up-factor' : 'open';
}

/** The security profile that holds in the county. */
export async function readSecurityProfile(
  tx: Parameters<Parameters<typeof withScope>[2]>[0],
  countyId: string,
): Promise<SecurityProfile> {
  const { rows } = await sql<{ is_demo: boolean; security: Partial<SecurityProfile> | null }>`
    select c.is_demo, g.value as security from county c
    left join county_setting g on g.county_id = c.county_id and g.key = 'security'
    where c.county_id = ${countyId}`.execute(tx);
  return profileOf(rows[0] ?? { is_demo: false, security: null });
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

export interface SessionLine {
  readonly id: string;
  readonly openedAt: string;
  readonly lastSeenAt: string;
  readonly address: string | null;
  readonly agent: string | null;
  readonly isThis: boolean;
}

/** A person's own open sessions, the newest first. */
export async function listOwnSessions(database: Database, actor: Actor): Promise<SessionLine[]> {
  const rows = await inCounty(database, actor.countyId, (tx) =>
    tx
      .selectFrom('session')
      .select(['id', 'created_at', 'last_seen_at', 'address', 'agent'])
      .where('county_id', '=', actor.countyId)
      .where('staff_id', '=', actor.staffId)
      .orderBy('created_at', 'desc')
      .limit(50)
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    openedAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    address: row.address,
    agent: row.agent,
    isThis: row.id === actor.sessionId,
  }));
}

/** Ends one of a person's own sessions; false when there is no such session of theirs. */
export async function revokeOwnSession(
  database: Database,
  actor: Actor,
  sessionId: string,
): Promise<boolean> {
  const gone = await inCounty(database, actor.countyId, (tx) =>
    tx
      .deleteFrom('session')
      .where('county_id', '=', actor.countyId)
      .where('staff_id', '=', actor.staffId)
      .where('id', '=', sessionId)
      .returning('id')
      .execute(),
  );
  return gone.length > 0;
}
