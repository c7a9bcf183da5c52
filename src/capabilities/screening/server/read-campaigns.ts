import { sql, type Transaction } from 'kysely';
import { readPlacesBelow } from '#capabilities/residents/server/public.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { isWithin, orgPath, subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { readJob } from '#platform/server/jobs/batch-jobs.ts';
import type { Campaign, CampaignCounts, Job } from '../contract.ts';
import { findPlace } from './find-place.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly org_path: string;
  readonly target: Campaign['target'];
  readonly starts_on: PlainDate;
  readonly ends_on: PlainDate;
  readonly status: Campaign['status'];
  readonly created_at: Date;
}

const columns = sql`c.id, c.name, c.organization_id, o.name as organization_name, c.org_path, c.target, c.starts_on,
  c.ends_on, c.status, c.created_at
  from campaign c join organization o on o.county_id = c.county_id and o.id = c.organization_id`;

const toCampaign = (row: Row, actor: Actor): Campaign => ({
  id: row.id,
  name: row.name,
  organizationId: row.organization_id,
  organizationName: row.organization_name,
  target: row.target,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  status: row.status,
  mayManage: isWithin(orgPath(row.org_path), actor.scopePath),
});

/** Campaigns that concern the actor's place, newest first; of those from above, only what has started. */
export async function readCampaigns(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
): Promise<{ items: Campaign[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const { from, to } = subtreeRange(actor.scopePath);
  const { rows } = await sql<Row>`select ${columns}
    where c.county_id = ${actor.countyId}
      and ((c.org_path >= ${from} and c.org_path < ${to}) or c.status in ('running', 'finished'))
      ${after ? sql`and (c.created_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by c.created_at desc, c.id desc limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toCampaign(row, actor)),
    nextCursor:
      rows.length > input.limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null,
  };
}

const nothing: CampaignCounts = {
  targets: 0,
  normal: 0,
  highRisk: 0,
  suspected: 0,
  refused: 0,
  absent: 0,
  open: 0,
};

const add = (a: CampaignCounts, b: CampaignCounts): CampaignCounts => ({
  targets: a.targets + b.targets,
  normal: a.normal + b.normal,
  highRisk: a.highRisk + b.highRisk,
  suspected: a.suspected + b.suspected,
  refused: a.refused + b.refused,
  absent: a.absent + b.absent,
  open: a.open + b.open,
});

/** A campaign with how far it is, in all and for each place directly below the one looked at. */
export async function readCampaign(
  database: Database,
  tx: Transaction<Tables>,
  actor: Actor,
  input: { campaignId: string; organizationId?: string | undefined },
) {
  const found = await sql<Row>`select ${columns}
    where c.county_id = ${actor.countyId} and c.id = ${input.campaignId}::uuid`.execute(tx);
  const [row] = found.rows;
  if (!row) return refused('not-found') satisfies Refused;
  const within = orgPath(row.org_path);
  const inScope = isWithin(within, actor.scopePath);
  if (!inScope && row.status !== 'running' && row.status !== 'finished')
    return refused('not-found') satisfies Refused;
  const start = inScope ? row.organization_id : undefined;
  const place = await findPlace(tx, actor, input.organizationId ?? start);
  if (!place) return refused('not-found') satisfies Refused;
  const { from, to } = subtreeRange(place.path);
  const counted = await sql<CampaignCounts & { org_path: string }>`
    select org_path, count(*)::int as targets, count(*) filter (where outcome = 'normal')::int as normal,
      count(*) filter (where outcome = 'high-risk')::int as "highRisk",
      count(*) filter (where outcome = 'suspected')::int as suspected,
      count(*) filter (where outcome = 'refused')::int as refused,
      count(*) filter (where outcome = 'absent')::int as absent,
      count(*) filter (where outcome is null)::int as open
    from campaign_person where county_id = ${actor.countyId} and campaign_id = ${input.campaignId}::uuid
      and org_path >= ${from} and org_path < ${to} group by org_path`.execute(tx);
  const below = await readPlacesBelow(tx, { countyId: actor.countyId, id: place.id });
  const sumOf = (path: string) =>
    counted.rows.filter((one) => one.org_path.startsWith(path)).reduce((sum, one) => add(sum, one), nothing);
  const job = await readJob(database, tx, {
    countyId: actor.countyId,
    kind: 'campaign-list',
    id: input.campaignId,
  });
  const isStart = place.id === row.organization_id;
  return {
    ...toCampaign(row, actor),
    job: job ? toJob(job) : null,
    place: { id: place.id, name: place.name, parentId: isStart ? null : place.parentId },
    counts: onlyCounts(sumOf(place.path)),
    children: below.map((child) => ({
      id: child.id,
      name: child.name,
      counts: onlyCounts(sumOf(child.path)),
    })),
  };
}

const onlyCounts = (counts: CampaignCounts): CampaignCounts => add(nothing, counts);

/** A job as it travels. */
export function toJob(job: NonNullable<Awaited<ReturnType<typeof readJob>>>): Job {
  const { id, status, done, total, hasWorker } = job;
  return { id, status, done, total, hasWorker, counts: job.result as Record<string, number> };
}
