import { sql, type Transaction } from 'kysely';
import { whoConsents } from '#capabilities/privacy/server/public.ts';
import { orgPath } from '#kernel/org-path.ts';
import { dayInChina, type PlainDate } from '#kernel/plain-date.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { backOffMinutes, mostAttempts, type NoticeChannel, type NoticeKind } from '../domain/notice-plan.ts';
import { isOver, type TimeOfDay } from '../domain/slot-time.ts';
import { type Channel, Undeliverable } from './notice-channels.ts';

/** Notices taken at once. */
const batch = 20;

/** Channels that carry a person's number to somebody else. */
const leavesTheHouse: readonly NoticeChannel[] = ['sms', 'wechat'];

/**
 * Minutes a worker has for what it took: longer than a batch of silent gateways lasts. Whoever dies half way leaves its
 * notices to the next worker after that.
 */
const leaseMinutes = 5;

interface TakenRow {
  readonly id: string;
  readonly resident_id: string;
  readonly kind: NoticeKind;
  readonly channel: NoticeChannel;
  readonly body: string;
  readonly attempts: number;
  readonly phone: string | null;
  readonly is_closed: boolean;
  readonly slot_day: PlainDate | null;
  readonly slot_ends: TimeOfDay | null;
}

interface TakenNotice extends TakenRow {
  readonly isWilling: boolean;
}

interface DeliverInput {
  readonly countyId: string;
  readonly channels: readonly Channel[];
  readonly now: Date;
}

/**
 * Sends what is due. A batch is taken for some minutes, so that two workers never send the same one, and sent with no
 * transaction open: a slow gateway holds up nobody else. A worker that dies half way leaves the rest to be sent later
 * under the same key: at least once. Says how many went out.
 */
export async function deliverNotices(database: Database, input: DeliverInput): Promise<number> {
  const scope = { countyId: input.countyId, path: orgPath(`/${input.countyId}/`) };
  let sent = 0;
  for (;;) {
    const taken = await withScope(database, scope, (tx) => takeBatch(tx, input));
    for (const row of taken) {
      const channel = input.channels.find((one) => one.channel === row.channel);
      const outcome = await trySending(channel, row, input.now);
      await withScope(database, scope, (tx) => keepOutcome(tx, input, row, outcome));
      if (outcome.kind === 'sent') sent += 1;
    }
    if (taken.length < batch) return sent;
  }
}

async function takeBatch(tx: Transaction<Tables>, input: DeliverInput): Promise<TakenNotice[]> {
  const until = new Date(input.now.getTime() + leaseMinutes * 60_000);
  const { rows } = await sql<TakenRow>`
    with due as materialized (
      select n.id from notice n
      where n.county_id = ${input.countyId} and n.sent_at is null and n.failed is null and n.cancelled_at is null
        and coalesce(n.next_try_at, n.due_at) <= ${input.now}
      order by coalesce(n.next_try_at, n.due_at), n.id limit ${batch} for update skip locked
    ), taken as (
      update notice n set next_try_at = ${until} from due where n.county_id = ${input.countyId} and n.id = due.id
      returning n.county_id, n.id, n.resident_id, n.kind, n.channel, n.body, n.attempts, n.subject_id
    )
    select n.id, n.resident_id, n.kind, n.channel, n.body, n.attempts, r.phone, r.status <> 'active' as is_closed,
      s.day as slot_day, s.ends as slot_ends
    from taken n
    join resident r on r.county_id = n.county_id and r.id = n.resident_id
    left join appointment a on a.county_id = n.county_id and a.id = n.subject_id
    left join clinic_slot s on s.county_id = a.county_id and s.id = a.slot_id`.execute(tx);
  // Asked now, not when the notice was queued: who took it back a moment ago hears nothing.
  const willing = await whoConsents(tx, {
    countyId: input.countyId,
    residentIds: rows.map((row) => row.resident_id),
    purpose: 'reminder-messages',
    today: dayInChina(input.now),
  });
  return rows.map((row) => ({ ...row, isWilling: willing.has(row.resident_id) }));
}

type Outcome = { kind: 'sent' } | { kind: 'gone'; why: string } | { kind: 'again'; why: string };

async function trySending(channel: Channel | undefined, row: TakenNotice, now: Date): Promise<Outcome> {
  // Nobody writes to the family of a person who died that there is an appointment tomorrow.
  if (row.is_closed) return { kind: 'gone', why: '居民档案已结案' };
  const slot = row.slot_day && row.slot_ends ? { day: row.slot_day, ends: row.slot_ends } : undefined;
  if (row.kind === 'appointment-reminder' && slot && isOver(slot, now))
    return { kind: 'gone', why: '预约的时间已过' };
  if (!row.isWilling && leavesTheHouse.includes(row.channel))
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
  input: DeliverInput,
  row: TakenNotice,
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
