import { sql, type Transaction } from 'kysely';
import type { CourseSource } from '#capabilities/enrollment/domain/condition-course.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { oldestReading, type RecordFacts } from '../domain/find-from-register.ts';

interface Row {
  readonly id: string;
  readonly birth_date: PlainDate;
  readonly sex: string;
  readonly family: string[];
  readonly managed: string[];
  readonly courses: RecordFacts['courses'] | null;
  readonly sbp: number | null;
  readonly dbp: number | null;
  readonly pressure_on: PlainDate | null;
  readonly pressure_from: CourseSource | null;
  readonly fpg: number | null;
  readonly glucose_on: PlainDate | null;
  readonly glucose_from: CourseSource | null;
  readonly bmi: number | null;
}

/** The work a reading was taken in, by its sheet and by how it was measured. */
const source = sql`case when m.context = 'self-test' then 'self-test' when f.form = 'annual-checkup' then 'checkup'
  when f.form like '%-follow-up' then 'follow-up' when f.form = 'first-visit-blood-pressure' then 'first-visit'
  else 'clinic' end`;
/** The newest reading of a kind that still speaks and was not corrected away. */
const newest = (kind: string, since: PlainDate, today: PlainDate) => sql`
  from measurement m
  join form_record f on f.county_id = m.county_id and f.id = m.record_id and f.superseded_by is null
  where m.county_id = r.county_id and m.resident_id = r.id and m.kind = ${kind}
    and m.occurred_on between ${since}::date and ${today}::date order by m.occurred_on desc, m.record_id desc limit 1`;

/** What the records of these places hold of people with a recent pressure or glucose, in one read. */
export async function readRecordFacts(
  tx: Transaction<Tables>,
  countyId: string,
  places: readonly string[],
  today: PlainDate,
): Promise<(RecordFacts & { readonly residentId: string })[]> {
  const since = oldestReading(today);
  const none = sql`'[]'::jsonb`;
  const { rows } = await sql<Row>`
    select r.id, r.birth_date, r.sex, p.*, g.*, b.bmi,
      coalesce(r.personal_information->'familyFather', ${none}) || coalesce(r.personal_information->'familyMother', ${none})
        || coalesce(r.personal_information->'familySiblings', ${none})
        || coalesce(r.personal_information->'familyChildren', ${none}) as family,
      (select coalesce(array_agg(e.program), '{}') from enrollment e where e.county_id = r.county_id
        and e.resident_id = r.id and e.closed_on is null) as managed,
      (select jsonb_object_agg(c.condition, jsonb_build_object('state', c.state, 'since', c.since)) from (
        select distinct on (condition) condition, state, since from condition_episode
        where county_id = r.county_id and resident_id = r.id order by condition, updated_at desc) c) as courses
    from resident r
    left join lateral (select m.value::int as sbp,
        (select d.value::int from measurement d where d.county_id = m.county_id and d.record_id = m.record_id
          and d.kind = 'dbp') as dbp, m.occurred_on as pressure_on, ${source} as pressure_from
      ${newest('sbp', since, today)}) p on true
    left join lateral (select m.value::float8 as fpg, m.occurred_on as glucose_on, ${source} as glucose_from
      ${newest('fasting-glucose', since, today)}) g on true
    left join lateral (select m.value::float8 as bmi ${newest('bmi', since, today)}) b on true
    where r.county_id = ${countyId} and r.org_path = any(${[...places]}::text[]) and r.status = 'active'
      and (p.sbp is not null or g.fpg is not null) order by r.id`.execute(tx);
  return rows.map((row) => ({
    residentId: row.id,
    birthDate: row.birth_date,
    sex: row.sex,
    family: row.family.map(String),
    managed: row.managed,
    courses: row.courses ?? {},
    pressure:
      row.sbp !== null && row.dbp !== null && row.pressure_on && row.pressure_from
        ? { sbp: row.sbp, dbp: row.dbp, on: row.pressure_on, source: row.pressure_from }
        : undefined,
    glucose:
      row.fpg !== null && row.glucose_on && row.glucose_from
        ? { fpg: row.fpg, on: row.glucose_on, source: row.glucose_from }
        : undefined,
    bmi: row.bmi ?? undefined,
  }));
}
