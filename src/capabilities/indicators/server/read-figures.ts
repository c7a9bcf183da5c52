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

/** Kinds of organizations that keep residents' records, themselves or below them. */
const keepers: readonly string[] = ['township-centre', 'village-clinic'];

/**
 * Counts the figures of an organization and of each organization directly below it that keeps records. The whole is the
 * sum of its parts and of what it keeps itself, so every stored judgement and open task is counted once; no limit of
 * medicine appears here. The subtrees go in as plain ranges of text: an expression over a column would not be leak-proof
 * and could not use the index.
 */
export async function readFigures(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    organizationId: string;
    path: OrgPath;
    program: string;
    year: number;
    today: PlainDate;
  },
): Promise<{ figures: Figures; children: OrganizationFigures[] }> {
  const below = await tx
    .selectFrom('organization')
    .select(['id', 'name', 'kind', 'path'])
    .where('county_id', '=', input.countyId)
    .where('parent_id', '=', input.organizationId)
    .orderBy('position')
    .orderBy('path')
    .execute();
  const itself = { from: input.path, to: `${input.path}\u0001` };
  const counts = await countRanges(tx, input, [
    itself,
    ...below.map((place) => subtreeRange(orgPath(place.path))),
  ]);
  const figures = counts.reduce((sum, part) => addFigures(sum, part), nothing);
  const children = below.map(({ id, name, kind }, index) => ({
    id,
    name,
    kind,
    figures: counts[index + 1] ?? nothing,
  }));
  return { figures, children: children.filter((child) => keepers.includes(child.kind)) };
}

function addFigures(a: Figures, b: Figures): Figures {
  return {
    managed: a.managed + b.managed,
    standard: a.standard + b.standard,
    controlledStatutory: a.controlledStatutory + b.controlledStatutory,
    controlledClinical: a.controlledClinical + b.controlledClinical,
    due: a.due + b.due,
    overdue: a.overdue + b.overdue,
  };
}

const nothing: Figures = {
  managed: 0,
  standard: 0,
  controlledStatutory: 0,
  controlledClinical: 0,
  due: 0,
  overdue: 0,
};

async function countRanges(
  tx: Transaction<Tables>,
  input: { countyId: string; program: string; year: number; today: PlainDate },
  ranges: readonly { from: string; to: string }[],
): Promise<Figures[]> {
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
        and t.due_on <= ${input.today}::date
        and t.org_path >= p.low collate "C" and t.org_path < p.high collate "C" offset 0) t
    group by p.place`.execute(tx);
  return ranges.map((_, index) => {
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
