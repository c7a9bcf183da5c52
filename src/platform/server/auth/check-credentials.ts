import { sql } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Database } from '../database/open-database.ts';
import { hashPassword, isPassword, waitingPasswordChecks } from './hash-password.ts';
import { inCounty } from './sessions.ts';
import { mostFailuresAMinute, mostFailuresOfAll, SourceThrottle } from './source-throttle.ts';
import { noteUnknownFailure, readUnknownLock } from './unknown-names.ts';

/** From the fifth failure on, each further one locks twice as long, up to half an hour. */
export const lockOut = {
  freeAttempts: 4,
  firstLockSeconds: 30,
  longestLockSeconds: 1800,
  mostWaiting: 40,
} as const;

/** Seconds an account is locked after this many failures in a row. */
export function lockSecondsAfter(failures: number): number {
  if (failures <= lockOut.freeAttempts) return 0;
  return Math.min(
    lockOut.longestLockSeconds,
    lockOut.firstLockSeconds * 2 ** (failures - lockOut.freeAttempts - 1),
  );
}

/** What failed at one county's door counts at that door. */
const throttles = new WeakMap<Database, SourceThrottle>();
let decoy: Promise<string> | undefined;

/**
 * Checks a user name and password. Unknown names cost the same work and get the same answer as wrong passwords, and lock
 * the same way as far as a caller can see.
 */
export async function checkCredentials(
  database: Database,
  input: {
    countyId: string;
    keys: KeyRing;
    username: string;
    password: string;
    address: string;
    now: Date;
  },
): Promise<{ kind: 'accepted'; staffId: string } | Refused> {
  if (waitingPasswordChecks() > lockOut.mostWaiting) return refused('busy');
  const throttle = throttles.get(database) ?? new SourceThrottle();
  throttles.set(database, throttle);
  if (throttle.isTooOften(input.address, input.now))
    return refused('too-many-attempts', { detail: '这个网络地址登录失败过于频繁，请一分钟后重试。' });
  const { countyId, now } = input;
  const staff = await inCounty(database, countyId, (tx) =>
    tx
      .selectFrom('staff')
      .select(['id', 'password_hash', 'locked_until', 'disabled_at'])
      .where('county_id', '=', countyId)
      .where('username', '=', input.username)
      .executeTakeFirst(),
  );
  const lockedUntil = staff ? staff.locked_until : await readUnknownLock(database, input);
  if (lockedUntil && lockedUntil > now) {
    const seconds = Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000);
    return refused('too-many-attempts', {
      detail: `请在 ${seconds} 秒后重试，或联系管理员。`,
      extra: { retryAfterSeconds: seconds },
    });
  }
  decoy ??= hashPassword('no such person signs in with this');
  const right = await isPassword(staff?.password_hash ?? (await decoy), input.password);
  if (staff && right && staff.disabled_at === null) {
    await inCounty(database, countyId, async (tx) => {
      await sql`update staff set failed_attempts = 0, locked_until = null
        where county_id = ${countyId} and id = ${staff.id}::uuid and failed_attempts > 0`.execute(tx);
      await recordAudit(tx, undefined, { action: 'session.open', subject: staff.id, countyId, now });
    });
    return { kind: 'accepted', staffId: staff.id };
  }
  const alarm = throttle.note(input.address, now);
  if (alarm) await raiseAlarm(database, input, alarm);
  if (staff) await countFailure(database, countyId, staff.id, now);
  else await noteUnknownFailure(database, input, lockSecondsAfter);
  return refused('wrong-credentials');
}

/** A security event for whoever watches the trail: one address, or the county as a whole, fails too often. */
function raiseAlarm(
  database: Database,
  input: { countyId: string; address: string; now: Date },
  reach: 'source' | 'county',
): Promise<void> {
  const { countyId, address, now } = input;
  const detail = { address, aMinute: reach === 'source' ? mostFailuresAMinute : mostFailuresOfAll };
  return inCounty(database, countyId, (tx) =>
    recordAudit(tx, undefined, {
      action: `security.sign-in-failures-${reach}`,
      outcome: 'refused',
      detail,
      countyId,
      now,
    }),
  );
}

/** Counts a failed sign-in, by password or by second factor, and locks the account with back-off. */
export async function countFailure(
  database: Database,
  countyId: string,
  staffId: string,
  now: Date,
): Promise<void> {
  await inCounty(database, countyId, async (tx) => {
    const row = await sql<{ failed_attempts: number }>`
      update staff set failed_attempts = failed_attempts + 1
      where county_id = ${countyId} and id = ${staffId}::uuid returning failed_attempts`.execute(tx);
    const seconds = lockSecondsAfter(row.rows[0]?.failed_attempts ?? 0);
    if (seconds > 0) {
      const until = new Date(now.getTime() + seconds * 1000);
      await sql`update staff set locked_until = ${until} where county_id = ${countyId} and id = ${staffId}::uuid`.execute(
        tx,
      );
    }
    await recordAudit(tx, undefined, {
      action: 'session.open',
      subject: staffId,
      outcome: 'refused',
      countyId,
      now,
    });
  });
}
