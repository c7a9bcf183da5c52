import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Appointment } from '../contract.ts';

interface Row {
  readonly id: string;
  readonly slot_id: string;
  readonly kind: Appointment['kind'];
  readonly resident_id: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly phone: string | null;
  readonly home_name: string;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly title: string;
  readonly doctor_id: string | null;
  readonly doctor_name: string | null;
  readonly day: PlainDate;
  readonly starts: string;
  readonly ends: string;
  readonly purpose: string;
  readonly status: Appointment['status'];
  readonly cancel_reason: string | null;
  readonly version: number;
  readonly booked_at: Date;
}

async function select(tx: Transaction<Tables>, condition: RawBuilder<unknown>, rest: RawBuilder<unknown>) {
  const { rows } = await sql<Row>`
    select a.id, a.slot_id, s.kind, a.resident_id, r.name, r.sex, r.birth_date, r.phone, h.name as home_name,
      s.organization_id, o.name as organization_name, s.title, s.doctor_id, d.name as doctor_name, s.day, s.starts,
      s.ends, a.purpose, a.status, a.cancel_reason, a.version, a.booked_at
    from appointment a
    join clinic_slot s on s.county_id = a.county_id and s.id = a.slot_id
    join resident r on r.county_id = a.county_id and r.id = a.resident_id
    join organization h on h.county_id = r.county_id and h.id = r.organization_id
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    left join staff d on d.county_id = s.county_id and d.id = s.doctor_id
    where ${condition} ${rest}`.execute(tx);
  return rows;
}

function toAppointment(row: Row, today: PlainDate): Appointment {
  return {
    id: row.id,
    slotId: row.slot_id,
    kind: row.kind,
    residentId: row.resident_id,
    name: row.name,
    sex: row.sex,
    ageYears: ageInYears(row.birth_date, today),
    phone: row.phone,
    homeName: row.home_name,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    title: row.title,
    doctorId: row.doctor_id,
    doctorName: row.doctor_name,
    day: row.day,
    starts: row.starts,
    ends: row.ends,
    purpose: row.purpose,
    status: row.status,
    cancelReason: row.cancel_reason,
    version: row.version,
  };
}

/** Who is booked at an organization on a day and has not cancelled, by time; for reception and its queue. */
export async function listTodaysAppointments(
  tx: Transaction<Tables>,
  actor: Actor,
  organizationId: string,
  day: PlainDate,
): Promise<Appointment[]> {
  const rows = await select(
    tx,
    sql`s.county_id = ${actor.countyId} and s.organization_id = ${organizationId}::uuid and s.day = ${day}::date
      and s.withdrawn_at is null and a.status in ('booked','arrived')`,
    sql`order by s.starts, a.booked_at, a.id limit 1000`,
  );
  return rows.map((row) => toAppointment(row, day));
}

/** Who booked a slot, cancelled ones last; one page. */
export async function readSlotAppointments(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    slotId: string;
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
  },
) {
  const after = decodeCursor(input.cursor, 2);
  const beyond = after ? sql`and (a.booked_at, a.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const rows = await select(
    tx,
    sql`a.county_id = ${input.countyId} and a.slot_id = ${input.slotId}::uuid ${beyond}`,
    sql`order by a.booked_at, a.id limit ${input.limit + 1}`,
  );
  return toPage(rows, input, (last) => [last.booked_at.toISOString(), last.id]);
}

/** A person's appointments, the furthest day first; one page. */
export async function readResidentAppointments(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    residentId: string;
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
  },
) {
  const after = decodeCursor(input.cursor, 3);
  const beyond = after
    ? sql`and (s.day, s.starts, a.id) < (${after[0]}::date, ${after[1]}, ${after[2]}::uuid)`
    : sql``;
  const rows = await select(
    tx,
    sql`a.county_id = ${input.countyId} and a.resident_id = ${input.residentId}::uuid ${beyond}`,
    sql`order by s.day desc, s.starts desc, a.id desc limit ${input.limit + 1}`,
  );
  return toPage(rows, input, (last) => [last.day, last.starts, last.id]);
}

function toPage(
  rows: readonly Row[],
  input: { limit: number; today: PlainDate },
  keys: (last: Row) => string[],
) {
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toAppointment(row, input.today)),
    nextCursor: rows.length > input.limit && last ? encodeCursor(keys(last)) : null,
  };
}
