import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { verifyAudit } from '#platform/server/audit/verify-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import * as contract from '../audit-contract.ts';
import { readAuditState, readAuditTrail } from './read-audit-trail.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });
/** Seals one check from the screen goes through; the whole trail is checked at the machine. */
const sealsAtOnce = 500;

/** What the audit administrator may: look at the trail and check it. Nothing here writes in it but the look itself. */
export const auditRoutes = [
  defineRoute({
    ...contract.listAuditTrail,
    summary: '查阅审计记录',
    action: 'audit.read',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const page = await readAuditTrail(tx, actor.countyId, query);
        const { group, from, through, refusedOnly } = query;
        const detail = { group, from, through, refusedOnly, rows: page.items.length };
        await recordAudit(tx, actor, { action: 'audit-trail.list', subject: query.username, detail, now });
        return page;
      }),
  }),
  defineRoute({
    ...contract.showAuditState,
    summary: '审计记录的封存状况',
    action: 'audit.read',
    handle: ({ actor }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readAuditState(tx, actor.countyId)),
  }),
  defineRoute({
    ...contract.checkAuditTrail,
    summary: '核对审计记录',
    action: 'audit.read',
    async handle({ actor, now }, { database, keys }) {
      const found = await verifyAudit(database, { countyId: actor.countyId, keys, lastSeals: sealsAtOnce });
      const { seals, rows, unsealed, findings } = found;
      await withScope(database, scopeOf(actor), (tx) =>
        recordAudit(tx, actor, {
          action: 'audit-trail.check',
          detail: { seals, rows, findings: findings.length },
          now,
        }),
      );
      return { seals, rows, unsealed, findings: findings.slice(0, 20) };
    },
  }),
];
