import { sql, type Transaction } from 'kysely';
import { loadPatientRecords } from '#capabilities/assessment/server/public.ts';
import type { Program } from '#capabilities/residents/contract.ts';
import { readPlacesBelow } from '#capabilities/residents/server/public.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { dueByTest } from '../domain/due-by-test.ts';
import type { DueTest } from '../due-examinations-contract.ts';
import { findPlace } from './find-place.ts';

interface PlaceRow {
  readonly path: string;
  readonly people: number | null;
  readonly due: Readonly<Record<string, number>> | null;
  readonly judged_at: Date | null;
}

/** How many managed people wait for each test, at a place and at each place directly below it, as last looked at. */
export async function readDueCounts(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { organizationId?: string | undefined },
) {
  const place = await findPlace(tx, actor, input.organizationId);
  if (!place) return refused('not-found') satisfies Refused;
  const { from, to } = subtreeRange(place.path);
  const { rows } = await sql<PlaceRow>`
    select o.path, c.people, c.due, c.judged_at from organization o
    left join examination_count c on c.county_id = o.county_id and c.org_path = o.path
    where o.county_id = ${actor.countyId} and o.kind in ('village-clinic', 'township-centre')
      and o.path >= ${from} and o.path < ${to}`.execute(tx);
  const below = await readPlacesBelow(tx, { countyId: actor.countyId, id: place.id });
  const looked = rows.flatMap((row) => row.judged_at ?? []).toSorted((a, b) => a.getTime() - b.getTime());
  return {
    judgedAt: looked[0]?.toISOString() ?? null,
    place: { id: place.id, name: place.name, parentId: place.parentId },
    counts: sumOf(rows, place.path),
    children: below.map((child) => ({ id: child.id, name: child.name, counts: sumOf(rows, child.path) })),
  };
}

function sumOf(rows: readonly PlaceRow[], path: string) {
  const sum = { people: 0, due: {} as Record<string, number>, waiting: 0 };
  for (const row of rows) {
    if (!row.path.startsWith(path)) continue;
    if (row.due === null) sum.waiting += 1;
    sum.people += row.people ?? 0;
    for (const [test, count] of Object.entries(row.due ?? {})) sum.due[test] = (sum.due[test] ?? 0) + count;
  }
  return sum;
}

interface PersonRow {
  readonly resident_id: string;
  readonly org_path: string;
  readonly due_on: PlainDate;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly organization_name: string;
  readonly programs: Program[];
}

/** Who waits for a test, village after village, the longest waiting first; what each still lacks is judged now. */
export async function readDuePeople(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    organizationId?: string | undefined;
    test: DueTest;
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
  },
) {
  const place = await findPlace(tx, actor, input.organizationId);
  if (!place) return refused('not-found') satisfies Refused;
  const { from, to } = subtreeRange(place.path);
  const after = decodeCursor(input.cursor, 3);
  const { rows } = await sql<PersonRow>`
    select x.resident_id, x.org_path, x.due_on, r.name, r.sex, r.birth_date, o.name as organization_name,
      (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e where e.county_id = r.county_id
        and e.resident_id = r.id and e.closed_on is null) as programs
    from (select d.resident_id, d.org_path, d.due_on from examination_due d
      join resident r on r.county_id = d.county_id and r.id = d.resident_id and r.status = 'active'
      where d.county_id = ${actor.countyId} and d.test = ${input.test} and d.org_path >= ${from} and d.org_path < ${to}
      ${after ? sql`and (d.org_path, d.due_on, d.resident_id) > (${after[0]} collate "C", ${after[1]}::date, ${after[2]}::uuid)` : sql``}
      order by d.org_path, d.due_on, d.resident_id limit ${input.limit + 1}) x
    join resident r on r.county_id = ${actor.countyId} and r.id = x.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    order by x.org_path, x.due_on, x.resident_id`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const records = await loadPatientRecords(tx, {
    countyId: actor.countyId,
    residentIds: page.map((row) => row.resident_id),
    today: input.today,
  });
  return {
    items: page.map((row) => {
      const record = records.get(row.resident_id);
      const due = record ? dueByTest(record, input.today) : [];
      return {
        residentId: row.resident_id,
        name: row.name,
        sex: row.sex,
        ageYears: ageInYears(row.birth_date, input.today),
        organizationName: row.organization_name,
        programs: row.programs,
        isDone: input.test === 'any' ? due.length === 0 : !due.some((one) => one.test === input.test),
        due: due.map(({ test, dueOn, label, reason }) => ({ test, dueOn, label, reason })),
      };
    }),
    nextCursor:
      rows.length > input.limit && last ? encodeCursor([last.org_path, last.due_on, last.resident_id]) : null,
  };
}
