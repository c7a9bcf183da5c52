import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { isOver } from '../domain/slot-time.ts';
import { holdSlot } from './hold-slot.ts';
import { cancelNotices, queueNotices } from './queue-notices.ts';

/** Calls a clinic off: its bookings are cancelled with the reason and everybody is told, all in one. */
export async function callOffSlot(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { slotId: string; reason: string; now: Date },
): Promise<{ slotId: string; cancelled: number } | Refused> {
  const slot = await holdSlot(tx, actor.countyId, input.slotId);
  const place = await tx
    .selectFrom('organization')
    .select('scope_path')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', slot?.organization_id ?? '00000000-0000-0000-0000-000000000000')
    .executeTakeFirst();
  if (!slot || !place?.scope_path.startsWith(actor.scopePath)) return refused('not-found');
  if (slot.withdrawn_at !== null) return refused('slot-withdrawn');
  if (isOver(slot, input.now)) return refused('slot-past');
  const { rows } = await sql<{ id: string; resident_id: string; org_path: string }>`
    update appointment set status = 'cancelled', cancel_reason = ${`停诊：${input.reason.trim() || '停诊'}`},
      changed_at = ${input.now}, version = version + 1
    where county_id = ${actor.countyId} and slot_id = ${slot.id}::uuid and status = 'booked'
    returning id, resident_id, org_path`.execute(tx);
  await sql`update clinic_slot set withdrawn_at = ${input.now}, taken = taken - ${rows.length}
    where county_id = ${actor.countyId} and id = ${slot.id}::uuid`.execute(tx);
  await cancelNotices(
    tx,
    actor.countyId,
    rows.map((row) => row.id),
    input.now,
  );
  await queueNotices(tx, actor.countyId, {
    subjects: rows.map((row) => ({
      appointmentId: row.id,
      residentId: row.resident_id,
      orgPath: row.org_path,
    })),
    kind: 'appointment-withdrawn',
    slot,
    now: input.now,
  });
  await recordAudit(tx, actor, {
    action: 'slot.withdraw',
    subject: slot.id,
    detail: { cancelled: rows.length },
    now: input.now,
  });
  return { slotId: slot.id, cancelled: rows.length };
}
