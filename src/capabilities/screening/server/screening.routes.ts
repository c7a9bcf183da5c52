import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute, type ServerContext } from '#platform/server/http/define-route.ts';
import { workInBackground } from '#platform/server/jobs/batch-jobs.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  continueCampaign,
  endCampaign,
  listCampaignPeople,
  listCampaignPeopleToPrint,
  listCampaigns,
  listFirstVisitPressures,
  prepareCampaign,
  prepareScreening,
  recordAttempt,
  recordScreening,
  showCampaign,
  startCampaign,
} from '../contract.ts';
import { noteAttempt, readCampaignPeople } from './campaign-people.ts';
import { readFirstVisitPressures } from './first-visit-register.ts';
import { readScreeningStart } from './prepare-screening.ts';
import { readCampaign, readCampaigns } from './read-campaigns.ts';
import { recordScreeningSheet } from './record-screening.ts';
import { closeCampaign, draftCampaign, startListedCampaign, workCampaignList } from './write-campaign.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

function listInBackground(
  context: ServerContext,
  actor: Actor,
  input: { campaignId: string; today: Parameters<typeof workCampaignList>[2]['today'] },
): void {
  const { database, clock } = context;
  workInBackground(context, { id: input.campaignId, name: 'campaign list' }, () =>
    workCampaignList(database, actor, { ...input, now: clock }),
  );
}

export const screeningRoutes = [
  defineRoute({
    ...prepareCampaign,
    summary: '拟定筛查活动',
    action: 'campaigns.manage',
    async handle({ actor, body, now, today }, context) {
      const { operationId, ...input } = body;
      const drafted = await onceOnly(
        context.database,
        actor,
        { operationId, kind: 'campaign.prepare', body, now },
        (tx) => draftCampaign(tx, actor, { ...input, today, now }),
      );
      if (!('problem' in drafted)) listInBackground(context, actor, { campaignId: body.campaignId, today });
      return drafted;
    },
  }),
  defineRoute({
    ...continueCampaign,
    summary: '继续生成筛查名单',
    action: 'campaigns.manage',
    async handle({ actor, params, today }, context) {
      const found = await withScope(context.database, scopeOf(actor), (tx) =>
        readCampaign(context.database, tx, actor, params),
      );
      if ('problem' in found) return found;
      listInBackground(context, actor, { campaignId: params.campaignId, today });
      return { campaignId: params.campaignId };
    },
  }),
  defineRoute({
    ...startCampaign,
    summary: '开始筛查活动',
    action: 'campaigns.manage',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'campaign.start', body: { params, body }, now },
        (tx) => startListedCampaign(tx, actor, { ...params, now }),
      ),
  }),
  defineRoute({
    ...endCampaign,
    summary: '结束筛查活动',
    action: 'campaigns.manage',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'campaign.end', body: { params, body }, now },
        (tx) => closeCampaign(tx, actor, { ...params, to: body.to, now }),
      ),
  }),
  defineRoute({
    ...listCampaigns,
    summary: '筛查活动列表',
    action: 'screenings.read',
    handle: ({ actor, query }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readCampaigns(tx, actor, query)),
  }),
  defineRoute({
    ...showCampaign,
    summary: '筛查活动进度',
    action: 'screenings.read',
    handle: ({ actor, params, query }, { database }) =>
      withScope(database, scopeOf(actor), (tx) =>
        readCampaign(database, tx, actor, { ...params, organizationId: query.organizationId }),
      ),
  }),
  defineRoute({
    ...listCampaignPeople,
    summary: '筛查对象名单',
    action: 'screenings.read',
    handle: ({ actor, params, query, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'campaign.people', subject: params.campaignId, now });
        return readCampaignPeople(tx, actor, { ...params, ...query, today, now });
      }),
  }),
  defineRoute({
    ...listCampaignPeopleToPrint,
    summary: '打印上门名单',
    action: 'campaigns.print',
    handle: ({ actor, params, query, now, today, mayLookUp }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'campaign.people', subject: params.campaignId, now });
        const printedFor = (people: readonly string[]) => mayLookUp('printed', people);
        return readCampaignPeople(tx, actor, { ...params, ...query, today, now, printedFor });
      }),
  }),
  defineRoute({
    ...recordAttempt,
    summary: '登记上门未成',
    action: 'screenings.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'campaign.attempt', body: { params, body }, now },
        (tx) => noteAttempt(tx, actor, { ...params, ...body, today, now }),
      ),
  }),
  defineRoute({
    ...prepareScreening,
    summary: '打开筛查表',
    action: 'screenings.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const { residentId } = params;
        const found = await readScreeningStart(tx, actor, { residentId, today });
        if (!found) return refused('not-found');
        await recordAudit(tx, actor, { action: 'screening.open', residentId, now });
        return found;
      }),
  }),
  defineRoute({
    ...recordScreening,
    summary: '保存筛查表',
    action: 'screenings.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'screening.record', body: { params, body }, now },
        (tx) => recordScreeningSheet(tx, actor, { ...body, residentId: params.residentId, today, now }),
      ),
  }),
  defineRoute({
    ...listFirstVisitPressures,
    summary: '首诊测血压登记簿',
    action: 'visits.read',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'first-visit.list', now });
        return readFirstVisitPressures(tx, actor, query);
      }),
  }),
];
