import { type RawBuilder, sql, type Transaction } from 'kysely';
import { examinationReadings } from '#clinical/assess/list-examinations.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import {
  type CentreExamination,
  type CheckupExaminations,
  examinationsDone,
} from '../domain/examinations-done.ts';

/** A person's last checkups with what they say of examinations, as JSON; `r` is the person. */
export const checkupsOf = (since: PlainDate | null): RawBuilder<CheckupExaminations[]> => sql`
  (select coalesce(json_agg(x), '[]') from (
    select f.occurred_on as "on", a.* from form_record f,
      json_to_record(f.answers) as a (ecg text, fundus text, "elderCognition" text, "elderEmotion" text, vaccinations json)
    where f.county_id = r.county_id and f.resident_id = r.id and f.form = 'annual-checkup'
      and f.superseded_by is null and f.status = 'complete' and (${since}::date is null or f.occurred_on >= ${since}::date)
    order by f.occurred_on desc limit 6) x)`;

/** The last day of each examination the centre wrote down in words, as JSON; `r` is the person. */
export const centreExaminationsOf = (since: PlainDate | null): RawBuilder<CentreExamination[]> => sql`
  (select coalesce(json_agg(x), '[]') from (
    select t->>'code' as code, max(f.occurred_on) as "on" from form_record f,
      json_array_elements(case json_typeof(f.answers->'results') when 'array' then f.answers->'results' else '[]' end) t
    where f.county_id = r.county_id and f.resident_id = r.id and f.form = 'centre-readings' and f.superseded_by is null
      and (${since}::date is null or f.occurred_on >= ${since}::date)
    group by 1) x)`;

/** When somebody was last examined, however long ago: by the calendar alone nothing of it changes. */
export interface LastExaminations {
  /** By what was looked at. */
  readonly done: Readonly<Record<string, PlainDate>>;
  /** Of tests that give a reading: the last one by its kind. */
  readonly readings: Readonly<Record<string, readonly [on: PlainDate, value: number]>>;
}

interface Row {
  readonly id: string;
  readonly checkups: CheckupExaminations[];
  readonly examined: CentreExamination[];
  readonly readings: LastExaminations['readings'];
}

/** When these people were last examined; of readings of one day the higher stands, as with the engine. */
export async function readLastExaminations(
  tx: Transaction<Tables>,
  input: { countyId: string; residentIds: readonly string[] },
): Promise<Map<string, LastExaminations>> {
  const { rows } = await sql<Row>`
    select r.id, ${checkupsOf(null)} as checkups, ${centreExaminationsOf(null)} as examined,
      (select coalesce(json_object_agg(x.kind, json_build_array(x.occurred_on, x.value::float8) order by x.kind), '{}') from (
        select distinct on (m.kind) m.kind, m.occurred_on, m.value from measurement m
        join form_record f on f.county_id = m.county_id and f.id = m.record_id and f.superseded_by is null
        where m.county_id = r.county_id and m.resident_id = r.id and m.kind = any(${[...examinationReadings]}::text[])
        order by m.kind, m.occurred_on desc, m.value desc) x) as readings
    from resident r where r.county_id = ${input.countyId} and r.id = any(${[...input.residentIds]}::uuid[])`.execute(
    tx,
  );
  return new Map(
    rows.map(({ id, checkups, examined, readings }) => [
      id,
      { done: examinationsDone(checkups, examined), readings },
    ]),
  );
}
