import type { Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/** Says whether an emergency access was justified. Refuses one's own, and a second review. */
export async function reviewAccess(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { accessId: string; verdict: 'justified' | 'unjustified'; note: string | undefined; now: Date },
): Promise<{ accessId: string; verdict: 'justified' | 'unjustified' } | Refused> {
  if (input.verdict === 'unjustified' && !input.note) {
    const message = '认定不合理时请写明依据和处理意见。';
    return refused('invalid-input', { issues: [{ path: 'note', code: 'missing', message }] });
  }
  const access = await tx
    .selectFrom('emergency_access')
    .select(['staff_id', 'resident_id', 'verdict'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.accessId)
    .forUpdate()
    .executeTakeFirst();
  if (!access) return refused('not-found');
  if (access.staff_id === actor.staffId)
    return refused('not-allowed', { detail: '不能复核自己发起的紧急查阅，请由他人复核。' });
  if (access.verdict !== null) return refused('already-exists', { detail: '这次紧急查阅已经复核过。' });
  await tx
    .updateTable('emergency_access')
    .set({
      verdict: input.verdict,
      review_note: input.note ?? null,
      reviewed_by: actor.staffId,
      reviewed_at: input.now,
    })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.accessId)
    .execute();
  await recordAudit(tx, actor, {
    action: 'emergency-access.review',
    residentId: access.resident_id,
    subject: input.accessId,
    detail: { verdict: input.verdict },
    now: input.now,
  });
  return { accessId: input.accessId, verdict: input.verdict };
}
