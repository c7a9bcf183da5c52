import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { exportQuery } from '#standards/privacy/export-query.ts';
import { filledText, idSchema, pageSchema, plainDateSchema } from '#standards/wire-schemas.ts';

export const requestKinds = ['copy', 'correction', 'deletion', 'explanation'] as const;
export type RequestKind = (typeof requestKinds)[number];

const privacyRequestSchema = z.object({
  requestId: z.string(),
  residentId: z.string(),
  residentName: z.string(),
  organizationName: z.string(),
  kind: z.enum(requestKinds),
  about: z.string(),
  asker: z.string(),
  receivedOn: z.string(),
  dueOn: z.string(),
  isOverdue: z.boolean(),
  assignedTo: z.string().nullable(),
  decision: z.enum(['done', 'refused']).nullable(),
  answer: z.string().nullable(),
  heldUntil: z.string().nullable(),
  answeredAt: z.string().nullable(),
  answeredBy: z.string().nullable(),
});
export type PrivacyRequest = z.infer<typeof privacyRequestSchema>;

/** 登记居民关于本人信息的一次请求；期限由收到日期算出。 */
export const recordPrivacyRequest = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/privacy-requests',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    requestId: idSchema(),
    kind: z.enum(requestKinds),
    about: filledText(500, '请写明请求的内容。'),
    askedBy: z.enum(['self', 'guardian']),
    asker: filledText(50, '请填写提出人姓名。'),
    receivedOn: plainDateSchema(),
  }),
  response: z.object({ requestId: z.string(), dueOn: z.string() }),
});

/** 本范围的居民请求：待答复的按期限先后，全部的按期限倒序。 */
export const listPrivacyRequests = endpoint({
  method: 'GET',
  path: '/api/privacy-requests',
  query: z.strictObject({ show: z.enum(['open', 'all']).default('open'), ...pageSchema(50) }),
  response: z.object({
    open: z.int(),
    overdue: z.int(),
    items: z.array(privacyRequestSchema),
    nextCursor: z.string().nullable(),
  }),
});

/** 承办一项请求。 */
export const claimPrivacyRequest = endpoint({
  method: 'POST',
  path: '/api/privacy-requests/:requestId/claim',
  params: z.strictObject({ requestId: idSchema() }),
  body: z.strictObject({ operationId: idSchema() }),
  response: z.object({ requestId: z.string() }),
});

/** 答复一项请求并写明理由；办理删除时清除联系方式，法定保存期内的记录依法保留。 */
export const answerPrivacyRequest = endpoint({
  method: 'POST',
  path: '/api/privacy-requests/:requestId/answer',
  params: z.strictObject({ requestId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    decision: z.enum(['done', 'refused']),
    answer: filledText(500, '请写明答复和理由。'),
  }),
  response: z.object({ requestId: z.string(), heldUntil: z.string().nullable() }),
});

/** 交给居民的本人资料副本（机器可读的文件），须先有查阅复制的请求。 */
export const copyPersonalData = endpoint({
  method: 'GET',
  path: '/api/privacy-requests/:requestId/copy',
  params: z.strictObject({ requestId: idSchema() }),
  query: z.strictObject(exportQuery('personal-copy')),
  response: z.undefined(),
});

/** Where the copy is fetched. */
export const personalCopyPath = (requestId: string) => `/api/privacy-requests/${requestId}/copy`;
