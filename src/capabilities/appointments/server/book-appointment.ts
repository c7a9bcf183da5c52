import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { halfDayLabels, halfDayOf } from '../domain/slot-time.ts';
import { countSlot, findSameHalfDay, type HeldSlot, holdSlot, whyNotBookable } from './hold-slot.ts';
import { cancelNotices, queueNotices } from './queue-notices.ts';

const sameHalfDay = 'slotId:same-half-day';

/**
 * Books a place for a person and queues the reminders, or refuses by name: full, over, withdrawn, the same slot twice, a
 * closed record; another booking of the same half day is asked about. Of two who want the last place one gets it: the
 * second waits for the first and then finds none.
 */
export async function writeAppointment(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    appointmentId: string;
    residentId: string;
    slotId: string;
    purpose: string;
    confirmed: readonly string[];
    now: Date;
  },
): Promise<{ appointmentId: string; free: number } | Refused> {
  // The person first, then the slot: everybody takes hold in this order.
  const person = await tx
    .selectFrom('resident')
    .select(['status', 'org_path'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active') return refused('record-closed');
  const slot = await holdSlot(tx, actor.countyId, input.slotId);
  if (!slot) return refused('not-found');
  const twice = await readBooked(tx, actor, input);
  if (twice) return refused('already-exists', { detail: '这个人已约了这个时段，不必重复预约。' });
  const refusal = await whyNotBookable(tx, actor.countyId, slot, input.now);
  if (refusal) return refusal;
  const asked = await askSameHalfDay(tx, actor, { ...input, slot });
  if (asked) return asked;

  await countSlot(tx, actor.countyId, slot.id, 1);
  await sql`
    insert into appointment (county_id, id, slot_id, resident_id, org_path, purpose, booked_at, booked_by, changed_at)
    values (${actor.countyId}, ${input.appointmentId}::uuid, ${slot.id}::uuid, ${input.residentId}::uuid,
      ${person.org_path}, ${input.purpose.trim()}, ${input.now}, ${actor.staffId}::uuid, ${input.now})`.execute(
    tx,
  );
  const subject = {
    appointmentId: input.appointmentId,
    residentId: input.residentId,
    orgPath: person.org_path,
  };
  await queueNotices(tx, actor.countyId, {
    subjects: [subject],
    kind: 'appointment-reminder',
    slot,
    now: input.now,
  });
  await recordAudit(tx, actor, {
    action: 'appointment.book',
    residentId: input.residentId,
    subject: input.appointmentId,
    now: input.now,
  });
  return { appointmentId: input.appointmentId, free: slot.capacity - slot.taken - 1 };
}

async function readBooked(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; slotId: string },
): Promise<boolean> {
  const found = await tx
    .selectFrom('appointment')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('slot_id', '=', input.slotId)
    .where('resident_id', '=', input.residentId)
    .where('status', '=', 'booked')
    .executeTakeFirst();
  return found !== undefined;
}

async function askSameHalfDay(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { appointmentId: string; residentId: string; confirmed: readonly string[]; slot: HeldSlot },
): Promise<Refused | undefined> {
  if (input.confirmed.includes(sameHalfDay)) return undefined;
  const other = await findSameHalfDay(tx, actor.countyId, input.residentId, input.slot, input.appointmentId);
  if (!other) return undefined;
  const half = halfDayLabels[halfDayOf(input.slot.starts)];
  return refused('needs-confirmation', {
    detail: '请向居民核对；确实都要去，可确认后再次提交。',
    issues: [
      {
        path: 'slotId',
        code: 'same-half-day',
        message: `这个人同一天${half}已约了 ${other.starts} ${other.organization_name}${other.title}。`,
      },
    ],
  });
}

function readAppointment(tx: Transaction<Tables>, actor: Actor, appointmentId: string, hold?: 'hold') {
  const one = tx
    .selectFrom('appointment')
    .selectAll()
    .where('county_id', '=', actor.countyId)
    .where('id', '=', appointmentId);
  return (hold ? one.forUpdate() : one).executeTakeFirst();
}

/** Moves a booking to another slot: the old place is free again, the reminders are queued anew, or nothing changes. */
export async function moveAppointment(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    appointmentId: string;
    version: number;
    slotId: string;
    confirmed: readonly string[];
    now: Date;
  },
): Promise<{ appointmentId: string } | Refused> {
  const seen = await readAppointment(tx, actor, input.appointmentId);
  if (!seen) return refused('not-found');
  // Both slots in one order and then the booking, so that two who swap, or a clinic called off, do not wait in a circle.
  const slots = new Map<string, HeldSlot | undefined>();
  for (const id of new Set([seen.slot_id, input.slotId].toSorted()))
    slots.set(id, await holdSlot(tx, actor.countyId, id));
  const held = await readAppointment(tx, actor, input.appointmentId, 'hold');
  if (held?.status !== 'booked') return refused('appointment-settled');
  if (held.version !== input.version || held.slot_id !== seen.slot_id) return refused('stale-version');
  if (held.slot_id === input.slotId)
    return refused('already-exists', { detail: '已经约在这个时段，不必改约。' });
  const slot = slots.get(input.slotId);
  if (!slot) return refused('not-found');
  if (await readBooked(tx, actor, { residentId: held.resident_id, slotId: input.slotId }))
    return refused('already-exists', { detail: '这个人已约了这个时段。' });
  const refusal = await whyNotBookable(tx, actor.countyId, slot, input.now);
  if (refusal) return refusal;
  const asked = await askSameHalfDay(tx, actor, {
    appointmentId: held.id,
    residentId: held.resident_id,
    confirmed: input.confirmed,
    slot,
  });
  if (asked) return asked;
  await countSlot(tx, actor.countyId, held.slot_id, -1);
  await countSlot(tx, actor.countyId, slot.id, 1);
  await sql`update appointment set slot_id = ${slot.id}::uuid, changed_at = ${input.now}, version = version + 1
    where county_id = ${actor.countyId} and id = ${held.id}::uuid`.execute(tx);
  await cancelNotices(tx, actor.countyId, [held.id], input.now);
  const subject = { appointmentId: held.id, residentId: held.resident_id, orgPath: held.org_path };
  await queueNotices(tx, actor.countyId, {
    subjects: [subject],
    kind: 'appointment-reminder',
    slot,
    now: input.now,
  });
  await recordAudit(tx, actor, {
    action: 'appointment.change',
    residentId: held.resident_id,
    subject: held.id,
    now: input.now,
  });
  return { appointmentId: held.id };
}
