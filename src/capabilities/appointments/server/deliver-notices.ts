import { sql, type Transaction } from 'kysely';
import { whoConsents } from '#capabilities/privacy/server/public.ts';
import { orgPath } from '#kernel/org-path.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { backOffMinutes, mostAttempts, type NoticeChannel } from '../domain/notice-plan.ts';
import { type Channel, Undeliverable } from './notice-channels.ts';

/** Notices taken in one transaction: what a slow gateway may hold up. */
const batch = 20;

/** Channels that carry a person's number to somebody else. */
const leavesTheHouse: readonly NoticeChannel[] = ['sms', 'wechat'];

interface WaitingRow {
  readonly id: string;
  readonly resident_id: string;
  readonly channel: NoticeChannel;
  readonly body: string;
  readonly attempts: number;
  readonly phone: string | null;
  readonly is_closed: boolean;
}

/**
 * Sends what is due. Rows are held while they are sent, so that two workers never send the same one; a worker that dies
 * half way leaves them waiting, and the next sends them again under the same key: at least once. Says how many went out.
 */
export async function deliverNotices(
  database: Database,
  input: { countyId: string; channels: readonly Channel[]; now: Date },
): Promise<number> {
  const scope = { countyId: input.countyId, path: orgPath(`/${input.countyId}/`) };
  let sent = 0;
  for (;;) {
    const done = await withScope(database, scope, (tx) => deliverBatch(tx, input));
    sent += done.sent;
    if (done.taken < batch) return sent;
  }
}

async function deliverBatch(
  tx: Transaction<Tables>,
  input: { countyId: string; channels: readonly Channel[]; now: Date },
): Promise<{ taken: number; sent: number }> {
  const { rows } = await sql<WaitingRow>`
    select n.id, n.resident_id, n.channel, n.body, n.attempts, r.phone, r.status <> 'active' as is_closed from notice n
    join resident r on r.county_id = n.county_id and r.id = n.resident_id
    where n.county_id = ${input.countyId} and n.sent_at is null and n.failed is null and n.cancelled_at is null
      and coalesce(n.next_try_at, n.due_at) <= ${input.now}
    order by coalesce(n.next_try_at, n.due_at), n.id limit ${batch} for update of n skip locked`.execute(tx);
  // Asked now, not when the notice was queued: who took it back a moment ago hears nothing.
  const willing = await whoConsents(tx, {
    countyId: input.countyId,
    residentIds: rows.map((row) => row.resident_id),
    purpose: 'reminder-messages',
    today: dayInChina(input.now),
  });
  let sent = 0;
  for (const row of rows) {
    const channel = input.channels.find((one) => one.channel === row.channel);
    const outcome = await trySending(channel, row, willing.has(row.resident_id));
    await keepOutcome(tx, input, row, outcome);
    if (outcome.kind === 'sent') sent += 1;
  }
  return { taken: rows.length, sent };
}

type Outcome = { kind: 'sent' } | { kind: 'gone'; why: string } | { kind: 'again'; why: string };

async function trySending(
  channel: Channel | undefined,
  row: WaitingRow,
  isWilling: boolean,
): Promise<Outcome> {
  // Nobody writes to the family of a person who died that there is an appointment tomorrow.
  if (row.is_closed) return { kind: 'gone', why: '居民档案已结案' };
  if (!isWilling && leavesTheHouse.includes(row.channel))
    return { kind: 'gone', why: '居民不接收短信和微信提醒' };
  if (!channel?.isConfigured) return { kind: 'gone', why: '通道未配置' };
  try {
    await channel.send({ key: row.id, phone: row.phone, body: row.body });
    return { kind: 'sent' };
  } catch (error) {
    const why = error instanceof Error ? error.message : '未知原因';
    return error instanceof Undeliverable ? { kind: 'gone', why } : { kind: 'again', why };
  }
}

async function keepOutcome(
  tx: Transaction<Tables>,
  input: { countyId: string; now: Date },
  row: WaitingRow,
  outcome: Outcome,
): Promise<void> {
  const attempts = row.attempts + 1;
  const isLast = outcome.kind === 'gone' || (outcome.kind === 'again' && attempts >= mostAttempts);
  const nextTry = new Date(input.now.getTime() + backOffMinutes(attempts) * 60_000);
  await sql`
    update notice set attempts = ${attempts}, sent_at = ${outcome.kind === 'sent' ? input.now : null},
      failed = ${isLast ? outcome.why : null}, next_try_at = ${outcome.kind === 'again' ? nextTry : null}
    where county_id = ${input.countyId} and id = ${row.id}::uuid`.execute(tx);
}
