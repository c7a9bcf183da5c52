import { sql, type Transaction } from 'kysely';
import { type OrgPath, orgPath, subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import {
  addSigning,
  noSigning,
  type SigningCounts,
  type SigningFigure,
  signingFigures,
} from '../domain/signing-figures.ts';
import { bringDeliveriesUpToDate } from './bring-deliveries-up-to-date.ts';
import { figureConditions, signingSource } from './signing-conditions.ts';

/**
 * Counts anew the villages where something changed since they were counted, and on a new day all of them. One count at a
 * time: a mark is removed only together with a count that has seen what it stands for.
 */
export async function bringSigningCountsUpToDate(
  database: Database,
  input: { countyId: string; today: PlainDate; now: Date },
): Promise<void> {
  const scope = { countyId: input.countyId, path: orgPath(`/${input.countyId}/`) };
  await bringDeliveriesUpToDate(database, scope, input.today);
  await withScope(database, scope, async (tx) => {
    if (!(await isAnythingToCount(tx, input))) return;
    await sql`select pg_advisory_xact_lock(hashtextextended(${`signing ${input.countyId}`}, 0))`.execute(tx);
    const marks = await sql<{ id: string; org_path: string }>`
      select id, org_path from signing_change where county_id = ${input.countyId}`.execute(tx);
    const villages = await sql<{ path: string }>`
      select o.path from organization o
      left join signing_count n on n.county_id = o.county_id and n.org_path = o.path and n.as_of = ${input.today}::date
      where o.county_id = ${input.countyId} and n.org_path is null`.execute(tx);
    const paths = new Set([
      ...villages.rows.map((row) => row.path),
      ...marks.rows.map((row) => row.org_path),
    ]);
    await countVillages(tx, input, [...paths]);
    await sql`delete from signing_change where county_id = ${input.countyId}
      and id = any(${marks.rows.map((row) => row.id)}::bigint[])`.execute(tx);
  });
}

async function isAnythingToCount(
  tx: Transaction<Tables>,
  input: { countyId: string; today: PlainDate },
): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`
    select exists (select 1 from signing_change where county_id = ${input.countyId})
      or exists (select 1 from organization o where o.county_id = ${input.countyId} and not exists (
        select 1 from signing_count n where n.county_id = o.county_id and n.org_path = o.path
          and n.as_of = ${input.today}::date)) as yes`.execute(tx);
  return rows[0]?.yes ?? false;
}

async function countVillages(
  tx: Transaction<Tables>,
  input: { countyId: string; today: PlainDate; now: Date },
  paths: readonly string[],
): Promise<void> {
  const figures = signingFigures.map((figure) => {
    const condition = figureConditions(figure, input.today);
    return sql`${figure}::text, jsonb_build_object('of', count(*) filter (where ${condition.of}),
      'in', count(*) filter (where ${condition.of} and ${condition.in}))`;
  });
  await sql`
    insert into signing_count (county_id, org_path, as_of, figures, packages, counted_at)
    select ${input.countyId}, p.path, ${input.today}::date, f.figures, k.packages, ${input.now}
    from unnest(${paths}::text[]) as p (path) cross join lateral (
      select jsonb_build_object(${sql.join(figures)}) as figures from ${signingSource(input.today)}
      where r.county_id = ${input.countyId} and r.org_path = p.path collate "C" and r.status = 'active') f
    cross join lateral (
      select coalesce(jsonb_object_agg(x.id, x.n), '{}') as packages from (
        select u.id, count(*) as n from contract c, unnest(c.package_ids) as u (id)
        where c.county_id = ${input.countyId} and c.org_path = p.path collate "C" and c.ended_on is null
        group by u.id) x) k
    on conflict (county_id, org_path) do update
      set as_of = excluded.as_of, figures = excluded.figures, packages = excluded.packages, counted_at = excluded.counted_at`.execute(
    tx,
  );
}

/** How many standing contracts of a subtree promise each package. */
export async function readPackageCounts(
  tx: Transaction<Tables>,
  countyId: string,
  path: OrgPath,
): Promise<Map<string, number>> {
  const { from, to } = subtreeRange(path);
  const { rows } = await sql<{ id: string; n: number }>`
    select e.key as id, sum(e.value::int)::int as n from signing_count s, jsonb_each_text(s.packages) e
    where s.county_id = ${countyId} and s.org_path >= ${from} and s.org_path < ${to} group by e.key`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row.n]));
}

/** The figures of places: the sum of the villages in each subtree. */
export async function readSigningCounts(
  tx: Transaction<Tables>,
  countyId: string,
  paths: readonly string[],
): Promise<SigningCounts[]> {
  const ranges = paths.map((path) => subtreeRange(orgPath(path)));
  const low = ranges.map((range) => range.from).reduce((a, b) => (a < b ? a : b));
  const high = ranges.map((range) => range.to).reduce((a, b) => (a > b ? a : b));
  const { rows } = await sql<{
    org_path: string;
    figures: Record<SigningFigure, { in: number; of: number }>;
  }>`
    select org_path, figures from signing_count
    where county_id = ${countyId} and org_path >= ${low} and org_path < ${high}`.execute(tx);
  return ranges.map(({ from, to }) =>
    rows
      .filter((row) => row.org_path >= from && row.org_path < to)
      .reduce<SigningCounts>((sum, row) => addSigning(sum, row.figures), noSigning),
  );
}
