import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  changeFlowSettings,
  evaluateEffect,
  finishVisit,
  listVisits,
  moveVisit,
  recordDiagnosis,
  recordFindings,
  referResident,
  requestReferral,
  showFlowSettings,
  showVisit,
} from '../contract.ts';
import { listPlans, showPlan, writePlan } from '../plan-contract.ts';
import { evaluateVisitEffect } from './evaluate-effect.ts';
import { endVisit } from './finish-visit.ts';
import { readFlowSettings, writeFlowSettings } from './flow-settings.ts';
import { moveVisitTo } from './move-visit.ts';
import { readPlan, readPlanPage } from './read-plans.ts';
import { readVisit, readVisitPage } from './read-visit.ts';
import { decideDiagnosis } from './record-diagnosis.ts';
import { writeFindings } from './record-findings.ts';
import { referResident as referFromPage } from './refer-resident.ts';
import { askForReferral } from './request-referral.ts';
import { writeCarePlan } from './write-plan.ts';

const scopeOf = (actor: Actor) => ({ countyId: actor.countyId, path: actor.scopePath });
export const visitRoutes = [
  defineRoute({
    ...showVisit,
    summary: '一次就诊',
    action: 'visits.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const visit = await readVisit(tx, actor.countyId, params.visitId, today);
        if (!visit) return refused('not-found');
        await recordAudit(tx, actor, {
          action: 'visit.open',
          residentId: visit.residentId,
          subject: visit.visitId,
          now,
        });
        return visit;
      }),
  }),
  defineRoute({
    ...listVisits,
    summary: '居民的就诊',
    action: 'visits.read',
    handle: ({ actor, params, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'visit.list', residentId: params.residentId, now });
        return readVisitPage(tx, actor.countyId, params.residentId, query);
      }),
  }),
  defineRoute({
    ...moveVisit,
    summary: '走到下一环节',
    action: 'centre.walk',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'visit.move', body: { params, body }, now },
        (tx) => moveVisitTo(tx, actor, { ...body, visitId: params.visitId, today, now }),
      ),
  }),
  defineRoute({
    ...recordFindings,
    summary: '病史、检查与结果',
    action: 'centre.walk',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'visit.findings', body: { params, body }, now },
        (tx) => writeFindings(tx, actor, { ...body, visitId: params.visitId, today, now }),
      ),
  }),
  defineRoute({
    ...recordDiagnosis,
    summary: '诊断',
    action: 'centre.treat',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'visit.diagnosis', body: { params, body }, now },
        (tx) => decideDiagnosis(tx, actor, { ...body, visitId: params.visitId, today, now }),
      ),
  }),
  defineRoute({
    ...requestReferral,
    summary: '初步处理并申请转诊',
    action: 'centre.treat',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'referral.request', body: { params, body }, now },
        (tx) => askForReferral(tx, actor, { ...body, visitId: params.visitId, today, now }),
      ),
  }),
  defineRoute({
    ...referResident,
    summary: '在居民页面发起转诊',
    action: 'referrals.send',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'referral.send', body: { params, body }, now },
        (tx) => referFromPage(tx, actor, { ...body, residentId: params.residentId, today, now }),
      ),
  }),
  defineRoute({
    ...writePlan,
    summary: '制定方案',
    action: 'centre.treat',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'plan.write', body: { params, body }, now },
        (tx) => writeCarePlan(tx, actor, { ...body, visitId: params.visitId, today, now }),
      ),
  }),
  defineRoute({
    ...evaluateEffect,
    summary: '效果评估',
    action: 'centre.treat',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'visit.effect', body: { params, body }, now },
        (tx) => evaluateVisitEffect(tx, actor, { ...body, visitId: params.visitId, today, now }),
      ),
  }),
  defineRoute({
    ...finishVisit,
    summary: '结束就诊',
    action: 'centre.walk',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'visit.finish', body: { params, body }, now },
        (tx) => endVisit(tx, actor, { ...body, visitId: params.visitId, today, now }),
      ),
  }),
  defineRoute({
    ...listPlans,
    summary: '管理方案各版',
    action: 'visits.read',
    handle: ({ actor, params, query, now }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        await recordAudit(tx, actor, { action: 'plan.list', residentId: params.residentId, now });
        return readPlanPage(tx, actor.countyId, params.residentId, query);
      }),
  }),
  defineRoute({
    ...showPlan,
    summary: '健康处方',
    action: 'visits.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, scopeOf(actor), async (tx) => {
        const plan = await readPlan(tx, actor.countyId, params.planId, today);
        if (!plan) return refused('not-found');
        await recordAudit(tx, actor, {
          action: 'plan.open',
          residentId: plan.residentId,
          subject: plan.planId,
          now,
        });
        return plan;
      }),
  }),
  defineRoute({
    ...showFlowSettings,
    summary: '服务流程设置',
    action: 'service-flow.read',
    handle: ({ actor }, { database }) =>
      withScope(database, scopeOf(actor), (tx) => readFlowSettings(tx, actor.countyId)),
  }),
  defineRoute({
    ...changeFlowSettings,
    summary: '修改服务流程设置',
    action: 'county-settings.change',
    handle: ({ actor, body, now }, { database }) =>
      onceOnly(database, actor, { operationId: body.operationId, kind: 'setting.change', body, now }, (tx) =>
        writeFlowSettings(tx, actor, { settings: body.settings, seen: body.seen, now }),
      ),
  }),
];
