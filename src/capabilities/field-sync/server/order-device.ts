import type { Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/**
 * Orders a phone of the scope to be wiped or withdrawn, or lets it be used again. It hands over what is unsent before it
 * deletes; a withdrawn one gets no share and no data any more. Refuses a phone that is not there.
 */
export async function orderOneDevice(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    deviceId: string;
    userId: string;
    order: 'wipe' | 'revoke' | 'restore';
    reason: string;
    now: Date;
  },
): Promise<{ state: string } | Refused> {
  const state = ({ wipe: 'wipe-ordered', revoke: 'revoked', restore: 'active' } as const)[input.order];
  const changed = await tx
    .updateTable('field_device')
    .set({ state, ordered_by: actor.staffId, ordered_at: input.now, order_reason: input.reason })
    .where('county_id', '=', actor.countyId)
    .where('device_id', '=', input.deviceId)
    .where('staff_id', '=', input.userId)
    .returning('device_id')
    .executeTakeFirst();
  if (!changed) return refused('not-found');
  await recordAudit(tx, actor, {
    action: `field-device.${input.order}`,
    subject: input.deviceId,
    detail: { userId: input.userId },
    now: input.now,
  });
  return { state };
}
