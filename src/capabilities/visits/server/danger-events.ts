import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { handlingTimes } from '#clinical/early-warning/alert-parameters.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { valueOn } from '#kernel/dated.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { DangerEvent } from '../danger-contract.ts';
import type { DangerOutcome } from '../domain/danger-outcomes.ts';

const [msAMinute, longestWhat] = [60_000, 500];

/** Who came upon a danger; not always somebody who is signed in: a phone hands over what a former user typed. */
export type DangerFinder = Actor | Pick<Actor, 'countyId' | 'staffId' | 'organizationId'>;

/**
 * Puts a danger on the list with the time it must be handled by. While one of the person is open the new finding is added
 * to it: its owner and its time stay.
 */
export async function openDanger(
  tx: Transaction<Tables>,
  actor: DangerFinder,
  input: {
    residentId: string;
    orgPath: string;
    source: DangerEvent['source'];
    what: string;
    /** Why the record that carries it was not filed. */
    refusal?: string;
    today: PlainDate;
    now: Date;
  },
): Promise<void> {
  const dueAt = new Date(input.now.getTime() + valueOn(handlingTimes, input.today).critical * msAMinute);
  const what = input.what.slice(0, longestWhat);
  const refusal = input.refusal?.slice(0, longestWhat) ?? null;
  const { rows } = await sql<{ id: string }>`
    insert into danger_event (county_id, id, resident_id, organization_id, org_path, source, what, found_at, found_by, due_at, refusal)
    values (${actor.countyId}, ${uuidv7()}::uuid, ${input.residentId}::uuid, ${actor.organizationId}::uuid, ${input.orgPath},
      ${input.source}, ${what}, ${input.now}, ${actor.staffId}::uuid, ${dueAt}, ${refusal})
    on conflict (county_id, resident_id) where closed_at is null do update
      set what = case when position(excluded.what in danger_event.what) > 0 then danger_event.what
          else left(danger_event.what || '；' || excluded.what, ${longestWhat}) end,
        refusal = coalesce(excluded.refusal, danger_event.refusal),
        version = danger_event.version + 1
    returning id`.execute(tx);
  await recordAudit(tx, 'role' in actor ? actor : undefined, {
    countyId: actor.countyId,
    action: 'danger-event.register',
    residentId: input.residentId,
    subject: rows[0]?.id ?? '',
    now: input.now,
  });
}

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly phone: string | null;
  readonly source: DangerEvent['source'];
  readonly what: string;
  readonly found_at: Date;
  readonly due_at: Date;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly outcome: string | null;
  readonly note: string | null;
  readonly refusal: string | null;
  readonly closed_at: Date | null;
  readonly closed_by_name: string | null;
  readonly version: number;
}

/** One page of dangers in scope: open ones by the time they are due, or closed ones, the latest first. */
export async function readDangerEvents(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    state: 'open' | 'closed';
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
    now: Date;
  },
): Promise<{ items: DangerEvent[]; openCount: number; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const isOpen = input.state === 'open';
  const which = isOpen
    ? sql`e.closed_at is null ${after ? sql`and (e.due_at, e.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}`
    : sql`e.closed_at is not null ${after ? sql`and (e.closed_at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}`;
  const order = isOpen ? sql`e.due_at, e.id` : sql`e.closed_at desc, e.id desc`;
  const { rows } = await sql<Row>`
    select e.id, e.resident_id, r.name, r.sex, r.birth_date, r.phone, e.source, e.what, e.found_at, e.due_at, e.owner_id,
      o.name as owner_name, e.outcome, e.note, e.refusal, e.closed_at, c.name as closed_by_name, e.version
    from danger_event e
    join resident r on r.county_id = e.county_id and r.id = e.resident_id
    left join staff o on o.county_id = e.county_id and o.id = e.owner_id
    left join staff c on c.county_id = e.county_id and c.id = e.closed_by
    where e.county_id = ${actor.countyId} and ${which} order by ${order} limit ${input.limit + 1}`.execute(
    tx,
  );
  const counted = await sql<{ n: number }>`select count(*)::int as n from danger_event
    where county_id = ${actor.countyId} and closed_at is null`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const key = last && (isOpen ? last.due_at : last.closed_at);
  return {
    items: page.map((row) => toEvent(row, actor, input)),
    openCount: counted.rows[0]?.n ?? 0,
    nextCursor: rows.length > input.limit && last && key ? encodeCursor([key.toISOString(), last.id]) : null,
  };
}

const toEvent = (row: Row, actor: Actor, { today, now }: { today: PlainDate; now: Date }): DangerEvent => ({
  id: row.id,
  residentId: row.resident_id,
  name: row.name,
  sex: row.sex,
  ageYears: ageInYears(row.birth_date, today),
  phone: row.phone,
  source: row.source,
  what: row.what,
  foundAt: row.found_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  isLate: row.closed_at === null && row.due_at < now,
  ownerName: row.owner_name,
  isMine: row.owner_id === actor.staffId,
  outcome: row.outcome,
  note: row.note,
  refusal: row.refusal,
  closedAt: row.closed_at?.toISOString() ?? null,
  closedByName: row.closed_by_name,
  version: row.version,
});

/** Takes a danger over; the second of two is told who has it. */
export async function takeDanger(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { eventId: string; version: number; now: Date },
): Promise<{ version: number } | Refused> {
  const held = await holdDanger(tx, actor, input);
  if ('kind' in held) return held;
  await sql`update danger_event set owner_id = ${actor.staffId}::uuid, owned_at = ${input.now}, version = version + 1
    where county_id = ${actor.countyId} and id = ${input.eventId}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'danger-event.own',
    residentId: held.resident_id,
    subject: input.eventId,
    now: input.now,
  });
  return { version: held.version + 1 };
}

/** Ends a danger with what was done; who ends one nobody had taken is its owner. */
export async function closeDanger(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { eventId: string; version: number; outcome: DangerOutcome; note: string; now: Date },
): Promise<{ version: number } | Refused> {
  const held = await holdDanger(tx, actor, input);
  if ('kind' in held) return held;
  await sql`update danger_event set outcome = ${input.outcome}, note = ${input.note.trim()}, closed_at = ${input.now},
      closed_by = ${actor.staffId}::uuid, owner_id = coalesce(owner_id, ${actor.staffId}::uuid),
      owned_at = coalesce(owned_at, ${input.now}), version = version + 1
    where county_id = ${actor.countyId} and id = ${input.eventId}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'danger-event.close',
    residentId: held.resident_id,
    subject: input.eventId,
    detail: { outcome: input.outcome },
    now: input.now,
  });
  return { version: held.version + 1 };
}

async function holdDanger(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { eventId: string; version: number },
) {
  const row = await tx
    .selectFrom('danger_event')
    .select(['resident_id', 'version', 'closed_at'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.eventId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return refused('not-found');
  if (row.closed_at) return refused('illegal-move', { detail: '这件异常情况已经办结。' });
  return row.version === input.version ? row : refused('stale-version');
}

/** A referral ends what was open of the person, with what was done first. */
export async function closeByReferral(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; note: string; now: Date },
): Promise<void> {
  await sql`update danger_event set outcome = 'referred', note = ${input.note.slice(0, longestWhat)},
      closed_at = ${input.now}, closed_by = ${actor.staffId}::uuid, owner_id = coalesce(owner_id, ${actor.staffId}::uuid),
      owned_at = coalesce(owned_at, ${input.now}), version = version + 1
    where county_id = ${actor.countyId} and resident_id = ${input.residentId}::uuid and closed_at is null`.execute(
    tx,
  );
}
