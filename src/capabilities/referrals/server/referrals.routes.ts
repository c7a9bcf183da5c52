import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { asOf } from '#platform/server/database/as-of.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  countReferrals,
  listReferralReceivers,
  listReferrals,
  listResidentReferrals,
  redirectReferral,
  returnReferral,
  showReferral,
  stepReferral,
} from '../contract.ts';
import { findHolder } from './find-holder.ts';
import { readReceivers } from './list-receivers.ts';
import { inHouse, inOwnHouse } from './own-house.ts';
import { readReferral, readReferralCounts, readReferrals, readResidentReferrals } from './read-referrals.ts';
import { redirect } from './redirect-referral.ts';
import { sendBack } from './send-back.ts';
import { takeStep } from './step-referral.ts';

export const referralRoutes = [
  defineRoute({
    ...listReferralReceivers,
    summary: '可接收转诊的机构',
    action: 'referrals.send',
    handle: ({ actor, query }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => ({
        items: await readReceivers(tx, actor, query.residentId),
      })),
  }),
  defineRoute({
    ...listReferrals,
    summary: '收到的与发出的转诊',
    action: 'referrals.read',
    handle: ({ actor, query, now, today }, { database }) =>
      inHouse(database, actor, now, async (tx) => {
        const page = await readReferrals(tx, actor, { ...query, today, now });
        const detail = { side: query.side, rows: page.items.length };
        await recordAudit(tx, actor, { action: 'referral.list', detail, now });
        return page;
      }),
  }),
  defineRoute({
    ...countReferrals,
    summary: '待答复的转诊数',
    action: 'referrals.read',
    handle: ({ actor, now }, { database }) =>
      inHouse(database, actor, now, (tx) => readReferralCounts(tx, actor, now)),
  }),
  defineRoute({
    ...showReferral,
    summary: '一份转诊',
    action: 'referrals.read',
    async handle({ actor, params, now, today }, { database }) {
      const shown = await inHouse(database, actor, now, async (tx) => {
        const found = await readReferral(tx, actor, params.referralId, { today, now });
        if (!found) return refused('not-found');
        await recordAudit(tx, actor, {
          action: 'referral.open',
          residentId: found.residentId ?? undefined,
          subject: found.id,
          now,
        });
        return found;
      });
      if ('kind' in shown) return shown;
      return { ...shown, holder: await findHolder(database, actor, shown, now) };
    },
  }),
  defineRoute({
    ...stepReferral,
    summary: '答复、到位、撤回、接续',
    action: 'referrals.answer',
    handle: ({ actor, params, body, now, today }, { database }) => {
      const house = inOwnHouse(actor);
      return onceOnly(
        database,
        house,
        { operationId: body.operationId, kind: 'referral.step', body: { params, body }, now },
        (tx) => takeStep(tx, house, { ...body, ...params, today, now }),
        [asOf(now)],
      );
    },
  }),
  defineRoute({
    ...returnReferral,
    summary: '回转',
    action: 'referrals.return',
    handle: ({ actor, params, body, now, today }, { database }) => {
      const house = inOwnHouse(actor);
      return onceOnly(
        database,
        house,
        { operationId: body.operationId, kind: 'referral.return', body: { params, body }, now },
        (tx) => sendBack(tx, house, { ...body, ...params, today, now }),
        [asOf(now)],
      );
    },
  }),
  defineRoute({
    ...redirectReferral,
    summary: '另转一家',
    action: 'referrals.send',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'referral.redirect', body: { params, body }, now },
        (tx) => redirect(tx, actor, { ...body, ...params, today, now }),
        [asOf(now)],
      ),
  }),
  defineRoute({
    ...listResidentReferrals,
    summary: '居民的转诊',
    action: 'referrals.read',
    handle: ({ actor, params, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const { residentId } = params;
        await recordAudit(tx, actor, { action: 'referral.list', residentId, now });
        return readResidentReferrals(tx, actor, residentId, { ...query, today, now });
      }),
  }),
];
