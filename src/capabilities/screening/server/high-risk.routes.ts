import type { PlainDate } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute, type ServerContext } from '#platform/server/http/define-route.ts';
import { workInBackground } from '#platform/server/jobs/batch-jobs.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { continueHighRiskSearch, showHighRiskSearch, startHighRiskSearch } from '../high-risk-contract.ts';
import { findSearch, openHighRiskSearch, readLastSearch, workHighRiskSearch } from './search-high-risk.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

function searchInBackground(
  context: ServerContext,
  actor: Actor,
  input: { searchId: string; today: PlainDate },
): void {
  const { database, clock } = context;
  workInBackground(context, { id: input.searchId, name: 'high-risk search' }, () =>
    workHighRiskSearch(database, actor, { ...input, now: clock }),
  );
}

export const highRiskRoutes = [
  defineRoute({
    ...startHighRiskSearch,
    summary: '从档案识别高危人群',
    action: 'campaigns.manage',
    async handle({ actor, body, now, today }, context) {
      const { searchId } = body;
      const opened = await onceOnly(
        context.database,
        actor,
        { operationId: body.operationId, kind: 'high-risk.find', body, now },
        (tx) => openHighRiskSearch(tx, actor, { searchId, now }),
      );
      if (!('problem' in opened)) searchInBackground(context, actor, { searchId, today });
      return opened;
    },
  }),
  defineRoute({
    ...continueHighRiskSearch,
    summary: '继续识别高危人群',
    action: 'campaigns.manage',
    async handle({ actor, params, today }, context) {
      const { searchId } = params;
      const found = await withScope(context.database, scopeOf(actor), (tx) =>
        findSearch(tx, actor, searchId),
      );
      if (!found) return refused('not-found');
      searchInBackground(context, actor, { searchId, today });
      return { searchId };
    },
  }),
  defineRoute({
    ...showHighRiskSearch,
    summary: '最近一次高危识别',
    action: 'campaigns.manage',
    handle: ({ actor }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readLastSearch(database, tx, actor)),
  }),
];
