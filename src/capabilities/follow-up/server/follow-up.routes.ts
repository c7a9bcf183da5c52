import { findCountedOrganization } from '#capabilities/indicators/server/public.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  closeTask,
  correctFollowUp,
  listFollowUps,
  listWorklist,
  prepareFollowUp,
  prepareVisit,
  recordFollowUp,
  recordVisit,
  showFollowUp,
} from '../contract.ts';
import { followUpFormOf } from '../domain/follow-up-programs.ts';
import { closeTaskWithoutVisit } from './close-task.ts';
import { correctFollowUpSheet } from './correct-follow-up.ts';
import { countWorklist, readWorklistPage } from './list-worklist.ts';
import { readFollowUpStart, readVisitStart } from './prepare-follow-up.ts';
import { readFollowUpPage, readFollowUpRecord } from './read-follow-up-records.ts';
import { storyOf, storyStatements } from './read-story.ts';
import { recordFollowUpSheet, recordVisitSheets } from './record-follow-up.ts';

export const followUpRoutes = [
  defineRoute({
    ...prepareFollowUp,
    summary: '打开随访表',
    action: 'follow-ups.write',
    sessionRidesAlong: true,
    handle: ({ actor, params, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const { residentId } = params;
        const start = await readFollowUpStart(tx, actor, { residentId, ...query, today });
        if (!('kind' in start))
          await recordAudit(tx, actor, { action: 'follow-up.prepare', residentId, now });
        return start;
      }),
  }),
  defineRoute({
    ...recordFollowUp,
    summary: '保存随访',
    action: 'follow-ups.write',
    sessionRidesAlong: true,
    handle: ({ actor, body, now, today }, { database }) => {
      const { confirmed, ...answered } = body;
      const sheet = { ...answered, visitId: body.recordId, today, now };
      return onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'follow-up.record', body, now },
        (tx, read) => recordFollowUpSheet(tx, actor, sheet, confirmed, storyOf(sheet, read)),
        storyStatements(actor, sheet),
      );
    },
  }),
  defineRoute({
    ...prepareVisit,
    summary: '打开合并随访',
    action: 'visits.combine',
    sessionRidesAlong: true,
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const { residentId } = params;
        const start = await readVisitStart(tx, actor, { residentId, today });
        if (!('kind' in start))
          await recordAudit(tx, actor, { action: 'follow-up.prepare', residentId, now });
        return start;
      }),
  }),
  defineRoute({
    ...recordVisit,
    summary: '保存合并随访',
    action: 'visits.combine',
    sessionRidesAlong: true,
    handle: ({ actor, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'visit.record', body, now },
        async (tx) => {
          const { sheets, confirmed, ...visit } = body;
          const each = sheets.map((sheet) => ({ ...visit, ...sheet, today, now }));
          const outcomes = await recordVisitSheets(tx, actor, each, confirmed);
          return 'kind' in outcomes ? outcomes : { visitId: body.visitId, sheets: outcomes };
        },
      ),
  }),
  defineRoute({
    ...correctFollowUp,
    summary: '更正随访',
    action: 'follow-ups.write',
    sessionRidesAlong: true,
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'follow-up.correct', body: { params, body }, now },
        (tx) => correctFollowUpSheet(tx, actor, { ...body, supersedesId: params.recordId, today, now }),
      ),
  }),
  defineRoute({
    ...showFollowUp,
    summary: '打开一张随访表',
    action: 'follow-ups.read',
    sessionRidesAlong: true,
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const record = await readFollowUpRecord(tx, actor.countyId, params.recordId);
        if (!record) return refused('not-found');
        const { residentId, ...shown } = record;
        await recordAudit(tx, actor, { action: 'follow-up.read', residentId, subject: params.recordId, now });
        return shown;
      }),
  }),
  defineRoute({
    ...listFollowUps,
    summary: '随访记录',
    action: 'follow-ups.read',
    sessionRidesAlong: true,
    handle: ({ actor, params, query, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        await recordAudit(tx, actor, { action: 'follow-up.read', residentId: params.residentId, now });
        return readFollowUpPage(tx, {
          countyId: actor.countyId,
          residentId: params.residentId,
          form: followUpFormOf(query.program),
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
    action: 'worklist.read',
    sessionRidesAlong: true,
    handle: ({ actor, query, now, today }, { database }) =>
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
        await recordAudit(tx, actor, {
          action: 'worklist.list',
          subject: organization.id,
          detail: { bucket: query.bucket, rows: page.items.length },
          now,
        });
        return { asOf: today, scopeName: organization.name, counts, ...page };
      }),
  }),
  defineRoute({
    ...closeTask,
    summary: '未随访关闭任务',
    action: 'follow-ups.write',
    sessionRidesAlong: true,
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
