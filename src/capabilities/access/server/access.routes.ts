import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { countyWide } from '#platform/server/auth/county-wide.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import * as contract from '../contract.ts';
import { readEmergencyAccesses } from './list-emergency-accesses.ts';
import { insertEmergencyAccess } from './open-emergency-access.ts';
import { noteLogReading, readAccessLog } from './read-access-log.ts';
import { readSummaryOfEmergency } from './read-emergency-summary.ts';
import { reviewAccess } from './review-emergency-access.ts';

const scopeOf = (actor: { countyId: string; scopePath: Parameters<typeof withScope>[1]['path'] }) => ({
  countyId: actor.countyId,
  path: actor.scopePath,
});

export const accessRoutes = [
  defineRoute({
    ...contract.openEmergencyAccess,
    summary: '发起紧急查阅',
    action: 'emergency-access.open',
    lookUp: 'identity',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(
        database,
        countyWide(actor),
        { operationId: body.operationId, kind: 'emergency-access.open', body, now },
        (tx) => insertEmergencyAccess(tx, actor, { ...body, now }),
      ),
  }),
  defineRoute({
    ...contract.readEmergencySummary,
    summary: '查看紧急查阅的健康摘要',
    action: 'emergency-access.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, scopeOf(countyWide(actor)), (tx) =>
        readSummaryOfEmergency(tx, actor, { ...params, today, now }),
      ),
  }),
  defineRoute({
    ...contract.listEmergencyAccesses,
    summary: '紧急查阅清单',
    action: 'emergency-access.list',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, scopeOf(query.show === 'mine' ? countyWide(actor) : actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'emergency-access.list', subject: query.show, now });
        return readEmergencyAccesses(tx, actor, { ...query, now });
      }),
  }),
  defineRoute({
    ...contract.reviewEmergencyAccess,
    summary: '复核一次紧急查阅',
    action: 'emergency-access.review',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'emergency-access.review', body: { params, body }, now },
        (tx) => reviewAccess(tx, actor, { ...params, verdict: body.verdict, note: body.note, now }),
      ),
  }),
  defineRoute({
    ...contract.listAccessLog,
    summary: '谁看过这份档案',
    action: 'access-log.read',
    async handle({ actor, params, query, now }, { database }) {
      const { residentId } = params;
      const isKnown = await withScope(database, scopeOf(actor), (tx) =>
        noteLogReading(tx, actor, { residentId, now }),
      );
      if (!isKnown) return refused('not-found');
      return withScope(database, scopeOf(countyWide(actor)), (wide) =>
        readAccessLog(wide, { countyId: actor.countyId, residentId, ...query }),
      );
    },
  }),
];
