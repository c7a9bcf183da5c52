import { z } from 'zod';
import { residentSummarySchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';
import { contactMeans, endingKinds } from './domain/closing-words.ts';

const residentParams = z.strictObject({ residentId: idSchema() });
const means = Object.keys(contactMeans) as [keyof typeof contactMeans, ...(keyof typeof contactMeans)[]];

export const statusEventSchema = z.object({
  id: z.string(),
  kind: z.string(),
  onDay: z.string(),
  source: z.string(),
  note: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  undoneBy: z.string().nullable(),
  recordedAt: z.string(),
  recordedByName: z.string(),
});
export type StatusEvent = z.infer<typeof statusEventSchema>;

/** 档案状态的经过与联系尝试，新的在前。 */
export const showClosing = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/closing',
  params: residentParams,
  response: z.object({
    status: z.string(),
    version: z.int(),
    events: z.array(statusEventSchema),
    /** 最近一次联系上本人的日期：此前的联系尝试不再计入失访。 */
    reachedOn: z.string().nullable(),
    attempts: z.array(
      z.object({
        id: z.string(),
        onDay: z.string(),
        means: z.enum(means),
        note: z.string(),
        byName: z.string(),
      }),
    ),
    handover: z
      .object({ id: z.string(), toName: z.string(), requestedAt: z.string(), reason: z.string() })
      .nullable(),
  }),
});

/** 记一次联系尝试。 */
export const recordAttempt = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/contact-attempts',
  params: residentParams,
  body: z.strictObject({
    operationId: idSchema(),
    attemptId: idSchema(),
    onDay: plainDateSchema(),
    means: z.enum(means),
    note: textSchema(200),
  }),
  response: z.object({ attemptId: z.string() }),
});

/** 死亡、迁出本县、失访、拒绝管理。 */
export const endRecord = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/end',
  params: residentParams,
  body: z.strictObject({
    operationId: idSchema(),
    eventId: idSchema(),
    version: z.int().min(1),
    kind: z.enum(endingKinds),
    onDay: plainDateSchema(),
    source: textSchema(60).default(''),
    note: textSchema(200).default(''),
    cause: textSchema(100).optional(),
    destination: textSchema(100).optional(),
    reviewOn: plainDateSchema().optional(),
  }),
  response: z.object({ eventId: z.string(), version: z.int() }),
});

/** 撤回误操作，或失访后回归：结案前的专案、任务、签约等恢复原样（已取消的预约除外）。 */
export const reopenRecord = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/reopen',
  params: residentParams,
  body: z.strictObject({
    operationId: idSchema(),
    eventId: idSchema(),
    version: z.int().min(1),
    undoesId: idSchema(),
    reason: textSchema(200),
  }),
  response: z.object({ eventId: z.string(), version: z.int() }),
});

/** 迁往本县其他村：在本机构范围内立即完成，范围外由对方接收。 */
export const requestHandover = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/handovers',
  params: residentParams,
  body: z.strictObject({
    operationId: idSchema(),
    handoverId: idSchema(),
    toOrganizationId: idSchema(),
    reason: textSchema(200),
  }),
  response: z.object({ handoverId: z.string(), status: z.enum(['pending', 'accepted']) }),
});

export const handoverSchema = z.object({
  id: z.string(),
  residentId: z.string(),
  fromName: z.string(),
  toName: z.string(),
  summary: z.record(z.string(), z.unknown()),
  reason: z.string(),
  status: z.enum(['pending', 'accepted', 'declined', 'withdrawn']),
  answer: z.string().nullable(),
  requestedAt: z.string(),
  requestedByName: z.string(),
  mayAnswer: z.boolean(),
});
export type Handover = z.infer<typeof handoverSchema>;

export const listHandovers = endpoint({
  method: 'GET',
  path: '/api/handovers',
  query: z.strictObject({ side: z.enum(['in', 'out']).default('in'), ...pageSchema(50) }),
  response: z.object({ items: z.array(handoverSchema), nextCursor: z.string().nullable() }),
});

/** 接收、退回（接收方），或撤回（发起方）。 */
export const answerHandover = endpoint({
  method: 'POST',
  path: '/api/handovers/:handoverId/answer',
  params: z.strictObject({ handoverId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    answer: z.enum(['accepted', 'declined', 'withdrawn']),
    note: textSchema(200).default(''),
  }),
  response: z.object({ handoverId: z.string(), residentId: z.string() }),
});

/** 可选的接收机构：全县各村卫生室。 */
export const listReceivers = endpoint({
  method: 'GET',
  path: '/api/handover-receivers',
  response: z.object({
    items: z.array(z.object({ id: z.string(), name: z.string(), parentName: z.string().nullable() })),
  }),
});

/** 转出摘要：打印交给居民或发往接收地。 */
export const showTransferSummary = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/transfer-summary',
  params: residentParams,
  response: z.object({
    person: residentSummarySchema,
    idNo: z.string().nullable(),
    statusOn: z.string().nullable(),
    destination: z.string().nullable(),
    personalInformation: z.record(z.string(), z.unknown()),
    enrollments: z.array(
      z.object({ program: z.string(), enrolledOn: z.string(), diagnosedOn: z.string().nullable() }),
    ),
    lastSheets: z.array(
      z.object({
        form: z.string(),
        formEdition: z.string(),
        occurredOn: z.string(),
        answers: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
});
