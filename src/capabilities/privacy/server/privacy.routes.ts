import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import * as contract from '../contract.ts';
import { readConsents } from './read-consents.ts';
import { insertConsent } from './record-consent.ts';

export const privacyRoutes = [
  defineRoute({
    ...contract.listConsents,
    summary: '居民的知情同意',
    action: 'residents.read',
    handle: ({ actor, params, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const consents = await readConsents(tx, actor, { ...params, ...query, today });
        if (!('kind' in consents))
          await recordAudit(tx, actor, { action: 'consent.read', residentId: params.residentId, now });
        return consents;
      }),
  }),
  defineRoute({
    ...contract.recordConsent,
    summary: '登记同意或撤回',
    action: 'consents.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'consent.record', body: { params, body }, now },
        (tx) => insertConsent(tx, actor, { ...body, ...params, today, now }),
      ),
  }),
];
