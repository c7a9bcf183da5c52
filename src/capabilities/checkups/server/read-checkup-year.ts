import { sql, type Transaction } from 'kysely';
import type { ResidentSummary } from '#capabilities/residents/contract.ts';
import {
  readPlacesBelow,
  type SummaryRow,
  summariseResident,
} from '#capabilities/residents/server/public.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { isWithin, orgPath, subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

interface Place {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly scopePath: string;
}

/** The organization a list is asked for, or the actor's own place; undefined outside the actor's subtree. */
export async function findPlace(
  tx: Transaction<Tables>,
  actor: Actor,
  organizationId: string | undefined,
): Promise<Place | undefined> {
  const base = tx
    .selectFrom('organization')
    .select(['id', 'name', 'parent_id', 'scope_path'])
    .where('county_id', '=', actor.countyId);
  const row = await (organizationId === undefined
    ? base.where('path', '=', actor.scopePath)
    : base.where('id', '=', organizationId)
  ).executeTakeFirst();
  if (!row || !isWithin(orgPath(row.scope_path), actor.scopePath)) return undefined;
  return { id: row.id, name: row.name, parentId: row.parent_id, scopePath: row.scope_path };
}

/** How many are due and done in a year, at a place and at each place right below it. */
export async function readYearProgress(
  tx: Transaction<Tables>,
  countyId: string,
  place: Place,
  year: number,
) {
  const { from, to } = subtreeRange(orgPath(place.scopePath));
  const counted = await sql<{ org_path: string; due: number; done: number }>`
    select org_path, count(*)::int as due, count(done_on)::int as done from checkup_year
    where county_id = ${countyId} and year = ${year} and org_path >= ${from} and org_path < ${to} and is_due
    group by org_path`.execute(tx);
  const children = await readPlacesBelow(tx, { countyId, id: place.id });
  const sumOf = (path: string) =>
    counted.rows
      .filter((row) => row.org_path.startsWith(path))
      .reduce((sum, row) => ({ due: sum.due + row.due, done: sum.done + row.done }), { due: 0, done: 0 });
  return {
    organization: { id: place.id, name: place.name, parentId: place.parentId },
    ...sumOf(place.scopePath),
    children: children.map(({ id, name, path }) => ({ id, name, ...sumOf(path) })),
  };
}

interface LineRow extends SummaryRow {
  readonly org_path: string;
  readonly groups: string[];
  readonly done_on: PlainDate | null;
  readonly record_id: string | null;
}

/** One page of those still due, or done, in order of village and name. */
export async function readYearPeople(
  tx: Transaction<Tables>,
  input: {
    countyId: string;
    place: Place;
    year: number;
    state: 'due' | 'done';
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
  },
): Promise<{
  items: (ResidentSummary & { groups: string[]; doneOn: string | null; recordId: string | null })[];
  nextCursor: string | null;
}> {
  const { from, to } = subtreeRange(orgPath(input.place.scopePath));
  const after = decodeCursor(input.cursor, 3);
  const state = input.state === 'due' ? sql`c.done_on is null and c.is_due` : sql`c.done_on is not null`;
  const { rows } = await sql<LineRow>`
    select c.org_path, c.groups, c.done_on, c.record_id, r.id, r.name, r.sex, r.birth_date, r.id_no, r.phone,
      r.archive_no, r.organization_id, r.status, o.name as organization_name,
      array_remove(c.groups, 'older-people') as programs
    from (select org_path, name, resident_id, groups, done_on, record_id from checkup_year c
      where c.county_id = ${input.countyId} and c.year = ${input.year} and ${state}
        and c.org_path >= ${from} and c.org_path < ${to}
        ${after ? sql`and (c.org_path, c.name, c.resident_id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)` : sql``}
      order by c.org_path, c.name, c.resident_id limit ${input.limit + 1}) c
    join resident r on r.county_id = ${input.countyId} and r.id = c.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    order by c.org_path, c.name, c.resident_id`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      ...summariseResident(row, input.today),
      groups: row.groups,
      doneOn: row.done_on,
      recordId: row.record_id,
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.org_path, last.name, last.id]) : null,
  };
}
