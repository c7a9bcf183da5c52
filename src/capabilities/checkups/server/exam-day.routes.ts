import { workbookLimits } from '#capabilities/exchange/server/public.ts';
import { findIdentityHolders } from '#capabilities/residents/server/public.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import * as contract from '../contract.ts';
import { endExamDay, insertExamDay, readExamDay, readExamDays } from './exam-days.ts';
import { addPeople, identitiesOf } from './exam-people.ts';
import { finishPerson } from './finish-exam-person.ts';
import { importResults, readPeopleLines } from './import-laboratory.ts';
import { findExamResident, readExamPeople, readExamPerson } from './read-exam-people.ts';
import { appendSection } from './save-section.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

/** Calls of an exam day: the day, its people, its stations. */
export const examDayRoutes = [
  defineRoute({
    ...contract.openExamDay,
    summary: '建立体检日',
    action: 'checkups.write',
    handle: ({ actor, body, now, today }, { database }) =>
      onceOnly(database, actor, { operationId: body.operationId, kind: 'exam-day.open', body, now }, (tx) =>
        insertExamDay(tx, actor, { ...body, heldOn: plainDate(body.heldOn), today, now }),
      ),
  }),
  defineRoute({
    ...contract.listExamDays,
    summary: '体检日列表',
    action: 'checkups.read',
    handle: ({ actor, query }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readExamDays(tx, { countyId: actor.countyId, ...query })),
  }),
  defineRoute({
    ...contract.showExamDay,
    summary: '体检日进度',
    action: 'checkups.read',
    handle: ({ actor, params }, { database }) =>
      withScope(
        database,
        scopeOf(actor),
        async (tx) => (await readExamDay(tx, actor.countyId, params.examDayId)) ?? refused('not-found'),
      ),
  }),
  defineRoute({
    ...contract.closeExamDay,
    summary: '结束体检日',
    action: 'checkups.write',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'exam-day.close', body: { params, body }, now },
        (tx) => endExamDay(tx, actor, { ...params, version: body.version, now }),
      ),
  }),
  defineRoute({
    ...contract.addExamPeople,
    summary: '按名单加入受检人',
    action: 'checkups.write',
    async handle({ actor, params, body, now }, { database }) {
      const holders = await findIdentityHolders(database, actor, identitiesOf(body.lines));
      return onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'exam-day.add-people', body: { params, body }, now },
        (tx) => addPeople(tx, actor, { ...params, lines: body.lines, holders, now }),
      );
    },
  }),
  defineRoute({
    ...contract.readPeopleFile,
    summary: '读取受检人名单文件',
    action: 'checkups.write',
    bodyLimitBytes: workbookLimits.uploadBytes,
    handle: ({ body }) => readPeopleLines(body),
  }),
  defineRoute({
    ...contract.listExamPeople,
    summary: '受检人名单与各站进度',
    action: 'checkups.read',
    handle: ({ actor, params, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'exam-day.list-people', subject: params.examDayId, now });
        return readExamPeople(tx, { countyId: actor.countyId, ...params, ...query });
      }),
  }),
  defineRoute({
    ...contract.findExamPerson,
    summary: '按号或条码找受检人',
    action: 'checkups.write',
    handle: ({ actor, params, body, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const residentId = await findExamResident(tx, {
          countyId: actor.countyId,
          ...params,
          text: body.text,
        });
        if (residentId === undefined)
          return refused('not-found', { detail: '本体检日没有这个人；请先加入名单。' });
        const subject = params.examDayId;
        await recordAudit(tx, actor, { action: 'exam-person.find', residentId, subject, now });
        return { residentId };
      }),
  }),
  defineRoute({
    ...contract.openExamPerson,
    summary: '受检人的体检表',
    action: 'checkups.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const held = await readExamPerson(tx, { countyId: actor.countyId, ...params });
        if (!held) return refused('not-found');
        await recordAudit(tx, actor, { action: 'exam-person.open', residentId: params.residentId, now });
        return held;
      }),
  }),
  defineRoute({
    ...contract.saveSection,
    summary: '保存本站录入',
    action: 'checkups.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'exam-person.section', body: { params, body }, now },
        async (tx) => {
          const saved = await appendSection(tx, actor, { ...params, ...body, today, now });
          if ('kind' in saved) return saved;
          await recordAudit(tx, actor, {
            action: 'exam-person.section',
            residentId: params.residentId,
            subject: params.examDayId,
            detail: { station: body.station },
            now,
          });
          return saved;
        },
      ),
  }),
  defineRoute({
    ...contract.importLaboratory,
    summary: '按条码导入化验结果',
    action: 'checkups.write',
    bodyLimitBytes: workbookLimits.uploadBytes,
    handle: ({ actor, params, query, body, now, today }, { database }) =>
      importResults(database, actor, { ...params, operationId: query.operationId, bytes: body, today, now }),
  }),
  defineRoute({
    ...contract.finishExamPerson,
    summary: '完成一人的体检表',
    action: 'checkups.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'exam-person.finish', body: { params, body }, now },
        (tx) => finishPerson(tx, actor, { ...params, ...body, today, now }),
      ),
  }),
];
