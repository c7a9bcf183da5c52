import { isWithin, orgPath } from '#kernel/org-path.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { countyWide } from '#platform/server/auth/county-wide.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { type AnyRoute, defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import * as contract from '../merge-contract.ts';
import { dismissPair, readDuplicates, scanDuplicates } from './find-duplicates.ts';
import { insertProposal, readPair } from './merge-people.ts';
import { mergeRecords } from './merge-records.ts';
import { declineMerge, readMerge, readMerges } from './read-merges.ts';
import { unmergeRecords } from './undo-merge.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

/** Calls of duplicate records: find, compare, propose, confirm, undo. */
export const mergeRoutes = (tables: readonly ResidentTable[]): AnyRoute[] => [
  defineRoute({
    ...contract.findDuplicates,
    summary: '查找疑似重复档案',
    action: 'duplicates.settle',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'duplicates.find', body, now },
        async (tx) => {
          const place = await tx
            .selectFrom('organization')
            .select('scope_path')
            .where('county_id', '=', actor.countyId)
            .where('id', '=', body.organizationId ?? actor.organizationId)
            .executeTakeFirst();
          if (!place || !isWithin(orgPath(place.scope_path), actor.scopePath)) return refused('not-found');
          return scanDuplicates(tx, actor, { scopePath: place.scope_path, now });
        },
      ),
  }),
  defineRoute({
    ...contract.listDuplicates,
    summary: '疑似重复列表',
    action: 'duplicates.settle',
    handle: ({ actor, query, today, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'duplicates.list', now });
        return readDuplicates(tx, actor, { ...query, today });
      }),
  }),
  defineRoute({
    ...contract.dismissDuplicate,
    summary: '判为不同的人',
    action: 'duplicates.settle',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'duplicates.dismiss', body, now },
        (tx) => dismissPair(tx, actor, { ...body, now }),
      ),
  }),
  defineRoute({
    ...contract.compareRecords,
    summary: '两份档案并排比较',
    action: 'duplicates.settle',
    handle: ({ actor, query, today, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        for (const residentId of [query.first, query.second])
          await recordAudit(tx, actor, { action: 'duplicates.compare', residentId, now });
        return readPair(tx, actor.countyId, tables, { ...query, today });
      }),
  }),
  defineRoute({
    ...contract.proposeMerge,
    summary: '提出合并',
    action: 'merges.settle',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'record.merge-propose', body, now },
        (tx) => insertProposal(tx, actor, { ...body, now }),
      ),
  }),
  defineRoute({
    ...contract.listMerges,
    summary: '合并记录',
    action: 'merges.settle',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'record.list-merges', now });
        return readMerges(tx, actor, query);
      }),
  }),
  defineRoute({
    ...contract.showMerge,
    summary: '一次合并及其后的新记录',
    action: 'merges.settle',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const found = await readMerge(tx, actor, tables, params.mergeId);
        if (!found) return refused('not-found');
        await recordAudit(tx, actor, {
          action: 'record.read-merge',
          residentId: found.merge.keptId,
          subject: params.mergeId,
          now,
        });
        return found;
      }),
  }),
  defineRoute({
    ...contract.decideMerge,
    summary: '确认或不同意合并',
    action: 'merges.settle',
    handle: ({ actor, params, body, today, now }, { database }) =>
      onceOnly(
        database,
        countyWide(actor),
        { operationId: body.operationId, kind: 'record.merge-decide', body: { params, body }, now },
        (tx) =>
          body.accept
            ? mergeRecords(tx, actor, tables, { ...params, today, now })
            : declineMerge(tx, actor, { ...params, now }),
      ),
  }),
  defineRoute({
    ...contract.undoMerge,
    summary: '撤回合并',
    action: 'merges.settle',
    handle: ({ actor, params, body, today, now }, { database }) =>
      onceOnly(
        database,
        countyWide(actor),
        { operationId: body.operationId, kind: 'record.merge-undo', body: { params, body }, now },
        (tx) => unmergeRecords(tx, actor, tables, { ...params, ...body, today, now }),
      ),
  }),
];
