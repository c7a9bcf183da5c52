import { findCountedOrganization } from '#capabilities/indicators/server/public.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { clinicalRoles, recordReaderRoles } from '#standards/roles.ts';
import {
  closeTask,
  correctFollowUp,
  listFollowUps,
  listWorklist,
  prepareFollowUp,
  recordFollowUp,
} from '../contract.ts';
import { closeTaskWithoutVisit } from './close-task.ts';
import { correctFollowUpSheet } from './correct-follow-up.ts';
import { countWorklist, readWorklistPage } from './list-worklist.ts';
import { readFollowUpStart } from './prepare-follow-up.ts';
import { readFollowUpPage } from './read-follow-up-records.ts';
import { recordFollowUpSheet } from './record-follow-up.ts';

const formOf = {
  hypertension: 'hypertension-follow-up',
  'type-2-diabetes': 'type-2-diabetes-follow-up',
  copd: 'copd-follow-up',
} as const;

export const followUpRoutes = [
  defineRoute({
    ...prepareFollowUp,
    summary: '打开随访表',
    access: clinicalRoles,
    handle: ({ actor, params, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, (tx) =>
        readFollowUpStart(tx, actor, { residentId: params.residentId, today }),
      ),
  }),
  defineRoute({
    ...recordFollowUp,
    summary: '保存随访',
    access: clinicalRoles,
    handle: ({ actor, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'follow-up.record', body, now },
        (tx) => recordFollowUpSheet(tx, actor, { ...body, today, now }),
      ),
  }),
  defineRoute({
    ...correctFollowUp,
    summary: '更正随访',
    access: clinicalRoles,
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'follow-up.correct', body: { params, body }, now },
        (tx) => correctFollowUpSheet(tx, actor, { ...body, supersedesId: params.recordId, today, now }),
      ),
  }),
  defineRoute({
    ...listFollowUps,
    summary: '随访记录',
    access: recordReaderRoles,
    handle: ({ actor, params, query, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        await recordAudit(tx, actor, { action: 'follow-up.read', residentId: params.residentId, now });
        return readFollowUpPage(tx, {
          countyId: actor.countyId,
          residentId: params.residentId,
          form: formOf[query.program],
          year: query.year,
          includeSuperseded: query.includeSuperseded === 'true',
          cursor: query.cursor,
          limit: query.limit,
        });
      }),
  }),
  defineRoute({
    ...listWorklist,
    summary: '今日工作清单',
    access: 'signed-in',
    handle: ({ actor, query, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const organization = await findCountedOrganization(tx, actor, query.organizationId);
        if (!organization) return refused('not-found');
        const which = { countyId: actor.countyId, path: organization.path, program: query.program, today };
        const counts = await countWorklist(tx, which);
        const page = await readWorklistPage(tx, {
          ...which,
          bucket: query.bucket,
          cursor: query.cursor,
          limit: query.limit,
        });
        return { asOf: today, scopeName: organization.name, counts, ...page };
      }),
  }),
  defineRoute({
    ...closeTask,
    summary: '未随访关闭任务',
    access: clinicalRoles,
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'follow-up-task.close', body: { params, body }, now },
        (tx) =>
          closeTaskWithoutVisit(tx, actor, {
            taskId: params.taskId,
            reason: body.reason,
            note: body.note,
            nextDueOn: plainDate(body.nextDueOn),
            today,
            now,
          }),
      ),
  }),
];
