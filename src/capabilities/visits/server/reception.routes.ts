import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { consult, listDueReturns } from '../desk-contract.ts';
import {
  arrive,
  callAgain,
  callNext,
  claimSelfTest,
  closeRoom,
  listQueue,
  listSelfTests,
  openRoom,
  showBoard,
  showCentreDay,
  showReception,
  uploadSelfTest,
} from '../reception-contract.ts';
import { arriveAtCentre } from './arrive.ts';
import { callNextVisitor, callVisitorAgain } from './call-visitors.ts';
import { readQueuePage } from './queue-lines.ts';
import { readBoard } from './read-board.ts';
import { readCentreDay } from './read-centre-day.ts';
import { readDueReturns } from './read-due-returns.ts';
import { readReceptionCard } from './read-reception.ts';
import { recordConsultation } from './record-consultation.ts';
import { closeDuty, openDuty } from './rooms.ts';
import { keepSelfTest, readSelfTests, tieSelfTest } from './self-tests.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });

export const receptionRoutes = [
  defineRoute({
    ...showReception,
    summary: '接诊卡',
    action: 'centre.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const card = await readReceptionCard(tx, actor, params.residentId, today);
        if (!card) return refused('not-found');
        await recordAudit(tx, actor, { action: 'reception.open', residentId: params.residentId, now });
        return card;
      }),
  }),
  defineRoute({
    ...arrive,
    summary: '取号',
    action: 'centre.receive',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'visit.arrive', body: { params, body }, now },
        (tx) => arriveAtCentre(tx, actor, { ...body, residentId: params.residentId, today, now }),
      ),
  }),
  defineRoute({
    ...showCentreDay,
    summary: '今天的中心',
    action: 'centre.read',
    handle: ({ actor, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const day = await readCentreDay(tx, actor, today);
        const rows = day.appointments.length + day.referrals.length;
        await recordAudit(tx, actor, { action: 'centre-day.read', detail: { rows }, now });
        return day;
      }),
  }),
  defineRoute({
    ...listQueue,
    summary: '排队',
    action: 'centre.read',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const page = await readQueuePage(tx, actor, { ...query, mine: query.mine === 'true', today });
        const detail = { stage: query.stage, rows: page.items.length };
        await recordAudit(tx, actor, { action: 'queue.list', detail, now });
        return page;
      }),
  }),
  defineRoute({
    ...openRoom,
    summary: '开诊',
    action: 'centre.treat',
    handle: ({ actor, body, now, today }, { database }) =>
      onceOnly(database, actor, { operationId: body.operationId, kind: 'room.open', body, now }, (tx) =>
        openDuty(tx, actor, { ...body, today, now }),
      ),
  }),
  defineRoute({
    ...closeRoom,
    summary: '停诊',
    action: 'centre.treat',
    handle: ({ actor, body, now, today }, { database }) =>
      onceOnly(database, actor, { operationId: body.operationId, kind: 'room.close', body, now }, (tx) =>
        closeDuty(tx, actor, today, now),
      ),
  }),
  defineRoute({
    ...callNext,
    summary: '叫下一位',
    action: 'centre.treat',
    handle: ({ actor, body, now, today }, { database }) =>
      onceOnly(database, actor, { operationId: body.operationId, kind: 'visit.call', body, now }, (tx) =>
        callNextVisitor(tx, actor, today, now),
      ),
  }),
  defineRoute({
    ...callAgain,
    summary: '重叫、过号、离开',
    action: 'centre.walk',
    handle: ({ actor, params, body, now }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'visit.recall', body: { params, body }, now },
        (tx) => callVisitorAgain(tx, actor, { ...body, visitId: params.visitId, now }),
      ),
  }),
  defineRoute({
    ...showBoard,
    summary: '候诊大屏',
    action: 'centre.read',
    handle: ({ actor, now, today }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readBoard(tx, actor, today, now)),
  }),
  defineRoute({
    ...uploadSelfTest,
    summary: '上传自助检测',
    action: 'centre.receive',
    handle: ({ actor, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'self-test.upload', body, now },
        (tx) => keepSelfTest(tx, actor, { ...body, today, now }),
      ),
  }),
  defineRoute({
    ...listSelfTests,
    summary: '未认领的自助检测',
    action: 'centre.receive',
    handle: ({ actor, query }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readSelfTests(tx, actor, query)),
  }),
  defineRoute({
    ...claimSelfTest,
    summary: '认领自助检测',
    action: 'centre.receive',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'self-test.claim', body: { params, body }, now },
        (tx) => tieSelfTest(tx, actor, { ...body, selfTestId: params.selfTestId, today, now }),
      ),
  }),
  defineRoute({
    ...consult,
    summary: '健康咨询与科普',
    action: 'centre.receive',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'visit.consult', body: { params, body }, now },
        (tx) => recordConsultation(tx, actor, { ...body, residentId: params.residentId, today, now }),
      ),
  }),
  defineRoute({
    ...listDueReturns,
    summary: '应复诊未来',
    action: 'centre.read',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'visit.list-due', now });
        return readDueReturns(tx, actor, { ...query, today });
      }),
  }),
];
