import { sql, type Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';

/**
 * Writes down for these years whether the person had the year's checkup, from the current sheets: the last of the year
 * counts. Somebody not on the year's list gets a line that is done and not due.
 */
export async function countCheckupYears(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  years: Iterable<number>,
): Promise<void> {
  for (const year of years) {
    await sql`
      with last as (
        select id, occurred_on from form_record
        where county_id = ${countyId} and resident_id = ${residentId}::uuid and form = 'annual-checkup'
          and occurred_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
          and superseded_by is null and status = 'complete'
        order by occurred_on desc, received_at desc, id desc limit 1)
      insert into checkup_year (county_id, year, resident_id, org_path, name, groups, is_due, done_on, record_id)
      select r.county_id, ${year}, r.id, r.org_path, r.name, '{}', false, l.occurred_on, l.id
      from resident r left join last l on true
      where r.county_id = ${countyId} and r.id = ${residentId}::uuid
      on conflict (county_id, year, resident_id) do update
        set done_on = excluded.done_on, record_id = excluded.record_id`.execute(tx);
  }
}
