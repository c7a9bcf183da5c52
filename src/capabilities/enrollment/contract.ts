import { z } from 'zod';
import { enrollmentSummarySchema, programSchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, partialDateSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

/** 纳入管理：建立一人一病的专案，并安排首次随访。 */
export const enrollResident = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/enrollments',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    enrollmentId: idSchema(),
    program: programSchema,
    enrolledOn: plainDateSchema(),
    diagnosedOn: partialDateSchema().optional(),
  }),
  response: z.object({ enrollment: enrollmentSummarySchema, firstDueOn: z.string() }),
});

export const closeReasonSchema = z.enum(['dead', 'moved', 'lost', 'refused', 'wrong-diagnosis']);

/** 结案：死亡、迁出、失访、拒绝管理、诊断有误。 */
export const closeEnrollment = endpoint({
  method: 'POST',
  path: '/api/enrollments/:enrollmentId/close',
  params: z.strictObject({ enrollmentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    closedOn: plainDateSchema(),
    reason: closeReasonSchema,
    note: textSchema(200).optional(),
  }),
  response: z.object({ enrollment: enrollmentSummarySchema }),
});
