import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute, type ServerContext } from '#platform/server/http/define-route.ts';
import { workInBackground } from '#platform/server/jobs/batch-jobs.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  cancelGrading,
  changeCountySetting,
  confirmGrading,
  continueGrading,
  gradeResident,
  listCutOffBatches,
  listGradedPeople,
  listGradingBatches,
  listGradingChanges,
  prepareGrading,
  showCountySettings,
  showGrades,
  showGrading,
  showGradingBatch,
} from '../grading-contract.ts';
import { readCountySettings, writeCountySetting } from './county-settings.ts';
import { gradeOne, readGrades } from './grade-resident.ts';
import { readDistribution, readGradedPeople } from './read-grading.ts';
import { readBatch, readBatches, readChanges, readCutOffBatches } from './read-grading-batches.ts';
import { cancelBatch, confirmBatch, draftBatch, workBatch } from './run-grading-batch.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

function workBatchInBackground(context: ServerContext, actor: Actor, batchId: string, jobId: string): void {
  const { database, clock } = context;
  workInBackground(context, { id: jobId, name: 'grading' }, () =>
    workBatch(database, actor, { batchId, now: clock }),
  );
}

export const gradingRoutes = [
  defineRoute({
    ...showGrades,
    summary: '一人的分级分标',
    action: 'grades.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const grades = await readGrades(tx, actor, { residentId: params.residentId, today });
        if (!grades) return refused('not-found');
        await recordAudit(tx, actor, { action: 'grade.read', residentId: params.residentId, now });
        return grades;
      }),
  }),
  defineRoute({
    ...gradeResident,
    summary: '评定一人的分级分标',
    action: 'grades.decide',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'grade.assess', body: { params, body }, now },
        (tx) => gradeOne(tx, actor, { ...body, residentId: params.residentId, today, now }),
      ),
  }),
  defineRoute({
    ...showGrading,
    summary: '分级分布',
    action: 'grades.read',
    handle: ({ actor, query, today }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readDistribution(tx, actor, { ...query, today })),
  }),
  defineRoute({
    ...listGradedPeople,
    summary: '分级名单',
    action: 'grades.read',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'grade.list', subject: query.which, now });
        return readGradedPeople(tx, actor, { ...query, today });
      }),
  }),
  defineRoute({
    ...prepareGrading,
    summary: '预览批量评定',
    action: 'grades.decide',
    async handle({ actor, body, now, today }, context) {
      const drafted = await onceOnly(
        context.database,
        actor,
        { operationId: body.operationId, kind: 'grading.prepare', body, now },
        (tx) => draftBatch(tx, actor, { ...body, today, now }),
      );
      if (!('problem' in drafted)) workBatchInBackground(context, actor, body.batchId, body.batchId);
      return drafted;
    },
  }),
  defineRoute({
    ...listGradingBatches,
    summary: '批量评定列表',
    action: 'grades.read',
    handle: ({ actor, query }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readBatches(tx, actor, query)),
  }),
  defineRoute({
    ...listCutOffBatches,
    summary: '中断的批量评定',
    action: 'grades.read',
    handle: ({ actor }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readCutOffBatches(database, tx, actor)),
  }),
  defineRoute({
    ...showGradingBatch,
    summary: '批量评定进度',
    action: 'grades.read',
    handle: ({ actor, params }, { database }) =>
      withScope(
        database,
        scopeOf(actor),
        async (tx) => (await readBatch(database, tx, actor, params.batchId)) ?? refused('not-found'),
      ),
  }),
  defineRoute({
    ...listGradingChanges,
    summary: '批量评定的变化名单',
    action: 'grades.read',
    handle: ({ actor, params, query, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'grading.people', subject: params.batchId, now });
        return readChanges(tx, actor, { ...params, ...query, today });
      }),
  }),
  defineRoute({
    ...confirmGrading,
    summary: '确认批量评定',
    action: 'grades.decide',
    async handle({ actor, params, body, now }, context) {
      const confirmed = await onceOnly(
        context.database,
        actor,
        { operationId: body.operationId, kind: 'grading.confirm', body: { params, body }, now },
        (tx) => confirmBatch(tx, actor, { ...params, jobId: body.operationId, now }),
      );
      if (!('problem' in confirmed)) workBatchInBackground(context, actor, params.batchId, body.operationId);
      return confirmed;
    },
  }),
  defineRoute({
    ...continueGrading,
    summary: '继续被中断的批量评定',
    action: 'grades.decide',
    async handle({ actor, params }, context) {
      const { database } = context;
      const batch = await withScope(database, scopeOf(actor), (tx) =>
        readBatch(database, tx, actor, params.batchId),
      );
      if (!batch) return refused('not-found');
      const job = batch.status === 'preparing' ? batch.preview : batch.work;
      if (job?.status === 'working') workBatchInBackground(context, actor, params.batchId, job.id);
      return { batchId: params.batchId };
    },
  }),
  defineRoute({
    ...cancelGrading,
    summary: '取消批量评定',
    action: 'grades.decide',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'grading.cancel', body: { params, body }, now },
        (tx) => cancelBatch(tx, actor, { ...params, now }),
      ),
  }),
  defineRoute({
    ...showCountySettings,
    summary: '县级设置',
    action: 'county-settings.read',
    handle: ({ actor, today }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readCountySettings(tx, actor.countyId, today)),
  }),
  defineRoute({
    ...changeCountySetting,
    summary: '修改县级设置',
    action: 'county-settings.change',
    handle: ({ actor, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'county-setting.change', body, now },
        (tx) => writeCountySetting(tx, actor, { change: body.change, seen: body.seen, today, now }),
      ),
  }),
];
