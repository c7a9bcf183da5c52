import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { halfDayOf, isOver } from '../domain/slot-time.ts';

/** A slot as booking sees it, with its row held. */
export interface HeldSlot {
  readonly id: string;
  readonly day: PlainDate;
  readonly starts: string;
  readonly ends: string;
  readonly capacity: number;
  readonly taken: number;
  readonly title: string;
  readonly kind: string;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly withdrawn_at: Date | null;
}

/** Takes hold of a slot: whoever else books it waits until this booking is decided. */
export async function holdSlot(
  tx: Transaction<Tables>,
  countyId: string,
  slotId: string,
): Promise<HeldSlot | undefined> {
  const { rows } = await sql<HeldSlot>`
    select s.id, s.day, s.starts, s.ends, s.capacity, s.taken, s.title, s.kind, s.organization_id, s.withdrawn_at,
      o.name as organization_name
    from clinic_slot s join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where s.county_id = ${countyId} and s.id = ${slotId}::uuid for no key update of s`.execute(tx);
  return rows[0];
}

/** Why the slot cannot be booked, or nothing. A full slot names the next one like it that is free. */
export async function whyNotBookable(
  tx: Transaction<Tables>,
  countyId: string,
  slot: HeldSlot,
  now: Date,
): Promise<Refused | undefined> {
  if (slot.withdrawn_at !== null) return refused('slot-withdrawn');
  if (isOver(slot, now)) return refused('slot-past');
  if (slot.taken < slot.capacity) return undefined;
  const next = await findNextFree(tx, countyId, slot);
  return refused('slot-full', {
    detail: next
      ? `${slot.title} ${slot.day} ${slot.starts} 的最后一个号刚被约走；最近的余号是 ${next.day} ${next.starts}，可改约这个时段。`
      : `${slot.title} ${slot.day} ${slot.starts} 的号已约满，近期同科室也没有余号；请改选其他科室或日期。`,
    ...(next ? { extra: { nextSlotId: next.id, nextDay: next.day, nextStarts: next.starts } } : {}),
  });
}

async function findNextFree(tx: Transaction<Tables>, countyId: string, slot: HeldSlot) {
  const { rows } = await sql<{ id: string; day: PlainDate; starts: string }>`
    select id, day, starts from clinic_slot
    where county_id = ${countyId} and organization_id = ${slot.organization_id}::uuid and title = ${slot.title}
      and withdrawn_at is null and taken < capacity and day <= ${slot.day}::date + 30
      and (day > ${slot.day}::date or (day = ${slot.day}::date and starts > ${slot.starts}))
    order by day, starts limit 1`.execute(tx);
  return rows[0];
}

/** Places of a slot that are taken, one more or one less; never past its capacity, which the table checks too. */
export async function countSlot(
  tx: Transaction<Tables>,
  countyId: string,
  slotId: string,
  change: 1 | -1,
): Promise<void> {
  await sql`update clinic_slot set taken = taken + ${change}
    where county_id = ${countyId} and id = ${slotId}::uuid`.execute(tx);
}

/** Another booking of the person in the same half day, which may be meant or a slip. */
export async function findSameHalfDay(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  slot: HeldSlot,
  exceptAppointmentId: string,
): Promise<{ starts: string; organization_name: string; title: string } | undefined> {
  const { rows } = await sql<{ starts: string; organization_name: string; title: string }>`
    select s.starts, o.name as organization_name, s.title from appointment a
    join clinic_slot s on s.county_id = a.county_id and s.id = a.slot_id
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where a.county_id = ${countyId} and a.resident_id = ${residentId}::uuid and a.status = 'booked'
      and a.id <> ${exceptAppointmentId}::uuid and s.day = ${slot.day}::date order by s.starts`.execute(tx);
  return rows.find((row) => halfDayOf(row.starts) === halfDayOf(slot.starts));
}
