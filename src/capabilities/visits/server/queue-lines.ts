import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { generalRoom, printQueueNumber } from '../domain/queue-order.ts';
import type { QueueLine } from '../reception-contract.ts';

export interface QueueRow {
  readonly id: string;
  readonly resident_id: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly queue_no: number;
  readonly priority: number;
  readonly skipped: number;
  readonly room: string | null;
  readonly doctor_name: string | null;
  readonly box: string;
  readonly status: string;
  readonly called_at: Date | null;
  readonly seen_at: Date | null;
  readonly created_at: Date;
}

/** Lines of the queue by a condition on the visit `v`, in the order people are called. */
export function selectQueue(
  tx: Transaction<Tables>,
  condition: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit: number,
) {
  return sql<QueueRow>`
    select v.id, v.resident_id, r.name, r.sex, r.birth_date, v.queue_no, v.priority, v.skipped, v.room,
      s.name as doctor_name, v.box, v.status, v.called_at, v.seen_at, v.created_at
    from centre_visit v
    join resident r on r.county_id = v.county_id and r.id = v.resident_id
    left join staff s on s.county_id = v.county_id and s.id = v.doctor_id
    where ${condition} order by ${order} limit ${limit}`.execute(tx);
}

/** A row as a screen reads it. */
export function describeQueueRow(row: QueueRow, today: PlainDate): QueueLine {
  return {
    visitId: row.id,
    residentId: row.resident_id,
    name: row.name,
    sex: row.sex,
    ageYears: ageInYears(row.birth_date, today),
    queueNo: printQueueNumber(row.queue_no),
    priority: row.priority,
    room: row.room ?? generalRoom,
    doctorName: row.doctor_name,
    box: row.box,
    status: row.status,
    stage: row.status !== 'open' ? 'done' : row.seen_at ? 'seen' : row.called_at ? 'called' : 'waiting',
    arrivedAt: row.created_at.toISOString(),
  };
}

/** Visits of a centre on a day. */
export const ofCentreOn = (actor: Actor, day: PlainDate) =>
  sql`v.county_id = ${actor.countyId} and v.organization_id = ${actor.organizationId}::uuid and v.arrived_on = ${day}::date`;

/** One page of the queue of the actor's centre. */
export async function readQueuePage(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly stage: 'waiting' | 'in-room' | 'done';
    readonly mine: boolean;
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly today: PlainDate;
  },
): Promise<{ items: QueueLine[]; nextCursor: string | null }> {
  const stage = {
    waiting: sql`v.status = 'open' and v.called_at is null`,
    'in-room': sql`v.status = 'open' and v.called_at is not null`,
    done: sql`v.status <> 'open'`,
  }[input.stage];
  const mine = !input.mine
    ? sql``
    : input.stage === 'waiting'
      ? sql`and (v.doctor_id = ${actor.staffId}::uuid or v.doctor_id is null)`
      : sql`and v.doctor_id = ${actor.staffId}::uuid`;
  const after = decodeCursor(input.cursor, 3);
  const beyond = after
    ? sql`and (v.priority, v.skipped, v.queue_no) > (${Number(after[0])}, ${Number(after[1])}, ${Number(after[2])})`
    : sql``;
  const { rows } = await selectQueue(
    tx,
    sql`${ofCentreOn(actor, input.today)} and v.queue_no is not null and ${stage} ${mine} ${beyond}`,
    sql`v.priority, v.skipped, v.queue_no`,
    input.limit + 1,
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => describeQueueRow(row, input.today)),
    nextCursor:
      rows.length > input.limit && last
        ? encodeCursor([String(last.priority), String(last.skipped), String(last.queue_no)])
        : null,
  };
}
