import type { CountyFill } from './county-fill.ts';

/** A person whom another township asks the demo village to take over, and one who has not been reached twice. */
export async function fillClosing({ client, countyId, today, ids }: CountyFill): Promise<void> {
  await client.query(
    `insert into handover (county_id, id, resident_id, from_organization_id, from_path, to_organization_id, to_path, summary,
       reason, status, requested_at, requested_by)
     select $1, $2::uuid, r.id, r.organization_id, r.org_path, v.id, v.path,
       jsonb_build_object('name', r.name, 'sex', r.sex, 'birthDate', r.birth_date, 'archiveNo', r.archive_no,
         'programs', (select coalesce(jsonb_agg(e.program order by e.program), '[]') from enrollment e
           where e.county_id = $1 and e.resident_id = r.id and e.closed_on is null)),
       '随子女居住', 'pending', $3::date - 1 + time '15:20', s.id
     from staff a join organization v on v.county_id = $1 and v.id = a.organization_id
     cross join lateral (
       select q.* from resident q where q.county_id = $1 and q.status = 'active' and q.birth_date < $3::date - 60 * 365
         and q.org_path > substring(v.path from '^/[^/]+/[^/]+/') || '~' order by q.org_path, q.id limit 1) r
     join lateral (select w.id from staff w where w.county_id = $1 and w.organization_id = r.organization_id limit 1) s on true
     where a.county_id = $1 and a.username = 'village'`,
    [countyId, ids.next(), today],
  );
  await client.query(
    `insert into contact_attempt (county_id, id, resident_id, org_path, on_day, means, note, recorded_at, recorded_by)
     select $1, x.id, r.id, r.org_path, $2::date - x.ago, x.means, x.note, $2::date - x.ago + time '16:00', a.id
     from staff a join organization v on v.county_id = $1 and v.id = a.organization_id
     cross join lateral (
       select q.id, q.org_path from resident q join enrollment e on e.county_id = $1 and e.resident_id = q.id
         and e.closed_on is null where q.county_id = $1 and q.org_path = v.path and q.status = 'active'
       order by exists (select 1 from form_record f where f.county_id = $1 and f.resident_id = q.id
         and f.occurred_on >= $2::date - 16), q.id desc limit 1) r
     cross join (values ($3::uuid, 16, 'telephone', '无人接听'), ($4::uuid, 6, 'home', '家中无人，邻居说外出打工'))
       as x (id, ago, means, note)
     where a.county_id = $1 and a.username = 'village'`,
    [countyId, today, ids.next(), ids.next()],
  );
}
