import { plainDate } from '#kernel/plain-date.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { closeEnrollment, enrollResident } from '../contract.ts';
import { endEnrollment } from './close-enrollment.ts';
import { openEnrollment } from './enroll-resident.ts';

export const enrollmentRoutes = [
  defineRoute({
    ...enrollResident,
    summary: '纳入管理',
    action: 'enrollments.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'enrollment.open', body: { params, body }, now },
        (tx) =>
          openEnrollment(tx, actor, {
            residentId: params.residentId,
            enrollmentId: body.enrollmentId,
            program: body.program,
            enrolledOn: plainDate(body.enrolledOn),
            diagnosedOn: body.diagnosedOn,
            today,
            now,
          }),
      ),
  }),
  defineRoute({
    ...closeEnrollment,
    summary: '结案',
    action: 'enrollments.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'enrollment.close', body: { params, body }, now },
        (tx) =>
          endEnrollment(tx, actor, {
            enrollmentId: params.enrollmentId,
            version: body.version,
            closedOn: plainDate(body.closedOn),
            reason: body.reason,
            note: body.note,
            reviewOn: body.reviewOn === undefined ? undefined : plainDate(body.reviewOn),
            writtenOn: today,
            today,
            now,
          }),
      ),
  }),
];
