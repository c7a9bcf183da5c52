import { randomBytes } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { generateSecret, generateURI, verify } from 'otplib';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { blindIndex, type KeyRing, openField, sealField } from '../crypto/key-ring.ts';
import type { Tables } from '../database/tables.ts';
import type { Actor } from './actor.ts';

type Tx = Transaction<Tables>;

const stepSeconds = 30;
const recoveryCodes = 10;
const placeOf = (actor: Actor) => `staff_factor.secret|${actor.countyId}|${actor.staffId}`;
/** Without look-alikes: it is read from paper. */
const recoveryAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Begins a new second factor: the secret is shown once and counts only after a code from it was given back. */
export async function beginFactor(
  tx: Tx,
  actor: Actor,
  keys: KeyRing,
  now: Date,
): Promise<{ secret: string; uri: string } | Refused> {
  const held = await readFactor(tx, actor);
  if (held?.confirmed_at)
    return refused('already-exists', { detail: '第二因子已启用；更换手机请用备用码或请管理员重置。' });
  const secret = generateSecret();
  await sql`insert into staff_factor (county_id, staff_id, secret, created_at)
    values (${actor.countyId}, ${actor.staffId}::uuid, ${sealField(keys, placeOf(actor), secret)}, ${now})
    on conflict (county_id, staff_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = 0`.execute(
    tx,
  );
  return { secret, uri: generateURI({ issuer: '全程', label: actor.username, secret }) };
}

/** Confirms it with a first code and hands out recovery codes, told once. */
export async function confirmFactor(
  tx: Tx,
  actor: Actor,
  keys: KeyRing,
  input: { code: string; now: Date },
): Promise<{ recoveryCodes: string[] } | Refused> {
  const held = await readFactor(tx, actor);
  if (!held || held.confirmed_at) return refused('not-found');
  const step = await stepOf(openField(keys, placeOf(actor), held.secret), input.code, 0, input.now);
  if (step === undefined) return wrongCode();
  await sql`update staff_factor set confirmed_at = ${input.now}, last_step = ${step}
    where county_id = ${actor.countyId} and staff_id = ${actor.staffId}::uuid`.execute(tx);
  const codes = Array.from({ length: recoveryCodes }, makeRecoveryCode);
  await sql`delete from recovery_code where county_id = ${actor.countyId} and staff_id = ${actor.staffId}::uuid`.execute(
    tx,
  );
  for (const code of codes)
    await tx
      .insertInto('recovery_code')
      .values({
        county_id: actor.countyId,
        staff_id: actor.staffId,
        code: recoveryIndex(keys, actor, code),
        used_at: null,
      })
      .execute();
  await recordAudit(tx, actor, { action: 'factor.enable', subject: actor.staffId, now: input.now });
  return { recoveryCodes: codes };
}

/** Checks a code of the app, each good once, or a recovery code, used up by it. True when it opens the session. */
export async function checkFactor(
  tx: Tx,
  actor: Actor,
  keys: KeyRing,
  input: { code: string; now: Date },
): Promise<boolean> {
  const held = await readFactor(tx, actor);
  if (!held?.confirmed_at) return false;
  const code = input.code.replace(/[\s-]/g, '').toUpperCase();
  if (/^\d{6}$/.test(code)) {
    const secret = openField(keys, placeOf(actor), held.secret);
    const step = await stepOf(secret, code, Number(held.last_step), input.now);
    if (step === undefined) return false;
    await sql`update staff_factor set last_step = ${step}
      where county_id = ${actor.countyId} and staff_id = ${actor.staffId}::uuid`.execute(tx);
    return true;
  }
  for (const key of keys.all('index')) {
    const spent = await sql<{ code: Buffer }>`update recovery_code set used_at = ${input.now}
      where county_id = ${actor.countyId} and staff_id = ${actor.staffId}::uuid and used_at is null
        and code = ${blindIndex(key, `recovery-code|${actor.staffId}`, code)} returning code`.execute(tx);
    if (spent.rows.length > 0) {
      await recordAudit(tx, actor, {
        action: 'factor.recovery-code',
        subject: actor.staffId,
        now: input.now,
      });
      return true;
    }
  }
  return false;
}

/** How many recovery codes are left, and since when the factor holds. */
export async function describeFactor(
  tx: Tx,
  actor: Actor,
): Promise<{ enabledAt: string | null; recoveryCodesLeft: number }> {
  const held = await readFactor(tx, actor);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from recovery_code
    where county_id = ${actor.countyId} and staff_id = ${actor.staffId}::uuid and used_at is null`.execute(
    tx,
  );
  return { enabledAt: held?.confirmed_at?.toISOString() ?? null, recoveryCodesLeft: rows[0]?.n ?? 0 };
}

export const wrongCode = () =>
  refused('invalid-input', {
    issues: [{ path: 'code', code: 'wrong', message: '验证码不正确或已用过，请用手机上的下一个验证码。' }],
  });

/** The row is locked: of two requests with one code, one gets in. */
async function readFactor(tx: Tx, actor: Actor) {
  return tx
    .selectFrom('staff_factor')
    .select(['secret', 'last_step', 'confirmed_at'])
    .where('county_id', '=', actor.countyId)
    .where('staff_id', '=', actor.staffId)
    .forUpdate()
    .executeTakeFirst();
}

/** The time step a code belongs to: by the server's clock, one step to either side, and later than the last one used. */
async function stepOf(
  secret: string,
  code: string,
  lastStep: number,
  now: Date,
): Promise<number | undefined> {
  if (!/^\d{6}$/.test(code)) return undefined;
  const found = await verify({
    secret,
    token: code,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: stepSeconds,
    ...(lastStep > 0 ? { afterTimeStep: lastStep } : {}),
  });
  return found.valid && 'timeStep' in found ? found.timeStep : undefined;
}

function makeRecoveryCode(): string {
  const letters = [...randomBytes(10)].map((byte) => recoveryAlphabet[byte % recoveryAlphabet.length]);
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}

function recoveryIndex(keys: KeyRing, actor: Actor, code: string): Buffer {
  return blindIndex(keys.current('index'), `recovery-code|${actor.staffId}`, code.replace('-', ''));
}
