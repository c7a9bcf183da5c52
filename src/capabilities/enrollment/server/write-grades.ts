import { sql, type Transaction } from 'kysely';
import { routineGrace } from '#clinical/hypertension/follow-up-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { GradeDetail } from '../domain/grade-change.ts';

/** A grade about to be written. */
export interface NewGrade {
  readonly id: string;
  readonly residentId: string;
  readonly orgPath: string;
  readonly tier: string;
  readonly colour: string;
  readonly everyDays: number;
  readonly detail: GradeDetail;
}

/**
 * Writes grades, makes them the current ones and brings open routine follow-ups forward to the grade's interval, never
 * back. The batch's unique key lets nobody be graded twice; returns how many were written and how many visits moved.
 */
export async function writeGrades(
  tx: Transaction<Tables>,
  actor: Pick<Actor, 'countyId' | 'staffId'>,
  input: {
    grades: readonly NewGrade[];
    batchId: string | null;
    onDay: PlainDate;
    today: PlainDate;
    now: Date;
  },
): Promise<{ written: number; tasksMoved: number }> {
  if (input.grades.length === 0) return { written: 0, tasksMoved: 0 };
  const grace = valueOn(routineGrace, input.today);
  const year = Number(input.onDay.slice(0, 4));
  const result = await sql<{ written: number; moved: number }>`
    with x as (
      select * from jsonb_to_recordset(${JSON.stringify(input.grades)}::jsonb) as x (id uuid, "residentId" uuid,
        "orgPath" text, tier text, colour text, "everyDays" smallint, detail jsonb)
    ), event as (
      insert into grade_event (county_id, id, resident_id, org_path, on_day, year, tier, colour, grades, batch_id,
        recorded_at, recorded_by)
      select ${actor.countyId}, x.id, x."residentId", x."orgPath", ${input.onDay}::date, ${year}::smallint, x.tier, x.colour,
        x.detail, ${input.batchId}::uuid, ${input.now}, ${actor.staffId}::uuid from x
      on conflict do nothing returning id
    ), present as (
      insert into current_grade (county_id, resident_id, grade_id, org_path, on_day, year, tier, colour, every_days, since)
      select ${actor.countyId}, x."residentId", x.id, x."orgPath", ${input.onDay}::date, ${year}::smallint, x.tier, x.colour,
        x."everyDays", ${input.onDay}::date
      from x join event on event.id = x.id
      on conflict (county_id, resident_id) do update set grade_id = excluded.grade_id, org_path = excluded.org_path,
        on_day = excluded.on_day, year = excluded.year, tier = excluded.tier, every_days = excluded.every_days,
        since = case when current_grade.colour = excluded.colour then current_grade.since else excluded.since end,
        colour = excluded.colour
    ), due as (
      select t.county_id, t.id, greatest(${input.today}::date,
          coalesce(f.occurred_on, e.enrolled_on) + x."everyDays"::int) as due_on, x.colour, x."everyDays" as days
      from x join event on event.id = x.id
      join follow_up_task t on t.county_id = ${actor.countyId} and t.resident_id = x."residentId"
        and t.closed_at is null and t.kind = 'routine'
      join enrollment e on e.county_id = t.county_id and e.id = t.enrollment_id
      left join form_record f on f.county_id = t.county_id and f.id = t.opened_by_record
    ), moved as (
      update follow_up_task t set due_on = d.due_on, latest_on = least(t.latest_on, d.due_on + ${grace}::int),
        reason = left(t.reason || case d.colour when 'red' then '红标' when 'yellow' then '黄标' else '绿标' end
          || '每 ' || d.days || ' 天随访，提前到 ' || d.due_on || '。', 500)
      from due d where t.county_id = d.county_id and t.id = d.id and d.due_on < t.due_on returning t.id
    )
    select (select count(*)::int from event) as written, (select count(*)::int from moved) as moved`.execute(
    tx,
  );
  const row = result.rows[0];
  return { written: row?.written ?? 0, tasksMoved: row?.moved ?? 0 };
}
