import { sql, type Transaction } from 'kysely';
import { orgPath } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { openJob, workJob } from '#platform/server/jobs/batch-jobs.ts';
import type { CampaignTarget } from '../domain/campaign-target.ts';
import { countPlaces, listNextPeople } from './campaign-list-job.ts';
import { findPlace } from './find-place.ts';

/** Writes a campaign down and opens the work of listing its people; nothing starts yet. */
export async function draftCampaign(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    campaignId: string;
    organizationId: string;
    name: string;
    target: CampaignTarget;
    startsOn: PlainDate;
    endsOn: PlainDate;
    today: PlainDate;
    now: Date;
  },
): Promise<{ campaignId: string } | Refused> {
  if (input.endsOn < input.startsOn || input.endsOn < input.today) {
    const message = '结束日期应在开始日期之后，且不早于今天。';
    return refused('invalid-input', { issues: [{ path: 'endsOn', code: 'range', message }] });
  }
  const place = await findPlace(tx, actor, input.organizationId);
  if (!place) return refused('not-found');
  const inserted = await sql`
    insert into campaign (county_id, id, organization_id, org_path, name, target, starts_on, ends_on, created_at, created_by)
    values (${actor.countyId}, ${input.campaignId}::uuid, ${place.id}::uuid, ${place.path}, ${input.name.trim()},
      ${JSON.stringify(input.target)}::jsonb, ${input.startsOn}::date, ${input.endsOn}::date, ${input.now},
      ${actor.staffId}::uuid)
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return refused('already-exists');
  await openJob(tx, {
    countyId: actor.countyId,
    id: input.campaignId,
    kind: 'campaign-list',
    orgPath: place.path,
    subjectId: input.campaignId,
    total: await countPlaces(tx, actor.countyId, place.path),
    staffId: actor.staffId,
    now: input.now,
  });
  await recordAudit(tx, actor, { action: 'campaign.prepare', subject: input.campaignId, now: input.now });
  return { campaignId: input.campaignId };
}

/** Lists the people of a prepared campaign to the end, from wherever the work stands; then it can be looked at. */
export async function workCampaignList(
  database: Database,
  actor: Actor,
  input: { campaignId: string; today: PlainDate; now: () => Date },
): Promise<void> {
  const scope = { countyId: actor.countyId, path: actor.scopePath };
  const campaign = await withScope(database, scope, (tx) => findManaged(tx, actor, input.campaignId));
  if (campaign?.status !== 'preparing') return;
  await workJob(database, scope, {
    jobId: input.campaignId,
    now: input.now,
    step: (tx, place) =>
      listNextPeople(
        tx,
        {
          countyId: actor.countyId,
          campaignId: input.campaignId,
          path: orgPath(campaign.org_path),
          target: campaign.target as CampaignTarget,
          day: input.today,
        },
        place,
      ),
    finish: async (tx) => {
      await sql`update campaign set status = 'previewed' where county_id = ${actor.countyId}
        and id = ${input.campaignId}::uuid and status = 'preparing'`.execute(tx);
    },
  });
}

/** Starts a campaign that was looked at. One over no one is refused, and so is one still being listed or over. */
export async function startListedCampaign(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { campaignId: string; now: Date },
): Promise<{ campaignId: string; targets: number } | Refused> {
  const campaign = await findManaged(tx, actor, input.campaignId);
  if (!campaign) return refused('not-found');
  if (campaign.status !== 'previewed')
    return refused('illegal-move', {
      detail:
        campaign.status === 'preparing' ? '名单还在生成，请等预览完成后再开始。' : '该活动已经开始或已结束。',
    });
  const counted = await sql<{ n: number }>`select count(*)::int as n from campaign_person
    where county_id = ${actor.countyId} and campaign_id = ${input.campaignId}::uuid`.execute(tx);
  const targets = counted.rows[0]?.n ?? 0;
  if (targets === 0) return refused('empty-campaign');
  await sql`update campaign set status = 'running' where county_id = ${actor.countyId}
    and id = ${input.campaignId}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'campaign.start',
    subject: input.campaignId,
    detail: { targets },
    now: input.now,
  });
  return { campaignId: input.campaignId, targets };
}

/** Ends a running campaign, or gives one up before it ran. */
export async function closeCampaign(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { campaignId: string; to: 'finished' | 'cancelled'; now: Date },
): Promise<{ campaignId: string } | Refused> {
  const campaign = await findManaged(tx, actor, input.campaignId);
  if (!campaign) return refused('not-found');
  const isOver = campaign.status === 'finished' || campaign.status === 'cancelled';
  if (isOver || (input.to === 'finished' && campaign.status !== 'running'))
    return refused('illegal-move', { detail: '该活动现在不能这样结束。' });
  await sql`update campaign set status = ${input.to} where county_id = ${actor.countyId}
    and id = ${input.campaignId}::uuid`.execute(tx);
  await recordAudit(tx, actor, { action: `campaign.${input.to}`, subject: input.campaignId, now: input.now });
  return { campaignId: input.campaignId };
}

/** A campaign the actor's place runs, held until the transaction ends; those from above are not found here. */
async function findManaged(tx: Transaction<Tables>, actor: Actor, campaignId: string) {
  const row = await tx
    .selectFrom('campaign')
    .select(['status', 'org_path', 'target'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst();
  return row?.org_path.startsWith(actor.scopePath) ? row : undefined;
}
