import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { listReferralReceivers } from '../contract.ts';
import { readReceivers } from './list-receivers.ts';

export const referralRoutes = [
  defineRoute({
    ...listReferralReceivers,
    summary: '可接收转诊的机构',
    action: 'centre.treat',
    handle: ({ actor, query }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => ({
        items: await readReceivers(tx, actor, query.residentId),
      })),
  }),
];
