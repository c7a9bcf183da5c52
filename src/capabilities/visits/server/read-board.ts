import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { maskName } from '../domain/mask-name.ts';
import { generalRoom, printQueueNumber, queuePriorities } from '../domain/queue-order.ts';
import { ofCentreOn, selectQueue } from './queue-lines.ts';

/** Lines a hall's screen can show. */
const [calledLines, waitingLines] = [6, 14];

/** What the hall's screen shows: who is called where, and who is next; names masked here, not in the browser. */
export async function readBoard(tx: Transaction<Tables>, actor: Actor, today: PlainDate, now: Date) {
  const here = ofCentreOn(actor, today);
  const called = await selectQueue(
    tx,
    sql`${here} and v.status = 'open' and v.called_at is not null`,
    sql`v.called_at desc`,
    calledLines,
  );
  const waiting = await selectQueue(
    tx,
    sql`${here} and v.status = 'open' and v.called_at is null and v.queue_no is not null`,
    sql`v.priority, v.skipped, v.queue_no`,
    waitingLines,
  );
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from centre_visit v where ${here} and v.status = 'open' and v.called_at is null`.execute(
    tx,
  );
  return {
    organizationName: actor.organizationName,
    now: now.toISOString(),
    called: called.rows.map((row) => ({
      queueNo: printQueueNumber(row.queue_no),
      name: maskName(row.name),
      room: row.room ?? generalRoom,
      calledAt: (row.called_at ?? now).toISOString(),
    })),
    waiting: waiting.rows.map((row) => ({
      queueNo: printQueueNumber(row.queue_no),
      name: maskName(row.name),
      room: row.room ?? generalRoom,
      isPriority: row.priority < queuePriorities.ordinary,
    })),
    waitingCount: rows[0]?.n ?? 0,
  };
}
