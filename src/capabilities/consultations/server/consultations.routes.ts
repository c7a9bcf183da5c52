import { inHouse, inOwnHouse } from '#capabilities/referrals/server/public.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { asOf } from '#platform/server/database/as-of.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import {
  answerConsultation,
  askConsultation,
  countConsultations,
  fileConsultation,
  listConsultations,
  listResidentConsultations,
  showConsultation,
  stepConsultation,
} from '../contract.ts';
import { askForConsultation } from './ask-consultation.ts';
import { fileAsRecord } from './file-as-record.ts';
import {
  readConsultation,
  readConsultationCounts,
  readConsultations,
  readResidentConsultations,
} from './read-consultations.ts';
import { takeConsultationStep } from './take-consultation-step.ts';

export const consultationRoutes = [
  defineRoute({
    ...askConsultation,
    summary: '请会诊',
    action: 'consultations.ask',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'consultation.ask', body: { params, body }, now },
        (tx) => askForConsultation(tx, actor, { ...body, ...params, today, now }),
      ),
  }),
  defineRoute({
    ...listConsultations,
    summary: '收到的与申请的会诊',
    action: 'consultations.read',
    handle: ({ actor, query, now, today }, { database }) =>
      inHouse(database, actor, now, async (tx) => {
        const page = await readConsultations(tx, actor, { ...query, today, now });
        const detail = { side: query.side, rows: page.items.length };
        await recordAudit(tx, actor, { action: 'consultation.list', detail, now });
        return page;
      }),
  }),
  defineRoute({
    ...countConsultations,
    summary: '待答复的会诊数',
    action: 'consultations.read',
    handle: ({ actor, now }, { database }) =>
      inHouse(database, actor, now, (tx) => readConsultationCounts(tx, actor, now)),
  }),
  defineRoute({
    ...showConsultation,
    summary: '一份会诊',
    action: 'consultations.read',
    handle: ({ actor, params, now, today }, { database }) =>
      inHouse(database, actor, now, async (tx) => {
        const found = await readConsultation(tx, actor, params.consultationId, { today, now });
        if (!found) return refused('not-found');
        const { residentId, id: subject } = found;
        await recordAudit(tx, actor, { action: 'consultation.open', residentId, subject, now });
        return found;
      }),
  }),
  defineRoute({
    ...stepConsultation,
    summary: '受理、退回、撤回会诊',
    action: 'consultations.step',
    handle: ({ actor, params, body, now, today }, { database }) => {
      const house = inOwnHouse(actor);
      return onceOnly(
        database,
        house,
        { operationId: body.operationId, kind: 'consultation.step', body: { params, body }, now },
        (tx) => takeConsultationStep(tx, house, { ...body, ...params, today, now }),
        [asOf(now)],
      );
    },
  }),
  defineRoute({
    ...answerConsultation,
    summary: '写会诊意见',
    action: 'consultations.answer',
    handle: ({ actor, params, body, now, today }, { database }) => {
      const house = inOwnHouse(actor);
      const { operationId, version, mode } = body;
      const opinion = {
        opinion: body.opinion.trim(),
        doctors: body.doctors.trim(),
        mode,
        on: dayInChina(now),
      };
      return onceOnly(
        database,
        house,
        { operationId, kind: 'consultation.answer', body: { params, body }, now },
        (tx) =>
          takeConsultationStep(tx, house, {
            ...params,
            operationId,
            version,
            deed: 'answer',
            note: '',
            opinion,
            today,
            now,
          }),
        [asOf(now)],
      );
    },
  }),
  defineRoute({
    ...fileConsultation,
    summary: '存入会诊记录表',
    action: 'consultations.file',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'consultation.file', body: { params, body }, now },
        (tx) => fileAsRecord(tx, actor, { ...body, ...params, today, now }),
        [asOf(now)],
      ),
  }),
  defineRoute({
    ...listResidentConsultations,
    summary: '居民的会诊',
    action: 'consultations.read',
    handle: ({ actor, params, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const { residentId } = params;
        await recordAudit(tx, actor, { action: 'consultation.list', residentId, now });
        return readResidentConsultations(tx, actor, residentId, { ...query, today, now });
      }),
  }),
];
