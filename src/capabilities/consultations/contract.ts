import { z } from 'zod';
import { stepOf, summarySchema } from '#capabilities/referrals/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { filledText, idSchema, nameOf, pageOf, pageSchema, textSchema } from '#standards/wire-schemas.ts';
import {
  consultationDeedNames,
  consultationModes,
  consultationStates,
  consultationUrgencies,
  plainConsultationDeeds,
} from './domain/consultation-states.ts';

const state = nameOf(consultationStates);
const urgency = nameOf(consultationUrgencies);
const mode = nameOf(consultationModes);
const side = z.enum(['asked', 'asking']);
const ofConsultation = z.strictObject({ consultationId: idSchema() });
const moved = z.object({ version: z.int(), state });

const lineSchema = z.object({
  id: z.string(),
  residentId: z.string(),
  /** Whether the person's record lies in one's own part of the county. */
  mayOpenRecord: z.boolean(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int().nullable(),
  fromName: z.string(),
  toName: z.string(),
  toDepartment: z.string(),
  urgency,
  reason: z.string(),
  state,
  requestedAt: z.string(),
  requestedByName: z.string(),
  answerDueAt: z.string(),
  /** No opinion yet, and the time is over. */
  isLate: z.boolean(),
  opinion: z.object({ opinion: z.string(), doctors: z.string(), mode, on: z.string() }).nullable(),
  /** The sheet it was filed as. */
  recordId: z.string().nullable(),
  steps: z.array(stepOf(state)),
  /** What this house may do with it. */
  deeds: z.array(z.enum(consultationDeedNames)),
  version: z.int(),
});
export type ConsultationLine = z.infer<typeof lineSchema>;
const page = pageOf(lineSchema);

/** 请会诊：在居民页面向上级医院、别的卫生院，或本中心别的科室申请。 */
export const askConsultation = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/consultation-requests',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    consultationId: idSchema(),
    toOrganizationId: idSchema(),
    toDepartment: filledText(60, '请填写请哪个科室会诊。'),
    urgency,
    reason: filledText(1000, '请写明会诊原因和想问的问题。'),
  }),
  response: z.object({ consultationId: z.string() }),
});

/** 本机构收到的或申请的会诊：未完的急的在前，完了的新的在前。 */
export const listConsultations = endpoint({
  method: 'GET',
  path: '/api/consultations',
  query: z.strictObject({ side, part: z.enum(['open', 'done']).default('open'), ...pageSchema(50) }),
  response: page,
});

/** 居民的会诊，新的在前。 */
export const listResidentConsultations = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/consultation-requests',
  params: z.strictObject({ residentId: idSchema() }),
  query: z.strictObject({ ...pageSchema(20) }),
  response: page,
});

/** 收到的有多少待答复、已超时，申请的有多少已有意见或被退回。 */
export const countConsultations = endpoint({
  method: 'GET',
  path: '/api/consultation-counts',
  response: z.object({
    unanswered: z.int(),
    late: z.int(),
    answered: z.int(),
    declined: z.int(),
  }),
});
export type ConsultationCounts = z.infer<typeof countConsultations.response>;

/** 一份会诊与申请时的病情摘要。 */
export const showConsultation = endpoint({
  method: 'GET',
  path: '/api/consultations/:consultationId',
  params: ofConsultation,
  response: lineSchema.extend({
    summary: summarySchema,
    /** Until when the house that is asked sees it. */
    receiverUntil: z.string(),
  }),
});

/** 受理、退回、撤回。 */
export const stepConsultation = endpoint({
  method: 'POST',
  path: '/api/consultations/:consultationId/steps',
  params: ofConsultation,
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    deed: z.enum(plainConsultationDeeds),
    note: textSchema(300).default(''),
  }),
  response: moved,
});

/** 会诊意见：由受邀机构里申请人以外的医生写。 */
export const answerConsultation = endpoint({
  method: 'POST',
  path: '/api/consultations/:consultationId/opinion',
  params: ofConsultation,
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    opinion: filledText(2000, '请填写会诊意见。'),
    doctors: filledText(100, '请填写会诊医生。'),
    mode,
  }),
  response: moved,
});

/** 申请机构的责任医生看过意见，存入居民的会诊记录表。 */
export const fileConsultation = endpoint({
  method: 'POST',
  path: '/api/consultations/:consultationId/record',
  params: ofConsultation,
  body: z.strictObject({ operationId: idSchema(), version: z.int().min(1), recordId: idSchema() }),
  response: moved.extend({ recordId: z.string() }),
});
