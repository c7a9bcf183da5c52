import { sql, type Transaction } from 'kysely';
import { type OrgPath, orgPath, subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Figures } from '../contract.ts';

/** An organization of the tree and the figures of its subtree. */
export interface OrganizationFigures {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly figures: Figures;
}

/**
 * Counts the figures of an organization (`self`) or of each organization directly below it that keeps records.
 * Every figure is a count of stored judgements and open tasks; no limit of medicine appears here. The subtrees go in as
 * plain ranges of text: an expression over a column would not be leak-proof and could not use the index.
 */
export async function readFigures(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    organizationId: string;
    level: 'self' | 'children';
    program: string;
    year: number;
    today: PlainDate;
  },
): Promise<OrganizationFigures[]> {
  let query = tx
    .selectFrom('organization')
    .select(['id', 'name', 'kind', 'scope_path'])
    .where('county_id', '=', input.countyId);
  query =
    input.level === 'self'
      ? query.where('id', '=', input.organizationId)
      : query
          .where('parent_id', '=', input.organizationId)
          .where('kind', 'in', ['township-centre', 'village-clinic'] as const);
  const places = await query.orderBy('position').orderBy('path').execute();
  const counts = await countSubtrees(
    tx,
    input,
    places.map((place) => orgPath(place.scope_path)),
  );
  return places.map(({ id, name, kind }, index) => ({ id, name, kind, figures: counts[index] ?? nothing }));
}

const nothing: Figures = {
  managed: 0,
  standard: 0,
  controlledStatutory: 0,
  controlledClinical: 0,
  due: 0,
  overdue: 0,
};

async function countSubtrees(
  tx: Transaction<Tables>,
  input: { countyId: string; program: string; year: number; today: PlainDate },
  paths: readonly OrgPath[],
): Promise<Figures[]> {
  if (paths.length === 0) return [];
  const ranges = paths.map(subtreeRange);
  const places = sql`unnest(${ranges.map((r) => r.from)}::text[], ${ranges.map((r) => r.to)}::text[])
    with ordinality as p (low, high, place)`;
  const years = await sql<Figures & { place: number }>`
    select p.place, count(*) filter (where m.managed)::int as managed,
      count(*) filter (where m.managed and m.standard)::int as standard,
      count(*) filter (where m.managed and m.controlled_statutory)::int as "controlledStatutory",
      count(*) filter (where m.managed and m.controlled_clinical)::int as "controlledClinical"
    from ${places} cross join lateral (
      select m.managed, m.standard, m.controlled_statutory, m.controlled_clinical from management_year m
      where m.county_id = ${input.countyId} and m.program = ${input.program} and m.year = ${input.year}
        and m.org_path >= p.low collate "C" and m.org_path < p.high collate "C" offset 0) m
    group by p.place`.execute(tx);
  const tasks = await sql<{ place: number; due: number; overdue: number }>`
    select p.place,
      count(*) filter (where t.due_on <= ${input.today}::date and t.latest_on >= ${input.today}::date)::int as due,
      count(*) filter (where t.latest_on < ${input.today}::date)::int as overdue
    from ${places} cross join lateral (
      select t.due_on, t.latest_on from follow_up_task t
      where t.county_id = ${input.countyId} and t.program = ${input.program} and t.closed_at is null
        and t.org_path >= p.low collate "C" and t.org_path < p.high collate "C" offset 0) t
    group by p.place`.execute(tx);
  return paths.map((_, index) => {
    const { place: _year, ...year } = years.rows.find((row) => row.place === index + 1) ?? {
      ...nothing,
      place: 0,
    };
    const { place: _task, ...task } = tasks.rows.find((row) => row.place === index + 1) ?? {
      due: 0,
      overdue: 0,
      place: 0,
    };
    return { ...nothing, ...year, ...task };
  });
}

/** Organizations from the top of `scope` down to `path`, for the trail above a page. */
export async function readTrail(
  tx: Transaction<Tables>,
  input: { countyId: string; path: OrgPath; scope: OrgPath },
): Promise<{ id: string; name: string }[]> {
  const result = await sql<{ id: string; name: string }>`
    select o.id, o.name from organization o
    where o.county_id = ${input.countyId} and starts_with(${input.path}, o.path) and o.path >= ${input.scope}
      and o.path < ${subtreeRange(input.scope).to}
    order by length(o.path)`.execute(tx);
  return result.rows;
}
