import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { subtreeRange } from '#kernel/org-path.ts';
import { addDays, ageInYears, daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Episode, EpisodeLine } from '../contract.ts';
import type { CourseState } from '../domain/condition-course.ts';

interface EpisodeRow {
  readonly id: string;
  readonly condition: string;
  readonly state: CourseState;
  readonly since: PlainDate;
  readonly due_on: PlainDate | null;
  readonly next_step: string;
  readonly source: string;
  readonly version: number;
}

/** An episode as it travels. */
export function toEpisode(row: EpisodeRow): Episode {
  return {
    id: row.id,
    condition: row.condition,
    state: row.state,
    since: row.since,
    dueOn: row.due_on,
    nextStep: row.next_step,
    source: row.source,
    version: row.version,
  };
}

interface EventRow {
  readonly id: string;
  readonly condition: string;
  readonly from_state: CourseState | null;
  readonly to_state: CourseState;
  readonly on_day: PlainDate;
  readonly reason: string;
  readonly rule: { id?: string; clause?: string } | null;
  readonly recorded_by_name: string | null;
  readonly recorded_at: Date;
}

/** A person's courses with every step, newest first. */
export async function readCourse(tx: Transaction<Tables>, actor: Actor, residentId: string) {
  const person = await tx
    .selectFrom('resident')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', residentId)
    .executeTakeFirst();
  if (!person) return undefined;
  const episodes = await tx
    .selectFrom('condition_episode')
    .selectAll()
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', residentId)
    .orderBy('updated_at', 'desc')
    .limit(50)
    .execute();
  const events = await sql<EventRow>`
    select v.id, e.condition, v.from_state, v.to_state, v.on_day, v.reason, v.rule, s.name as recorded_by_name,
      v.recorded_at
    from condition_event v
    join condition_episode e on e.county_id = v.county_id and e.id = v.episode_id
    left join staff s on s.county_id = v.county_id and s.id = v.recorded_by
    where v.county_id = ${actor.countyId} and v.resident_id = ${residentId}::uuid
    order by v.recorded_at desc, v.id desc limit 100`.execute(tx);
  return {
    episodes: episodes.map(toEpisode),
    events: events.rows.map((row) => ({
      id: row.id,
      condition: row.condition,
      fromState: row.from_state,
      toState: row.to_state,
      onDay: row.on_day,
      reason: row.reason,
      ruleId: row.rule?.id ?? null,
      clause: row.rule?.clause ?? null,
      recordedByName: row.recorded_by_name ?? '',
      recordedAt: row.recorded_at.toISOString(),
    })),
  };
}

/** Days ahead that count as soon. */
const soonDays = 7;

interface LineRow extends EpisodeRow {
  readonly resident_id: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly phone: string | null;
  readonly organization_name: string;
  readonly last_reason: string | null;
}

/**
 * Episodes of a state in the actor's scope, the most overdue first; one page with the counts of the tabs. A whole county
 * is read along the index of due dates, since the planner cannot know how much a scope holds.
 */
export async function readEpisodes(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    state: 'high-risk' | 'suspected' | 'confirmed';
    condition?: string | undefined;
    due: 'all' | 'overdue' | 'soon';
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
  },
) {
  const { from, to } = subtreeRange(actor.scopePath);
  const soon = addDays(input.today, soonDays);
  const scope = sql`e.county_id = ${actor.countyId} and e.state = ${input.state}
    and e.org_path >= ${from} and e.org_path < ${to}
    ${input.condition ? sql`and e.condition = ${input.condition}` : sql``}`;
  const counted = await sql<{ all: number; overdue: number; soon: number }>`
    select count(*)::int as all, count(*) filter (where e.due_on < ${input.today}::date)::int as overdue,
      count(*) filter (where e.due_on >= ${input.today}::date and e.due_on <= ${soon}::date)::int as soon
    from condition_episode e where ${scope}`.execute(tx);
  const which =
    input.due === 'overdue'
      ? sql`and e.due_on < ${input.today}::date`
      : input.due === 'soon'
        ? sql`and e.due_on >= ${input.today}::date and e.due_on <= ${soon}::date`
        : sql``;
  const after = decodeCursor(input.cursor, 2);
  const beyond = after ? sql`and (e.due_on, e.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``;
  const isCounty = actor.scopePath.split('/').filter(Boolean).length === 1;
  if (isCounty) await sql`select set_config('enable_sort', 'off', true)`.execute(tx);
  const { rows } = await sql<LineRow>`
    select e.*, r.name, r.sex, r.birth_date, r.phone, o.name as organization_name,
      (select v.reason from condition_event v where v.county_id = e.county_id and v.resident_id = e.resident_id
        and v.episode_id = e.id order by v.recorded_at desc limit 1) as last_reason
    from (select * from condition_episode e where ${scope} and e.due_on is not null ${which} ${beyond}
      order by e.due_on, e.id limit ${input.limit + 1}) e
    join resident r on r.county_id = e.county_id and r.id = e.resident_id
    join organization o on o.county_id = e.county_id and o.id = e.organization_id
    order by e.due_on, e.id`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    asOf: input.today,
    counts: counted.rows[0] ?? { all: 0, overdue: 0, soon: 0 },
    items: page.map((row) => toLine(row, input.today)),
    nextCursor: rows.length > input.limit && last?.due_on ? encodeCursor([last.due_on, last.id]) : null,
  };
}

function toLine(row: LineRow, today: PlainDate): EpisodeLine {
  return {
    ...toEpisode(row),
    residentId: row.resident_id,
    name: row.name,
    sex: row.sex,
    ageYears: ageInYears(row.birth_date, today),
    phone: row.phone,
    organizationName: row.organization_name,
    overdueDays: row.due_on === null ? 0 : Math.max(0, daysBetween(row.due_on, today)),
    lastReason: row.last_reason ?? '',
  };
}
