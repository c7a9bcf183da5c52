import { sql, type Transaction } from 'kysely';
import { type SummaryRow, summariseResident } from '#capabilities/residents/server/public.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { orgPath, subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { DuplicatePair } from '../merge-contract.ts';

/** The longest common path of two places, as text of the tree. */
const commonPath = (a: ReturnType<typeof sql>, b: ReturnType<typeof sql>) => sql`(
  select coalesce(max(left(${a}, i)), '/') from generate_series(1, least(length(${a}), length(${b}))) i
  where left(${a}, i) = left(${b}, i) and right(left(${a}, i), 1) = '/')`;

/**
 * Looks through a subtree for records that may be one person: one identity number written in two ways, the same name and
 * birthday, the same name and telephone. What was judged to be two people stays so.
 */
export async function scanDuplicates(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { scopePath: string; now: Date },
): Promise<{ found: number }> {
  const { from, to } = subtreeRange(orgPath(input.scopePath));
  const { rows } = await sql<{ n: number }>`
    with people as materialized (
      select id, org_path, name, birth_date, sex, phone_index as phone, identity_index as identity
      from resident where county_id = ${actor.countyId} and status <> 'closed' and org_path >= ${from} and org_path < ${to}),
    hits as (
      select a.id as a, b.id as b, a.org_path as pa, b.org_path as pb, 'same-identity' as reason, 60 as score
      from people a join people b on a.identity = b.identity and a.id < b.id
      union all
      select a.id, b.id, a.org_path, b.org_path, 'same-name-birth', case when a.sex = b.sex then 40 else 20 end
      from people a join people b on a.name = b.name and a.birth_date = b.birth_date and a.id < b.id
      union all
      select a.id, b.id, a.org_path, b.org_path, 'same-name-phone', 30
      from people a join people b on a.name = b.name and a.phone = b.phone and a.id < b.id),
    pairs as (
      select a, b, min(pa) as pa, min(pb) as pb, array_agg(distinct reason) as reasons, least(100, sum(score))::int as score
      from hits group by a, b),
    kept as (
      insert into duplicate_pair (county_id, first_id, second_id, org_path, reasons, score, found_at)
      select ${actor.countyId}, a, b, ${commonPath(sql`pa`, sql`pb`)}, reasons, score, ${input.now} from pairs
      on conflict (county_id, first_id, second_id) do update set reasons = excluded.reasons, score = excluded.score,
        org_path = excluded.org_path
      returning dismissed_at)
    select (count(*) filter (where dismissed_at is null))::int as n from kept`.execute(tx);
  const found = rows[0]?.n ?? 0;
  await recordAudit(tx, actor, { action: 'duplicates.find', detail: { found }, now: input.now });
  return { found };
}

interface PairRow {
  readonly first_id: string;
  readonly second_id: string;
  readonly reasons: string[];
  readonly score: number;
}

/** Records as lists show them, by id. */
export async function readSummaries(
  tx: Transaction<Tables>,
  countyId: string,
  ids: readonly string[],
  today: PlainDate,
) {
  const { rows } = await sql<SummaryRow>`
    select r.id, r.name, r.sex, r.birth_date, r.id_no, r.phone, r.archive_no, r.organization_id, r.status,
      o.name as organization_name,
      (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e where e.county_id = r.county_id
        and e.resident_id = r.id and e.closed_on is null) as programs
    from resident r join organization o on o.county_id = r.county_id and o.id = r.organization_id
    where r.county_id = ${countyId} and r.id = any(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, summariseResident(row, today)]));
}

/** One page of pairs still to be looked at, the most likely first. Pairs of which one is closed by now are left out. */
export async function readDuplicates(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number; today: PlainDate },
): Promise<{ items: DuplicatePair[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 3);
  const { rows } = await sql<PairRow>`
    select d.first_id, d.second_id, d.reasons, d.score from duplicate_pair d
    where d.county_id = ${actor.countyId} and d.dismissed_at is null
      and not exists (select 1 from resident r where r.county_id = d.county_id
        and r.id in (d.first_id, d.second_id) and r.status = 'closed')
      ${
        after
          ? sql`and (d.score < ${Number(after[0])} or (d.score = ${Number(after[0])}
              and (d.first_id, d.second_id) > (${after[1]}::uuid, ${after[2]}::uuid)))`
          : sql``
      }
    order by d.score desc, d.first_id, d.second_id limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const people = await readSummaries(
    tx,
    actor.countyId,
    page.flatMap((row) => [row.first_id, row.second_id]),
    input.today,
  );
  const last = page.at(-1);
  return {
    items: page.flatMap((row) => {
      const [first, second] = [people.get(row.first_id), people.get(row.second_id)];
      return first && second ? [{ first, second, reasons: row.reasons, score: row.score }] : [];
    }),
    nextCursor:
      rows.length > input.limit && last
        ? encodeCursor([String(last.score), last.first_id, last.second_id])
        : null,
  };
}

/** Judges a pair to be two people, with the reason. */
export async function dismissPair(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { firstId: string; secondId: string; reason: string; now: Date },
): Promise<{ firstId: string } | Refused> {
  if (input.reason.trim() === '')
    return refused('invalid-input', {
      issues: [{ path: 'reason', code: 'missing', message: '请写明理由。' }],
    });
  const done = await tx
    .updateTable('duplicate_pair')
    .set({ dismissed_at: input.now, dismissed_by: actor.staffId, dismiss_reason: input.reason.trim() })
    .where('county_id', '=', actor.countyId)
    .where('first_id', '=', input.firstId)
    .where('second_id', '=', input.secondId)
    .where('dismissed_at', 'is', null)
    .returning('first_id')
    .executeTakeFirst();
  if (!done) return refused('not-found');
  await recordAudit(tx, actor, {
    action: 'duplicates.dismiss',
    residentId: input.firstId,
    subject: input.secondId,
    now: input.now,
  });
  return { firstId: input.firstId };
}
