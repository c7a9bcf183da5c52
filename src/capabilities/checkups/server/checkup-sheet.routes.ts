import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import * as contract from '../contract.ts';
import { confirmHistory, showHistoryProposals } from '../history-contract.ts';
import { appendHistory, readHistoryProposals } from './append-history.ts';
import { fileCheckupSheet } from './file-checkup.ts';
import { bringCheckupYear } from './open-checkup-year.ts';
import { findPlace, readYearPeople, readYearProgress } from './read-checkup-year.ts';
import { endTask, readCheckups, readOpenTasks, readOutcome } from './read-checkups.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

/** Calls of a single checkup, of the year's list and of what follows. */
export const checkupSheetRoutes = [
  defineRoute({
    ...contract.showCheckupYear,
    summary: '年度体检进度',
    action: 'checkups.read',
    async handle({ actor, params, query, today }, { database }) {
      await bringCheckupYear(database, { countyId: actor.countyId, year: params.year, today });
      return withScope(database, scopeOf(actor), async (tx) => {
        const place = await findPlace(tx, actor, query.organizationId);
        return place ? readYearProgress(tx, actor.countyId, place, params.year) : refused('not-found');
      });
    },
  }),
  defineRoute({
    ...contract.listCheckupYear,
    summary: '年度应检名单',
    action: 'checkups.read',
    async handle({ actor, params, query, today, now }, { database }) {
      await bringCheckupYear(database, { countyId: actor.countyId, year: params.year, today });
      return withScope(database, scopeOf(actor), async (tx) => {
        const place = await findPlace(tx, actor, query.organizationId);
        if (!place) return refused('not-found');
        await recordAudit(tx, actor, { action: 'checkup-year.list', subject: place.id, now });
        return readYearPeople(tx, { countyId: actor.countyId, place, year: params.year, ...query, today });
      });
    },
  }),
  defineRoute({
    ...contract.fileCheckup,
    summary: '填写健康体检表',
    action: 'checkups.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'checkup.file', body: { params, body }, now },
        (tx) => fileCheckupSheet(tx, actor, { ...params, ...body, today, now }),
      ),
  }),
  defineRoute({
    ...contract.listCheckups,
    summary: '居民历年健康体检',
    action: 'checkups.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'checkup.list', residentId: params.residentId, now });
        return readCheckups(tx, actor.countyId, params.residentId);
      }),
  }),
  defineRoute({
    ...contract.showCheckupOutcome,
    summary: '体检结论与任务',
    action: 'checkups.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const outcome = await readOutcome(tx, actor.countyId, params.recordId);
        if (!outcome) return refused('not-found');
        const { residentId, recordId } = outcome;
        await recordAudit(tx, actor, { action: 'checkup.read', residentId, subject: recordId, now });
        return outcome;
      }),
  }),
  defineRoute({
    ...showHistoryProposals,
    summary: '体检新发疾病',
    action: 'checkups.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const found = await readHistoryProposals(tx, actor.countyId, params.recordId);
        if (!found) return refused('not-found');
        const { residentId } = found;
        await recordAudit(tx, actor, { action: 'checkup.read', residentId, subject: params.recordId, now });
        return found;
      }),
  }),
  defineRoute({
    ...confirmHistory,
    summary: '体检新发疾病补记既往史',
    action: 'checkups.confirm',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'checkup.history', body: { params, body }, now },
        (tx) => appendHistory(tx, actor, { ...params, ...body, today, now }),
      ),
  }),
  defineRoute({
    ...contract.listCheckupTasks,
    summary: '体检后待办',
    action: 'checkups.read',
    handle: ({ actor, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const place = await findPlace(tx, actor, query.organizationId);
        if (!place) return refused('not-found');
        await recordAudit(tx, actor, { action: 'checkup-task.list', subject: place.id, now });
        return readOpenTasks(tx, { countyId: actor.countyId, scopePath: place.scopePath, ...query });
      }),
  }),
  defineRoute({
    ...contract.closeCheckupTask,
    summary: '办结体检后待办',
    action: 'follow-ups.write',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'checkup-task.close', body: { params, body }, now },
        (tx) => endTask(tx, actor, { ...params, note: body.note, now }),
      ),
  }),
];
