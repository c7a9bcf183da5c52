import { type RawBuilder, sql, type Transaction } from 'kysely';
import { type OrgPath, subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { CompactDocument } from '../domain/person-document.ts';
import type { FeedState } from './read-feed-state.ts';
import { readPersonDocuments } from './read-person-documents.ts';

/** More people than this do not belong on a phone: choose villages. */
export const mostPeopleOnAPhone = 60_000;

export interface PullInput {
  readonly paths: readonly OrgPath[];
  readonly cursor: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
  readonly today: PlainDate;
}

export interface Pulled {
  readonly kind: 'changes' | 'people';
  readonly documents: CompactDocument[];
  readonly removed: string[];
  readonly cursor: string;
  readonly after: string | null;
  readonly expected: number;
  readonly hasMore: boolean;
}

const smallestId = '00000000-0000-0000-0000-000000000000';

/** Whether a row's path lies in one of these subtrees. */
export function within(column: RawBuilder<unknown>, paths: readonly OrgPath[]): RawBuilder<boolean> {
  const parts = paths.map((path) => {
    const { from, to } = subtreeRange(path);
    return sql`(${column} >= ${from} and ${column} < ${to})`;
  });
  return sql<boolean>`(${sql.join(parts, sql` or `)})`;
}

/**
 * One page of everybody, by id: for a phone that holds nothing yet. The cursor is where the feed stood at the first page,
 * so that what changes meanwhile comes with the first pull of changes; a broken first sync goes on after the last person.
 */
export async function pullPeople(
  tx: Transaction<Tables>,
  actor: Actor,
  input: PullInput,
  feed: FeedState,
): Promise<Pulled | Refused> {
  const { rows } = await sql<{ ids: string[]; expected: number }>`
    with scope as materialized (
      select id from resident where county_id = ${actor.countyId} and ${within(sql`org_path`, input.paths)}
        and status in ('active', 'lost'))
    select (select count(*)::int from scope) as expected,
      (select coalesce(array_agg(id), '{}') from (
        select id from scope where id > ${input.after ?? smallestId}::uuid order by id limit ${input.limit}) page) as ids`.execute(
    tx,
  );
  const { ids, expected } = rows[0] ?? { ids: [], expected: 0 };
  if (expected > mostPeopleOnAPhone)
    return refused('too-large', {
      detail: `范围内有 ${expected} 人，手机最多带 ${mostPeopleOnAPhone} 人：请只选择要去的村。`,
    });
  const hasMore = ids.length === input.limit;
  return {
    kind: 'people',
    documents: await readPersonDocuments(tx, actor.countyId, ids, input.today),
    removed: [],
    cursor: input.cursor ?? `${feed.bound}:`,
    after: hasMore ? (ids.at(-1) ?? null) : null,
    expected,
    hasMore,
  };
}

/**
 * What changed after the cursor, each person once in the latest state, and who is no longer for this phone. The cursor is
 * (transaction, resident) and never passes a transaction that still runs: whatever commits late lies ahead of it.
 */
export async function pullFeed(
  tx: Transaction<Tables>,
  actor: Actor,
  input: PullInput & { readonly cursor: string },
  feed: FeedState,
): Promise<Pulled> {
  const [xid = '0', resident = ''] = input.cursor.split(':');
  const { rows } = await sql<{ xid: string; resident_id: string }>`
    select xid::text as xid, resident_id from change_feed
    where county_id = ${actor.countyId} and xid < ${feed.bound}::xid8
      and (xid, resident_id) > (${xid}::xid8, ${resident || smallestId}::uuid)
      and (${within(sql`org_path`, input.paths)} or ${within(sql`was_path`, input.paths)})
    order by change_feed.xid, resident_id limit ${input.limit}`.execute(tx);
  const touched = [...new Set(rows.map((row) => row.resident_id))];
  const visible = await idsWithin(tx, actor, touched, input.paths);
  const documents = await readPersonDocuments(
    tx,
    actor.countyId,
    touched.filter((id) => visible.has(id)),
    input.today,
  );
  const sent = new Set(documents.map((document) => document.id));
  const hasMore = rows.length === input.limit;
  const last = rows.at(-1);
  return {
    kind: 'changes',
    documents,
    removed: touched.filter((id) => !sent.has(id)),
    cursor: hasMore && last ? `${last.xid}:${last.resident_id}` : laterCursor(input.cursor, `${feed.bound}:`),
    after: null,
    expected: 0,
    hasMore,
  };
}

/** The bound stands still while an old transaction runs; the cursor never goes back. */
function laterCursor(a: string, b: string): string {
  return BigInt(a.split(':')[0] ?? 0) >= BigInt(b.split(':')[0] ?? 0) ? a : b;
}

async function idsWithin(
  tx: Transaction<Tables>,
  actor: Actor,
  ids: readonly string[],
  paths: readonly OrgPath[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from resident where county_id = ${actor.countyId} and id = any(${ids}::uuid[])
      and ${within(sql`org_path`, paths)}`.execute(tx);
  return new Set(rows.map((row) => row.id));
}
