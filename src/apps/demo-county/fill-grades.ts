import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { loadPatientRecords } from '#capabilities/assessment/server/public.ts';
import { detailOf } from '#capabilities/enrollment/domain/grade-change.ts';
import { writeGrades } from '#capabilities/enrollment/server/public.ts';
import { gradePerson } from '#clinical/assess/grade-person.ts';
import { defaultGradingScheme } from '#clinical/grading/place-tier.ts';
import { addDays } from '#kernel/plain-date.ts';
import { columnTypes } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { CountyFill } from './county-fill.ts';

/** People of each village already graded this year; the rest wait for the annual assessment. */
const gradedAVillage = 6;

/** Grades some managed people of each village by the product's own rules, as they stood two weeks ago. */
export async function fillGrades(fill: CountyFill): Promise<void> {
  const { client, countyId, ids, today } = fill;
  const { rows } = await client.query<{ id: string; org_path: string; staff_id: string }>(
    `select p.id, o.path as org_path, s.id as staff_id from organization o
     cross join lateral (select s.id from staff s where s.county_id = $1 and s.organization_id = o.parent_id
       and s.role = 'township-doctor' order by s.username limit 1) s
     cross join lateral (select distinct e.resident_id as id from enrollment e
       join resident r on r.county_id = $1 and r.id = e.resident_id and r.status = 'active'
       where e.county_id = $1 and e.org_path = o.path and e.closed_on is null order by 1 desc limit ${gradedAVillage}) p
     where o.county_id = $1 and o.kind = 'village-clinic' order by o.path, p.id`,
    [countyId],
  );
  const tx = inFill(fill);
  const records = await loadPatientRecords(tx, { countyId, residentIds: rows.map((row) => row.id), today });
  const day = addDays(today, -14);
  const scheme = defaultGradingScheme(day);
  const byStaff = new Map<string, Parameters<typeof writeGrades>[2]['grades'][number][]>();
  for (const row of rows) {
    const record = records.get(row.id);
    const grade = record && gradePerson(record, today, scheme);
    if (grade?.placed.kind !== 'decided') continue;
    const list = byStaff.get(row.staff_id) ?? [];
    list.push({
      id: ids.next(),
      residentId: row.id,
      orgPath: row.org_path,
      ...grade.placed.value,
      detail: detailOf(grade, scheme),
    });
    byStaff.set(row.staff_id, list);
  }
  const now = new Date(`${day}T09:00:00+08:00`);
  for (const [staffId, grades] of byStaff)
    await writeGrades(tx, { countyId, staffId }, { grades, batchId: null, onDay: day, today, now });
}

/** The fill's own connection as the product's functions take it, inside the fill's transaction. */
function inFill({ client }: CountyFill): Transaction<Tables> {
  const query = (text: string, values: unknown[]) => client.query({ text, values, types: columnTypes });
  const pool = {
    connect: async () => ({ query, release: () => undefined }),
    end: async () => undefined,
  };
  const dialect = new PostgresDialect({ pool: pool as never });
  return new Kysely<Tables>({ dialect }) as unknown as Transaction<Tables>;
}
