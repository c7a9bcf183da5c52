import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Notice, noticeStates } from '../contract.ts';

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly kind: string;
  readonly channel: Notice['channel'];
  readonly body: string;
  readonly due_at: Date;
  readonly sent_at: Date | null;
  readonly cancelled_at: Date | null;
  readonly failed: string | null;
  readonly attempts: number;
  readonly next_try_at: Date | null;
}

/** One page of notices in a state, latest due first; the waiting ones soonest first. */
export async function readNotices(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    state: (typeof noticeStates)[number];
    residentId?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ items: Notice[]; nextCursor: string | null }> {
  const inState = {
    waiting: sql`n.sent_at is null and n.failed is null and n.cancelled_at is null`,
    sent: sql`n.sent_at is not null`,
    failed: sql`n.failed is not null`,
    cancelled: sql`n.cancelled_at is not null`,
  }[input.state];
  const isWaiting = input.state === 'waiting';
  const after = decodeCursor(input.cursor, 2);
  const beyond = after
    ? sql`and (n.due_at, n.id) ${isWaiting ? sql`>` : sql`<`} (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : sql``;
  const order = isWaiting ? sql`n.due_at, n.id` : sql`n.due_at desc, n.id desc`;
  const found = await sql<Row>`
    select n.*, r.name, r.phone from (
      select n.* from notice n
      where n.county_id = ${actor.countyId} and ${inState}
        ${input.residentId ? sql`and n.resident_id = ${input.residentId}::uuid` : sql``} ${beyond}
      order by ${order} limit ${input.limit + 1}) n
    join resident r on r.county_id = n.county_id and r.id = n.resident_id order by ${order}`.execute(tx);
  const rows = found.rows.slice(0, input.limit);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => ({
      id: row.id,
      residentId: row.resident_id,
      name: row.name,
      phone: row.phone,
      kind: row.kind,
      channel: row.channel,
      body: row.body,
      dueAt: row.due_at.toISOString(),
      sentAt: row.sent_at?.toISOString() ?? null,
      cancelledAt: row.cancelled_at?.toISOString() ?? null,
      failed: row.failed,
      attempts: row.attempts,
      nextTryAt: row.next_try_at?.toISOString() ?? null,
    })),
    nextCursor:
      found.rows.length > input.limit && last ? encodeCursor([last.due_at.toISOString(), last.id]) : null,
  };
}
