import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { markExport } from '#platform/server/export/mark-export.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import * as contract from '../requests-contract.ts';
import { answerRequest, claimRequest } from './answer-request.ts';
import { copyOfPerson } from './copy-personal-data.ts';
import { insertRequest, readRequests } from './list-requests.ts';

/** What residents ask about their data; the copy holds every table that knows them. */
export const privacyRequestRoutes = (tables: readonly ResidentTable[]) => [
  defineRoute({
    ...contract.recordPrivacyRequest,
    summary: '登记居民请求',
    action: 'consents.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'privacy-request.add', body: { params, body }, now },
        (tx) => insertRequest(tx, actor, { ...body, ...params, today, now }),
      ),
  }),
  defineRoute({
    ...contract.listPrivacyRequests,
    summary: '居民请求',
    action: 'privacy-requests.list',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const page = await readRequests(tx, actor, { ...query, today });
        const detail = { rows: page.items.length };
        await recordAudit(tx, actor, { action: 'privacy-request.list', detail, now });
        return page;
      }),
  }),
  defineRoute({
    ...contract.claimPrivacyRequest,
    summary: '承办居民请求',
    action: 'privacy-requests.answer',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'privacy-request.claim', body: { params, body }, now },
        (tx) => claimRequest(tx, actor, { ...params, now }),
      ),
  }),
  defineRoute({
    ...contract.answerPrivacyRequest,
    summary: '答复居民请求',
    action: 'privacy-requests.answer',
    handle: ({ actor, params, body, now, today }, { database, erasures }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'privacy-request.answer', body: { params, body }, now },
        (tx) => answerRequest(tx, actor, { ...body, ...params, today, now }, erasures),
      ),
  }),
  defineRoute({
    ...contract.copyPersonalData,
    summary: '本人资料副本',
    action: 'privacy-requests.answer',
    file: 'personal-copy',
    async handle({ actor, params, query, now, reply }, { database }) {
      const scope = { countyId: actor.countyId, path: actor.scopePath };
      const found = await withScope(database, scope, (tx) =>
        copyOfPerson(tx, actor, tables, { ...params, now }),
      );
      if (found.kind === 'refused') return found;
      return markExport(database, actor, reply, {
        door: 'personal-copy',
        purpose: query.purpose,
        people: 1,
        residentId: found.residentId,
        subject: params.requestId,
        name: `personal-data-${params.requestId}.json`,
        type: 'application/json; charset=utf-8',
        make: (mark) => Buffer.from(JSON.stringify({ watermark: mark, ...found.copy })),
        now,
      });
    },
  }),
];
