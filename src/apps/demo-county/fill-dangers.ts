import { addDays } from '#kernel/plain-date.ts';
import type { CountyFill } from './county-fill.ts';

/** Of each township two dangers: one ended some days ago with what was done, one of yesterday that nobody has taken. */
export async function fillDangers({ client, countyId, today, ids }: CountyFill): Promise<void> {
  const { rows } = await client.query<{
    organization_id: string;
    by: string;
    resident_id: string;
    org_path: string;
    place: number;
  }>(
    `select o.id as organization_id, s.id as by, p.* from organization o
     cross join lateral (select s.id from staff s where s.county_id = $1 and s.organization_id = o.id
       and s.role = 'township-public-health-doctor' order by s.username limit 1) s
     cross join lateral (
       select r.id as resident_id, r.org_path, row_number() over (order by e.resident_id)::int as place
       from enrollment e join resident r on r.county_id = e.county_id and r.id = e.resident_id and r.status = 'active'
       where e.county_id = $1 and e.org_path like o.path || '%' and e.closed_on is null and e.program = 'hypertension'
       order by e.resident_id limit 2) p
     where o.county_id = $1 and o.kind = 'township-centre' order by o.path, p.place`,
    [countyId],
  );
  const events = rows.map((row) => ({
    ...row,
    id: ids.next(),
    day: addDays(today, row.place === 1 ? -6 : -1),
    what: row.place === 1 ? '收缩压 184 mmHg，达到危急值（≥180）。' : '舒张压 112 mmHg，达到危急值（≥110）。',
    outcome: row.place === 1 ? 'not-confirmed' : null,
    note: row.place === 1 ? '静坐 15 分钟后复测 152/88，嘱三日后复诊' : null,
  }));
  await client.query(
    `insert into danger_event (county_id, id, resident_id, organization_id, org_path, source, what, found_at, found_by, due_at,
       owner_id, owned_at, outcome, note, closed_at, closed_by)
     select $1, x.id, x.resident_id, x.organization_id, x.org_path, 'self-test', x.what, x.day + time '16:20', x.by,
       x.day + time '16:30', case when x.outcome is not null then x.by end,
       case when x.outcome is not null then x.day + time '16:22' end, x.outcome, x.note,
       case when x.outcome is not null then x.day + time '16:40' end, case when x.outcome is not null then x.by end
     from jsonb_to_recordset($2::jsonb) as x (id uuid, resident_id uuid, organization_id uuid, org_path text, day date,
       what text, by uuid, outcome text, note text)`,
    [countyId, JSON.stringify(events)],
  );
}
