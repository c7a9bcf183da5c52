import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { giveFamilyConsent, revokeFamilyConsent, showFamilyConsent } from '../consent-contract.ts';
import { readFamilyConsent, revokeConsent, writeFamilyConsent } from './family-consent.ts';

export const consentRoutes = [
  defineRoute({
    ...showFamilyConsent,
    summary: '家庭健康提示',
    action: 'screenings.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const { residentId } = params;
        const found = await readFamilyConsent(tx, actor, { residentId, today });
        if (!found) return refused('not-found');
        await recordAudit(tx, actor, { action: 'family-consent.read', residentId, now });
        return found;
      }),
  }),
  defineRoute({
    ...giveFamilyConsent,
    summary: '登记家庭健康提示的同意',
    action: 'screenings.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'family-consent.give', body: { params, body }, now },
        (tx) => writeFamilyConsent(tx, actor, { ...body, residentId: params.residentId, today, now }),
      ),
  }),
  defineRoute({
    ...revokeFamilyConsent,
    summary: '撤回家庭健康提示的同意',
    action: 'screenings.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'family-consent.revoke', body: { params, body }, now },
        (tx) => revokeConsent(tx, actor, { ...body, consentId: params.consentId, today, now }),
      ),
  }),
];
