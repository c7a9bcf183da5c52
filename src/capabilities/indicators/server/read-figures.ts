import { sql, type Transaction } from 'kysely';
import { type OrgPath, subtreeRange } from '#kernel/org-path.ts';
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

interface FigureRow extends Figures {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/**
 * Counts the figures of an organization (`self`) or of each organization directly below it that keeps records.
 * Every figure is a count of stored judgements and open tasks; no limit of medicine appears here.
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
  const which =
    input.level === 'self'
      ? sql`o.id = ${input.organizationId}::uuid`
      : sql`o.parent_id = ${input.organizationId}::uuid and o.kind in ('township-centre', 'village-clinic')`;
  const result = await sql<FigureRow>`
    select o.id, o.name, o.kind, m.*, t.*
    from organization o
    cross join lateral (
      select count(*) filter (where m.managed)::int as managed,
        count(*) filter (where m.managed and m.standard)::int as standard,
        count(*) filter (where m.managed and m.controlled_statutory)::int as "controlledStatutory",
        count(*) filter (where m.managed and m.controlled_clinical)::int as "controlledClinical"
      from management_year m
      where m.county_id = o.county_id and m.program = ${input.program} and m.year = ${input.year}
        and m.org_path >= o.scope_path and m.org_path < rtrim(o.scope_path, '/') || '0'
    ) m
    cross join lateral (
      select count(*) filter (where t.due_on <= ${input.today}::date and t.latest_on >= ${input.today}::date)::int as due,
        count(*) filter (where t.latest_on < ${input.today}::date)::int as overdue
      from follow_up_task t
      where t.county_id = o.county_id and t.program = ${input.program} and t.closed_at is null
        and t.org_path >= o.scope_path and t.org_path < rtrim(o.scope_path, '/') || '0'
    ) t
    where o.county_id = ${input.countyId} and ${which}
    order by o.position, o.path`.execute(tx);
  return result.rows.map(({ id, name, kind, ...figures }) => ({ id, name, kind, figures }));
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
