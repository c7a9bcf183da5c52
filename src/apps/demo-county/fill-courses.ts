import { courseNextSteps } from '#capabilities/enrollment/domain/condition-course.ts';
import type { CountyFill } from './county-fill.ts';

/**
 * The course of every disease under management, as an enrollment leaves it: one that is open and managed, with the event
 * that says so. A course takes the id of its programme record, so that the same seed gives the same county.
 */
export async function fillCourses({ client, countyId }: CountyFill): Promise<void> {
  await client.query(
    `with opened as (
       insert into condition_episode (county_id, id, resident_id, organization_id, org_path, condition, state, since, next_step,
         source, updated_at)
       select e.county_id, e.id, e.resident_id, e.organization_id, e.org_path, e.program, 'enrolled', e.enrolled_on, $2,
         'enrollment', e.created_at
       from enrollment e where e.county_id = $1 and e.closed_on is null
       on conflict do nothing returning id)
     insert into condition_event (county_id, id, episode_id, resident_id, org_path, from_state, to_state, on_day, reason,
       recorded_at, recorded_by)
     select e.county_id, e.id, e.id, e.resident_id, e.org_path, null, 'enrolled', e.enrolled_on, '登记并纳入健康管理。',
       e.created_at, coalesce(e.created_by, s.id)
     from enrollment e
     left join lateral (select s.id from staff s where s.county_id = $1 and s.organization_id = e.organization_id
       order by s.username limit 1) s on true
     join opened on opened.id = e.id where e.county_id = $1`,
    [countyId, courseNextSteps.enrolled],
  );
}
