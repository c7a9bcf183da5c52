import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { loadAssessmentRecord, patientRecordSchema } from '../contract.ts';
import { loadPatientRecord } from './load-patient-record.ts';

export const assessmentRoutes = [
  defineRoute({
    ...loadAssessmentRecord,
    summary: '病情评估资料',
    action: 'assessment.read',
    handle: ({ actor, params, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const record = await loadPatientRecord(tx, {
          countyId: actor.countyId,
          residentId: params.residentId,
          today,
        });
        if (!record) return refused('not-found');
        await recordAudit(tx, actor, { action: 'assessment.read', residentId: params.residentId, now });
        return { today, record: patientRecordSchema.parse(record) };
      }),
  }),
];
