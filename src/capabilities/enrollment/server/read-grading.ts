import { sql, type Transaction } from 'kysely';
import { findCountedOrganization } from '#capabilities/indicators/server/public.ts';
import type { Program } from '#capabilities/residents/contract.ts';
import { readPlacesBelow } from '#capabilities/residents/server/public.ts';
import type { Colour } from '#clinical/grading/grade-management.ts';
import type { Tier } from '#clinical/grading/place-tier.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type GradeDetail, reasonsOfGrade } from '../domain/grade-change.ts';
import type { Distribution } from '../grading-contract.ts';

const nothing: Distribution = { managed: 0, green: 0, yellow: 0, red: 0, none: 0, thisYear: 0 };
const add = (a: Distribution, b: Distribution): Distribution => ({
  managed: a.managed + b.managed,
  green: a.green + b.green,
  yellow: a.yellow + b.yellow,
  red: a.red + b.red,
  none: a.none + b.none,
  thisYear: a.thisYear + b.thisYear,
});

/** Managed people by colour, for a place and each place directly below it. */
export async function readDistribution(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { organizationId?: string | undefined; today: PlainDate },
) {
  const place = await findCountedOrganization(tx, actor, input.organizationId);
  if (!place) return refused('not-found') satisfies Refused;
  const year = Number(input.today.slice(0, 4));
  const { from, to } = subtreeRange(place.path);
  const { rows } = await sql<Distribution & { org_path: string }>`
    select m.org_path, count(*)::int as managed, count(*) filter (where g.colour = 'green')::int as green,
      count(*) filter (where g.colour = 'yellow')::int as yellow, count(*) filter (where g.colour = 'red')::int as red,
      count(*) filter (where g.colour is null)::int as none, count(*) filter (where g.year = ${year})::int as "thisYear"
    from (select distinct e.org_path, e.resident_id from enrollment e where e.county_id = ${actor.countyId}
        and e.closed_on is null and e.org_path >= ${from} and e.org_path < ${to}) m
    left join current_grade g on g.county_id = ${actor.countyId} and g.org_path >= ${from} and g.org_path < ${to}
      and g.resident_id = m.resident_id
    group by m.org_path`.execute(tx);
  const below = await readPlacesBelow(tx, { countyId: actor.countyId, id: place.id });
  const sumOf = (path: string) =>
    rows.filter((row) => row.org_path.startsWith(path)).reduce((sum, row) => add(sum, row), nothing);
  const parent = await tx
    .selectFrom('organization')
    .select('parent_id')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', place.id)
    .executeTakeFirst();
  return {
    year,
    place: {
      id: place.id,
      name: place.name,
      parentId: place.path === actor.scopePath ? null : (parent?.parent_id ?? null),
    },
    counts: sumOf(place.path),
    children: below.map((child) => ({ id: child.id, name: child.name, counts: sumOf(child.path) })),
  };
}

interface PersonRow {
  readonly resident_id: string;
  readonly org_path: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly organization_name: string;
  readonly programs: Program[];
  readonly colour: Colour | null;
  readonly tier: Tier | null;
  readonly on_day: PlainDate | null;
  readonly every_days: number | null;
  readonly grades: GradeDetail | null;
}

/** Managed people of a colour, or without a grade; village after village. */
export async function readGradedPeople(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    organizationId?: string | undefined;
    which: Colour | 'none';
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
  },
) {
  const place = await findCountedOrganization(tx, actor, input.organizationId);
  if (!place) return refused('not-found') satisfies Refused;
  const { from, to } = subtreeRange(place.path);
  const after = decodeCursor(input.cursor, 2);
  const beyond = after
    ? sql`and (x.org_path, x.resident_id) > (${after[0]} collate "C", ${after[1]}::uuid)`
    : sql``;
  const source =
    input.which === 'none'
      ? sql`select distinct x.org_path, x.resident_id from enrollment x where x.county_id = ${actor.countyId}
          and x.closed_on is null and x.org_path >= ${from} and x.org_path < ${to} ${beyond}
          and not exists (select 1 from current_grade g where g.county_id = x.county_id and g.resident_id = x.resident_id)`
      : sql`select x.org_path, x.resident_id from current_grade x where x.county_id = ${actor.countyId}
          and x.colour = ${input.which} and x.org_path >= ${from} and x.org_path < ${to} ${beyond}
          and exists (select 1 from enrollment e where e.county_id = x.county_id and e.resident_id = x.resident_id
            and e.closed_on is null)`;
  const { rows } = await sql<PersonRow>`
    select p.resident_id, p.org_path, r.name, r.sex, r.birth_date, o.name as organization_name, g.colour, g.tier, g.on_day,
      g.every_days, v.grades,
      (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e where e.county_id = r.county_id
        and e.resident_id = r.id and e.closed_on is null) as programs
    from (${source} order by x.org_path, x.resident_id limit ${input.limit + 1}) p
    join resident r on r.county_id = ${actor.countyId} and r.id = p.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    left join current_grade g on g.county_id = r.county_id and g.resident_id = r.id
    left join grade_event v on v.county_id = g.county_id and v.id = g.grade_id
    order by p.org_path, p.resident_id`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      residentId: row.resident_id,
      name: row.name,
      sex: row.sex,
      ageYears: ageInYears(row.birth_date, input.today),
      organizationName: row.organization_name,
      programs: row.programs,
      colour: row.colour,
      tier: row.tier,
      onDay: row.on_day,
      everyDays: row.every_days,
      reasons: row.grades ? reasonsOfGrade(row.grades) : [],
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.org_path, last.resident_id]) : null,
  };
}
