import { withScope } from '#platform/server/database/with-scope.ts';
import { type AnyRoute, defineRoute } from '#platform/server/http/define-route.ts';
import { certifySigningKey } from '../signing-contract.ts';
import { issueSigningCertificate } from './issue-signing-certificate.ts';

/** The call by which a phone gets what it signs summaries with. */
export const signingRoutes: readonly AnyRoute[] = [
  defineRoute({
    ...certifySigningKey,
    summary: '为手机签发摘要签名证书，并给出本县公钥',
    action: 'field.sync',
    handle: ({ body, actor, today, now }, { database, keys }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        issueSigningCertificate(tx, actor, keys, { ...body, today, now }),
      ),
  }),
];
