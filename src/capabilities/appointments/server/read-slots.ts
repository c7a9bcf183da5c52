import { sql, type Transaction } from 'kysely';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Slot } from '../contract.ts';
import type { SlotKind } from '../domain/plan-slots.ts';
import { isOver } from '../domain/slot-time.ts';

/** Slots of a day that are listed; where there are more the reader is told to narrow the choice. */
const mostListed = 500;
/** Days the strip above the day view shows. */
const stripDays = 14;

interface Row {
  readonly id: string;
  readonly kind: SlotKind;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly title: string;
  readonly doctor_id: string | null;
  readonly doctor_name: string | null;
  readonly day: PlainDate;
  readonly starts: string;
  readonly ends: string;
  readonly capacity: number;
  readonly taken: number;
  readonly withdrawn_at: Date | null;
}

/** The slots of a day that are offered to the reader's scope, and how many places are free on the days around. */
export async function readSlotDay(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    day: PlainDate;
    kind?: SlotKind | undefined;
    organizationId?: string | undefined;
    today: PlainDate;
    now: Date;
  },
): Promise<{
  day: string;
  items: Slot[];
  isCut: boolean;
  days: { day: string; free: number; slots: number }[];
}> {
  const which = sql`${input.kind ? sql`and s.kind = ${input.kind}` : sql``}
    ${input.organizationId ? sql`and s.organization_id = ${input.organizationId}::uuid` : sql``}`;
  const { rows } = await sql<Row>`
    select s.id, s.kind, s.organization_id, o.name as organization_name, s.title, s.doctor_id, d.name as doctor_name,
      s.day, s.starts, s.ends, s.capacity, s.taken, s.withdrawn_at
    from clinic_slot s
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    left join staff d on d.county_id = s.county_id and d.id = s.doctor_id
    where s.county_id = ${input.countyId} and s.day = ${input.day}::date ${which}
    order by o.position, o.path, s.kind, s.title, s.starts, s.id limit ${mostListed + 1}`.execute(tx);
  const strip = await sql<{ day: string; free: number; slots: number }>`
    select s.day, sum(s.capacity - s.taken)::int as free, count(*)::int as slots from clinic_slot s
    where s.county_id = ${input.countyId} and s.day >= ${input.today}::date
      and s.day < ${addDays(input.today, stripDays)}::date and s.withdrawn_at is null ${which}
    group by s.day order by s.day`.execute(tx);
  return {
    day: input.day,
    items: rows.slice(0, mostListed).map((row) => toSlot(row, input.now)),
    isCut: rows.length > mostListed,
    days: strip.rows,
  };
}

/** Whether the slot is offered to the reader's scope. */
export async function isOffered(tx: Transaction<Tables>, countyId: string, slotId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from clinic_slot where county_id = ${countyId} and id = ${slotId}::uuid`.execute(tx);
  return rows.length > 0;
}

function toSlot(row: Row, now: Date): Slot {
  return {
    id: row.id,
    kind: row.kind,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    title: row.title,
    doctorId: row.doctor_id,
    doctorName: row.doctor_name,
    day: row.day,
    starts: row.starts,
    ends: row.ends,
    capacity: row.capacity,
    taken: row.taken,
    isOver: isOver(row, now),
    isWithdrawn: row.withdrawn_at !== null,
  };
}
