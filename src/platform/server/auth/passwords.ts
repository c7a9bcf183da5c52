import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Tables } from '../database/tables.ts';
import type { Actor } from './actor.ts';
import { hashPassword, isPassword, refusePassword } from './hash-password.ts';

const wrong = (path: string, code: string, message: string) =>
  refused('invalid-input', { issues: [{ path, code, message }] });

/** Changes a person's own password; refuses a wrong current one, a weak one, and one of the last few. */
export async function changeOwnPassword(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { currentPassword: string; newPassword: string; remembered: number; now: Date },
): Promise<{ changed: true } | Refused> {
  const { currentPassword, newPassword, now } = input;
  const stored = await tx
    .selectFrom('staff')
    .select('password_hash')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', actor.staffId)
    .executeTakeFirstOrThrow();
  if (!(await isPassword(stored.password_hash, currentPassword)))
    return wrong('currentPassword', 'wrong', '当前口令不正确。');
  const weak = refusePassword(newPassword, actor.username);
  if (weak) return wrong('newPassword', 'weak', weak);
  const former = await tx
    .selectFrom('former_password')
    .select('password_hash')
    .where('county_id', '=', actor.countyId)
    .where('staff_id', '=', actor.staffId)
    .orderBy('replaced_at', 'desc')
    .limit(Math.max(0, input.remembered - 1))
    .execute();
  for (const one of [stored, ...former])
    if (await isPassword(one.password_hash, newPassword))
      return wrong('newPassword', 'used-before', `不能与最近 ${input.remembered} 次用过的口令相同。`);
  const passwordHash = await hashPassword(newPassword);
  await sql`insert into former_password (county_id, staff_id, password_hash, replaced_at)
    values (${actor.countyId}, ${actor.staffId}::uuid, ${stored.password_hash}, ${now}) on conflict do nothing`.execute(
    tx,
  );
  await sql`update staff set password_hash = ${passwordHash}, must_change_password = false, password_changed_at = ${now}
    where county_id = ${actor.countyId} and id = ${actor.staffId}::uuid`.execute(tx);
  await recordAudit(tx, actor, { action: 'password.change', subject: actor.staffId, now });
  return { changed: true };
}
