import { sql, type Transaction } from 'kysely';
import { olderPeopleFrom } from '#capabilities/records/domain/record-groups.ts';
import { orgPath } from '#kernel/org-path.ts';
import { addMonths, datePartsOf, type PlainDate, plainDateOf } from '#kernel/plain-date.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';

const batchSize = 5000;
const brought = new WeakMap<Database, Map<string, Promise<void>>>();

/**
 * Puts everybody on the year's list who belongs there and is not on it yet: who turns 65 by the end of the year and who
 * is managed for a disease. Once a day for the county; the first reader of a day waits for it. Leaving the list is done
 * by whoever closes a record.
 */
export function bringCheckupYear(
  database: Database,
  input: { countyId: string; year: number; today: PlainDate },
): Promise<void> {
  if (input.year > datePartsOf(input.today).year) return Promise.resolve();
  const days = brought.get(database) ?? new Map<string, Promise<void>>();
  brought.set(database, days);
  const key = `${input.countyId} ${input.year} ${input.today}`;
  let work = days.get(key);
  if (!work) {
    if (days.size > 50) days.clear();
    work = fill(database, input).catch((error: unknown) => {
      days.delete(key);
      throw error;
    });
    days.set(key, work);
  }
  return work;
}

async function fill(database: Database, input: { countyId: string; year: number }): Promise<void> {
  const path = orgPath(`/${input.countyId}/`);
  for (;;) {
    const added = await withScope(database, { countyId: input.countyId, path }, (tx) => fillBatch(tx, input));
    if (added < batchSize) return;
  }
}

async function fillBatch(tx: Transaction<Tables>, { countyId, year }: { countyId: string; year: number }) {
  const bornBy = addMonths(plainDateOf(year, 12, 31), -12 * olderPeopleFrom);
  const { rows } = await sql<{ n: number }>`
    with wanted as (
      select r.id, r.org_path, r.name, r.birth_date from resident r
      where r.county_id = ${countyId} and r.status = 'active'
        and (r.birth_date <= ${bornBy}::date or r.id in (select e.resident_id from enrollment e
          where e.county_id = ${countyId} and e.closed_on is null and e.enrolled_on <= ${`${year}-12-31`}::date))
        and not exists (select 1 from checkup_year c where c.county_id = r.county_id and c.year = ${year}
          and c.resident_id = r.id and c.is_due)
      limit ${batchSize}),
    added as (
      insert into checkup_year (county_id, year, resident_id, org_path, name, groups, is_due, done_on, record_id)
      select ${countyId}, ${year}, w.id, w.org_path, w.name,
        (case when w.birth_date <= ${bornBy}::date then array['older-people'] else '{}'::text[] end) || coalesce(p.programs, '{}'),
        true, f.occurred_on, f.id
      from wanted w
      left join lateral (select array_agg(e.program order by e.program) as programs from enrollment e
        where e.county_id = ${countyId} and e.resident_id = w.id and e.closed_on is null) p on true
      left join lateral (select f.id, f.occurred_on from form_record f
        where f.county_id = ${countyId} and f.resident_id = w.id and f.form = 'annual-checkup'
          and f.occurred_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
          and f.superseded_by is null and f.status = 'complete'
        order by f.occurred_on desc, f.received_at desc, f.id desc limit 1) f on true
      on conflict (county_id, year, resident_id) do update set groups = excluded.groups, is_due = true
      returning 1)
    select count(*)::int as n from added`.execute(tx);
  return rows[0]?.n ?? 0;
}
