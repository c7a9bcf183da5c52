import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Condition } from '#clinical/conditions.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import {
  type CourseSource,
  type CourseState,
  courseDueOn,
  courseNextSteps,
  mayFollow,
  whyNot,
} from '../domain/condition-course.ts';
import { readCourseDays } from './county-settings.ts';

export interface EpisodeMove {
  readonly residentId: string;
  readonly condition: Condition;
  readonly to: CourseState;
  readonly onDay: PlainDate;
  /** Why, in a Chinese sentence. */
  readonly reason: string;
  readonly source: CourseSource;
  /** The rule's answer and evidence, kept with the event. */
  readonly rule?: unknown;
  /** Instead of what the course says. */
  readonly nextStep?: string | undefined;
  readonly dueOn?: PlainDate | undefined;
  readonly campaignId?: string | undefined;
  /** Version the user saw; absent when a system moves the course. */
  readonly version?: number | undefined;
  readonly now: Date;
}

export interface MovedEpisode {
  readonly episodeId: string;
  readonly from: CourseState | 'none';
  readonly to: CourseState;
  readonly dueOn: PlainDate | null;
  readonly version: number;
}

/**
 * Moves the course of one disease of one person, with its event and audit entry in the caller's transaction. Refuses a
 * move the course does not know, a stale version, a person whose record is closed (except to close the course), and the
 * second of two who open the same course at once.
 */
export async function moveEpisode(
  tx: Transaction<Tables>,
  actor: Actor,
  move: EpisodeMove,
): Promise<MovedEpisode | Refused> {
  const person = await tx
    .selectFrom('resident')
    .select(['status', 'organization_id', 'org_path'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', move.residentId)
    .executeTakeFirst();
  if (!person) return refused('not-found');
  if (person.status !== 'active' && move.to !== 'closed') return refused('record-closed');
  const held = await tx
    .selectFrom('condition_episode')
    .select(['id', 'state', 'version'])
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', move.residentId)
    .where('condition', '=', move.condition)
    .where('state', '<>', 'closed')
    .forUpdate()
    .executeTakeFirst();
  const from = held?.state ?? 'none';
  if (move.version !== undefined && move.version !== (held?.version ?? 0)) return refused('stale-version');
  if (!mayFollow(from, move.to)) return refused('illegal-move', { detail: whyNot(from, move.to) });
  const dueOn = move.dueOn ?? (await dueByCounty(tx, actor, move)) ?? null;
  const nextStep = move.nextStep ?? courseNextSteps[move.to];
  const episodeId = held?.id ?? uuidv7();
  const written = held
    ? await sql`
        update condition_episode set state = ${move.to}, next_step = ${nextStep}, due_on = ${dueOn}::date,
          since = case when state = ${move.to} then since else ${move.onDay}::date end,
          source = ${move.source}, campaign_id = coalesce(${move.campaignId ?? null}::uuid, campaign_id),
          organization_id = ${person.organization_id}::uuid, org_path = ${person.org_path},
          version = version + 1, updated_at = ${move.now}
        where county_id = ${actor.countyId} and id = ${episodeId}::uuid returning id`.execute(tx)
    : await sql`
        insert into condition_episode (county_id, id, resident_id, organization_id, org_path, condition, state, since,
          due_on, next_step, source, campaign_id, updated_at)
        values (${actor.countyId}, ${episodeId}::uuid, ${move.residentId}::uuid, ${person.organization_id}::uuid,
          ${person.org_path}, ${move.condition}, ${move.to}, ${move.onDay}::date, ${dueOn}::date, ${nextStep},
          ${move.source}, ${move.campaignId ?? null}::uuid, ${move.now})
        on conflict do nothing returning id`.execute(tx);
  if (written.rows.length === 0) return refused('stale-version');
  await tx
    .insertInto('condition_event')
    .values({
      county_id: actor.countyId,
      id: uuidv7(),
      episode_id: episodeId,
      resident_id: move.residentId,
      org_path: person.org_path,
      from_state: from === 'none' ? null : from,
      to_state: move.to,
      on_day: move.onDay,
      reason: move.reason,
      rule: move.rule === undefined ? null : JSON.stringify(move.rule),
      recorded_at: move.now,
      recorded_by: actor.staffId,
    })
    .execute();
  await recordAudit(tx, actor, {
    action: 'episode.move',
    residentId: move.residentId,
    subject: episodeId,
    detail: { condition: move.condition, from, to: move.to },
    now: move.now,
  });
  return { episodeId, from, to: move.to, dueOn, version: (held?.version ?? 0) + 1 };
}

/** The last day for the next step: the county's days where it has set them, else the defaults of the course. */
async function dueByCounty(
  tx: Transaction<Tables>,
  actor: Actor,
  move: EpisodeMove,
): Promise<PlainDate | undefined> {
  if (move.to !== 'suspected' && move.to !== 'confirmed') return courseDueOn(move.to, move.onDay);
  const days = await readCourseDays(tx, actor.countyId, move.onDay);
  return addDays(move.onDay, days[move.to]);
}
