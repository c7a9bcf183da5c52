import { problem } from '#kernel/problem.ts';
import type { CountyFill } from './county-fill.ts';
import { madeId } from './made-id.ts';

/**
 * Phones of the village doctors as support meets them: most in good order, some silent, with something unsent or refused,
 * with a clock that is off. One refused visit waits as it was typed.
 */
export async function fillFieldDevices({ client, countyId, today }: CountyFill): Promise<void> {
  await client.query(
    `insert into field_device (county_id, device_id, staff_id, org_path, name, app_version, share, hand_over_hash,
       scope_paths, state, first_seen_at, last_contact_at, pending, refused, clock_skew_seconds, is_persisted)
     select s.county_id, ${madeId("'phone ' || s.username")}, s.id, o.path,
       (array['Android 12 红米', 'Android 13 荣耀', 'Android 11 华为', 'Android 10 vivo'])[1 + n % 4], '1.0.0',
       sha256(convert_to('share ' || s.username, 'UTF8')), sha256(convert_to('token ' || s.username, 'UTF8')),
       array[o.path], 'active', $2::date - 60 + interval '9 hours',
       least($2::date + interval '7 hours', localtimestamp) - case n % 9 when 3 then interval '12 days' when 7 then interval '2 days'
         else make_interval(mins => n * 7 % 600) end,
       case n % 9 when 3 then 6 when 5 then 2 else 0 end, case n % 9 when 2 then 1 else 0 end,
       case n % 9 when 4 then 5400 else n % 40 end, n % 9 <> 6
     from (select *, row_number() over (order by username)::int as n from staff
       where county_id = $1 and role = 'village-doctor') s
     join organization o on o.county_id = s.county_id and o.id = s.organization_id`,
    [countyId, today],
  );
  const message = '收缩压应大于舒张压，请核对。';
  const refusal = problem('invalid-input', {
    issues: [{ path: 'hypertension/dbp', code: 'not-below-sbp', message }],
  });
  await client.query(
    `insert into held_operation (county_id, operation_id, device_id, staff_id, org_path, kind, resident_id, seq, saved_at,
       body, why, problem, received_at)
     select d.county_id, ${madeId("'held ' || d.device_id")}, d.device_id, d.staff_id, d.org_path, 'visit.record', r.id, 1,
       to_char($2::date, 'YYYY-MM-DD') || 'T02:10:00.000Z', jsonb_build_object('sheets', jsonb_build_array(
         jsonb_build_object('program', 'hypertension', 'answers',
           jsonb_build_object('visitDate', $2::date, 'sbp', 86, 'dbp', 142)))),
       'refused', $3::jsonb, least($2::date + interval '6 hours', localtimestamp)
     from field_device d
     cross join lateral (select id from resident r where r.county_id = d.county_id and r.org_path = d.org_path
       -- As text, since by the key itself all residents would be walked for each village.
       and r.status = 'active' order by r.id::text limit 1) r
     where d.county_id = $1 and d.refused > 0`,
    [countyId, today, JSON.stringify(refusal)],
  );
}
