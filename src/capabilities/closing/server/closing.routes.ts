import { plainDate } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { countyWide } from '#platform/server/auth/county-wide.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { type AnyRoute, defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import * as contract from '../contract.ts';
import { listRefusalsToAsk } from '../refusals-contract.ts';
import { endResidentRecord, insertAttempt, reopenResidentRecord } from './change-status.ts';
import { insertHandover, readHandovers, settleHandover } from './handovers.ts';
import { mergeRoutes } from './merge.routes.ts';
import { readClosing, readTransferSummary } from './read-closing.ts';
import { readRefusalsToAsk } from './read-refusals-to-ask.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

/** Calls by which a record ends, moves, merges and comes back; `tables` is the list of every table about a resident. */
export const closingRoutes = (tables: readonly ResidentTable[]): AnyRoute[] => [
  defineRoute({
    ...contract.showClosing,
    summary: '档案状态的经过',
    action: 'closing.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const found = await readClosing(tx, actor.countyId, params.residentId, today);
        if (!found) return refused('not-found');
        await recordAudit(tx, actor, { action: 'resident.read-closing', residentId: params.residentId, now });
        return found;
      }),
  }),
  defineRoute({
    ...contract.recordAttempt,
    summary: '记一次联系尝试',
    action: 'follow-ups.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'resident.contact-attempt', body: { params, body }, now },
        (tx) => insertAttempt(tx, actor, { ...params, ...body, onDay: plainDate(body.onDay), today, now }),
      ),
  }),
  defineRoute({
    ...contract.endRecord,
    summary: '死亡、迁出、失访、拒绝管理',
    action: 'closing.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'resident.end', body: { params, body }, now },
        (tx) =>
          endResidentRecord(tx, actor, tables, {
            ...params,
            ...body,
            onDay: plainDate(body.onDay),
            reviewOn: body.reviewOn === undefined ? undefined : plainDate(body.reviewOn),
            today,
            now,
          }),
      ),
  }),
  defineRoute({
    ...contract.reopenRecord,
    summary: '撤回状态改变',
    action: 'closing.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'resident.reopen', body: { params, body }, now },
        (tx) => reopenResidentRecord(tx, actor, tables, { ...params, ...body, today, now }),
      ),
  }),
  defineRoute({
    ...listRefusalsToAsk,
    summary: '到了再次征询日期的拒绝管理',
    action: 'closing.read',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'refusal.list', now });
        return readRefusalsToAsk(tx, actor, { ...query, today });
      }),
  }),
  defineRoute({
    ...contract.requestHandover,
    summary: '县内迁移',
    action: 'handovers.answer',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        countyWide(actor),
        { operationId: body.operationId, kind: 'handover.request', body: { params, body }, now },
        (tx) => insertHandover({ tx, actor, tables }, { ...params, ...body, now }),
      ),
  }),
  defineRoute({
    ...contract.listHandovers,
    summary: '迁移交接列表',
    action: 'closing.read',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'handover.list', now });
        return readHandovers(tx, actor, query);
      }),
  }),
  defineRoute({
    ...contract.answerHandover,
    summary: '接收、退回或撤回迁移',
    action: 'handovers.answer',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        countyWide(actor),
        { operationId: body.operationId, kind: 'handover.answer', body: { params, body }, now },
        (tx) => settleHandover({ tx, actor, tables }, { ...params, ...body, now }),
      ),
  }),
  defineRoute({
    ...contract.listReceivers,
    summary: '可接收的村卫生室',
    action: 'handovers.answer',
    handle: ({ actor }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const rows = await tx
          .selectFrom('organization as o')
          .leftJoin('organization as p', (join) =>
            join.onRef('p.county_id', '=', 'o.county_id').onRef('p.id', '=', 'o.parent_id'),
          )
          .select(['o.id', 'o.name', 'p.name as parent_name'])
          .where('o.county_id', '=', actor.countyId)
          .where('o.kind', '=', 'village-clinic')
          .orderBy('o.path')
          .execute();
        return { items: rows.map((row) => ({ id: row.id, name: row.name, parentName: row.parent_name })) };
      }),
  }),
  defineRoute({
    ...contract.showTransferSummary,
    summary: '转出摘要',
    action: 'closing.write',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const found = await readTransferSummary(tx, actor.countyId, params.residentId, today);
        if (!found) return refused('not-found');
        await recordAudit(tx, actor, {
          action: 'resident.transfer-summary',
          residentId: params.residentId,
          now,
        });
        return found;
      }),
  }),
  ...mergeRoutes(tables),
];
