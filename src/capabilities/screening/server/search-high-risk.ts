import { sql, type Transaction } from 'kysely';
import { moveEpisode } from '#capabilities/enrollment/server/public.ts';
import { orgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { openJob, readJob, type StepOutcome, workJob } from '#platform/server/jobs/batch-jobs.ts';
import { findFromRegister } from '../domain/find-from-register.ts';
import { countPlaces, nextPlaces } from './campaign-list-job.ts';
import { readRecordFacts } from './read-record-facts.ts';

/** Villages read in one step. */
const placesAStep = 4;

/** Opens a search of the records of the actor's places; one at a time in a place. */
export async function openHighRiskSearch(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { searchId: string; now: Date },
): Promise<{ searchId: string } | Refused> {
  // Two who start at once take turns, so that the second sees the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`high-risk:${actor.countyId}:${actor.scopePath}`}, 0))`.execute(
    tx,
  );
  const open = await sql`select 1 from batch_job where county_id = ${actor.countyId} and kind = 'high-risk'
    and org_path = ${actor.scopePath} and status = 'working'`.execute(tx);
  if (open.rows.length > 0)
    return refused('illegal-move', { detail: '上一次识别还没有做完；已中断的请点“继续”。' });
  await openJob(tx, {
    countyId: actor.countyId,
    id: input.searchId,
    kind: 'high-risk',
    orgPath: actor.scopePath,
    subjectId: null,
    total: await countPlaces(tx, actor.countyId, actor.scopePath),
    staffId: actor.staffId,
    now: input.now,
  });
  await recordAudit(tx, actor, { action: 'high-risk.find', subject: input.searchId, now: input.now });
  return { searchId: input.searchId };
}

/** Works a search to its end from wherever it stands. */
export async function workHighRiskSearch(
  database: Database,
  actor: Actor,
  input: { searchId: string; today: PlainDate; now: () => Date },
): Promise<void> {
  const scope = { countyId: actor.countyId, path: actor.scopePath };
  const job = await withScope(database, scope, (tx) => findSearch(tx, actor, input.searchId));
  if (!job) return;
  await workJob(database, scope, {
    jobId: input.searchId,
    now: input.now,
    step: (tx, place) =>
      searchNextPlaces(tx, actor, { path: job.org_path, today: input.today, now: input.now() }, place),
  });
}

/** A search the actor's place began. */
export function findSearch(tx: Transaction<Tables>, actor: Actor, searchId: string) {
  return tx
    .selectFrom('batch_job')
    .select(['id', 'org_path'])
    .where('county_id', '=', actor.countyId)
    .where('kind', '=', 'high-risk')
    .where('id', '=', searchId)
    .where('org_path', '=', actor.scopePath)
    .executeTakeFirst();
}

async function searchNextPlaces(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { path: string; today: PlainDate; now: Date },
  after: string | null,
): Promise<StepOutcome> {
  const { countyId } = actor;
  const places = await nextPlaces(tx, { countyId, path: orgPath(input.path), after, limit: placesAStep });
  const people = places.length === 0 ? [] : await readRecordFacts(tx, countyId, places, input.today);
  const counts = { people: people.length, highRisk: 0, suspected: 0 };
  for (const { residentId, ...facts } of people)
    for (const { finding, move, source } of findFromRegister(facts, input.today)) {
      const moved = await moveEpisode(tx, actor, {
        residentId,
        condition: finding.condition,
        onDay: input.today,
        source,
        rule: finding.rule,
        now: input.now,
        ...move,
      });
      // Moved or closed by somebody in the meantime: what they judged stands.
      if ('problem' in moved) continue;
      counts[move.to === 'suspected' ? 'suspected' : 'highRisk'] += 1;
    }
  const isLast = places.length < placesAStep;
  return { place: isLast ? null : (places.at(-1) ?? null), handled: places.length, counts };
}

/** The last search of the actor's place. */
export async function readLastSearch(database: Database, tx: Transaction<Tables>, actor: Actor) {
  const { rows } = await sql<{ id: string; started_at: Date; by_name: string | null; organization: string }>`
    select j.id, j.started_at, s.name as by_name, o.name as organization from batch_job j
    join organization o on o.county_id = j.county_id and o.path = j.org_path
    left join staff s on s.county_id = j.county_id and s.id = j.started_by
    where j.county_id = ${actor.countyId} and j.kind = 'high-risk' and j.org_path = ${actor.scopePath}
    order by j.started_at desc limit 1`.execute(tx);
  const [last] = rows;
  const state =
    last && (await readJob(database, tx, { countyId: actor.countyId, kind: 'high-risk', id: last.id }));
  if (!last || !state) return { job: null };
  const { result, ...job } = state;
  return {
    job: {
      ...job,
      counts: result as Record<string, number>,
      startedAt: last.started_at.toISOString(),
      startedByName: last.by_name ?? '',
      organizationName: last.organization,
    },
  };
}
