import { sql, type Transaction } from 'kysely';
import { loadPatientRecords } from '#capabilities/assessment/server/public.ts';
import { orgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { dueByTest } from '../domain/due-by-test.ts';

/** Records drawn at once. */
const peopleAtOnce = 100;

interface Look {
  readonly countyId: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * Looks at the managed people of the places that were not looked at today, a place in a transaction, until so many people were
 * looked at; says how many that were. The list of a place and its count are written together.
 */
export async function judgeNextExaminations(
  database: Database,
  { people, ...look }: Look & { people: number },
): Promise<number> {
  const county = { countyId: look.countyId, path: orgPath(`/${look.countyId}/`) };
  const waiting = await withScope(database, county, (tx) => placesToLookAt(tx, look));
  let looked = 0;
  for (const path of waiting) {
    if (looked >= people) break;
    looked += await withScope(database, county, (tx) => judgePlace(tx, look, path));
  }
  return looked;
}

/** Places that keep records and were not looked at today, those never looked at first. */
async function placesToLookAt(tx: Transaction<Tables>, look: Look): Promise<string[]> {
  const { rows } = await sql<{ path: string }>`
    select o.path from organization o
    left join examination_count c on c.county_id = o.county_id and c.org_path = o.path
    where o.county_id = ${look.countyId} and o.kind in ('village-clinic', 'township-centre')
      and (c.judged_on is null or c.judged_on <> ${look.today}::date)
    order by c.judged_on nulls first, o.path`.execute(tx);
  return rows.map((row) => row.path);
}

async function judgePlace(tx: Transaction<Tables>, look: Look, path: string): Promise<number> {
  const { countyId, today, now } = look;
  // Two servers look at a place one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`due-examinations:${countyId}:${path}`}, 0))`.execute(
    tx,
  );
  const people = await managedPeople(tx, countyId, path);
  const rows: { resident_id: string; test: string; due_on: PlainDate }[] = [];
  for (let at = 0; at < people.length; at += peopleAtOnce) {
    const residentIds = people.slice(at, at + peopleAtOnce);
    for (const [residentId, record] of await loadPatientRecords(tx, { countyId, residentIds, today })) {
      const due = dueByTest(record, today);
      for (const { test, dueOn } of due) rows.push({ resident_id: residentId, test, due_on: dueOn });
      const [first] = due.map((one) => one.dueOn).toSorted();
      if (first) rows.push({ resident_id: residentId, test: 'any', due_on: first });
    }
  }
  await sql`delete from examination_due where county_id = ${countyId} and org_path = ${path}`.execute(tx);
  await sql`
    insert into examination_due (county_id, resident_id, test, org_path, due_on)
    select ${countyId}, x.resident_id, x.test, ${path}, x.due_on
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (resident_id uuid, test text, due_on date)
    on conflict (county_id, resident_id, test) do update set org_path = excluded.org_path, due_on = excluded.due_on`.execute(
    tx,
  );
  const due: Record<string, number> = {};
  for (const { test } of rows) due[test] = (due[test] ?? 0) + 1;
  await sql`
    insert into examination_count (county_id, org_path, judged_on, judged_at, people, due)
    values (${countyId}, ${path}, ${today}::date, ${now}, ${people.length}, ${JSON.stringify(due)}::jsonb)
    on conflict (county_id, org_path) do update set judged_on = excluded.judged_on, judged_at = excluded.judged_at,
      people = excluded.people, due = excluded.due`.execute(tx);
  return people.length;
}

/** Who is managed at a place for any disease. */
async function managedPeople(tx: Transaction<Tables>, countyId: string, path: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct e.resident_id as id from enrollment e
    join resident r on r.county_id = e.county_id and r.id = e.resident_id and r.status = 'active'
    where e.county_id = ${countyId} and e.org_path = ${path} and e.closed_on is null order by 1`.execute(tx);
  return rows.map((row) => row.id);
}
