import { sql, type Transaction } from 'kysely';
import { addMonths, plainDateOf } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { olderPeopleFrom } from '../domain/record-groups.ts';

/**
 * Writes down for these years whether the person had the year's checkup, from the current sheets: the last of the year
 * counts. Somebody who has no line of the year yet gets one when a checkup is due or done.
 */
export async function countCheckupYears(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  years: Iterable<number>,
): Promise<void> {
  for (const year of years) {
    const bornBy = addMonths(plainDateOf(year, 12, 31), -12 * olderPeopleFrom);
    await sql`
      with last as (
        select id, occurred_on from form_record
        where county_id = ${countyId} and resident_id = ${residentId}::uuid and form = 'annual-checkup'
          and occurred_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
          and superseded_by is null and status = 'complete'
        order by occurred_on desc, received_at desc, id desc limit 1),
      person as (
        select r.*, case when r.status <> 'active' then '{}'::text[] else
          (case when r.birth_date <= ${bornBy}::date then array['older-people'] else '{}'::text[] end)
          || (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e
              where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null
                and e.enrolled_on <= ${`${year}-12-31`}::date) end as belongs
        from resident r where r.county_id = ${countyId} and r.id = ${residentId}::uuid)
      insert into checkup_year (county_id, year, resident_id, org_path, name, groups, is_due, done_on, record_id)
      select p.county_id, ${year}, p.id, p.org_path, p.name, p.belongs, cardinality(p.belongs) > 0, l.occurred_on, l.id
      from person p left join last l on true
      where l.id is not null or cardinality(p.belongs) > 0
        or exists (select 1 from checkup_year c where c.county_id = p.county_id and c.year = ${year} and c.resident_id = p.id)
      on conflict (county_id, year, resident_id) do update
        set done_on = excluded.done_on, record_id = excluded.record_id`.execute(tx);
  }
}
