import { z } from 'zod';
import { answersSchema, residentSummarySchema } from '#capabilities/residents/contract.ts';
import { accessProfile } from '#standards/access-profile.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, textSchema } from '#standards/wire-schemas.ts';

export const emergencyAccessSchema = z.object({
  accessId: z.string(),
  openedAt: z.string(),
  expiresAt: z.string(),
  isOpen: z.boolean(),
});

/** 紧急查阅：凭完整证件号码和理由，限时查看一位不在管理范围内的居民。 */
export const openEmergencyAccess = endpoint({
  method: 'POST',
  path: '/api/emergency-accesses',
  body: z.strictObject({
    operationId: idSchema(),
    accessId: idSchema(),
    idNo: textSchema(32),
    reason: textSchema(500).min(
      accessProfile.emergencyReasonLength,
      `请写明理由，至少${accessProfile.emergencyReasonLength}个字。`,
    ),
  }),
  response: emergencyAccessSchema,
});

/** 查阅期内的健康摘要；过期即关。 */
export const readEmergencySummary = endpoint({
  method: 'GET',
  path: '/api/emergency-accesses/:accessId/summary',
  params: z.strictObject({ accessId: idSchema() }),
  response: z.object({
    access: emergencyAccessSchema,
    person: residentSummarySchema,
    formEdition: z.string(),
    personalInformation: answersSchema,
    conditions: z.array(z.string()),
    medicines: z.array(z.string()),
    readings: z.array(z.object({ label: z.string(), value: z.string(), on: z.string() })),
    sheets: z.array(
      z.object({ form: z.string(), formEdition: z.string(), occurredOn: z.string(), answers: answersSchema }),
    ),
  }),
});

export const reviewedAccessSchema = emergencyAccessSchema.extend({
  staffName: z.string(),
  staffRole: z.string(),
  staffOrganization: z.string(),
  residentId: z.string(),
  residentName: z.string(),
  organizationName: z.string(),
  reason: z.string(),
  timesRead: z.int(),
  verdict: z.enum(['justified', 'unjustified']).nullable(),
  reviewNote: z.string().nullable(),
  reviewedBy: z.string().nullable(),
  isOverdue: z.boolean(),
  mayReview: z.boolean(),
});
export type ReviewedAccess = z.infer<typeof reviewedAccessSchema>;

/** 紧急查阅清单：本人发起的，或本范围居民被查阅的；未复核的在前。 */
export const listEmergencyAccesses = endpoint({
  method: 'GET',
  path: '/api/emergency-accesses',
  query: z.strictObject({ show: z.enum(['waiting', 'all', 'mine']).default('waiting'), ...pageSchema(50) }),
  response: z.object({
    waiting: z.int(),
    overdue: z.int(),
    items: z.array(reviewedAccessSchema),
    nextCursor: z.string().nullable(),
  }),
});

/** 复核一次紧急查阅；不得复核自己的。 */
export const reviewEmergencyAccess = endpoint({
  method: 'POST',
  path: '/api/emergency-accesses/:accessId/review',
  params: z.strictObject({ accessId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    verdict: z.enum(['justified', 'unjustified']),
    note: textSchema(500).optional(),
  }),
  response: z.object({ accessId: z.string(), verdict: z.enum(['justified', 'unjustified']) }),
});

export const accessLogEntrySchema = z.object({
  entryId: z.string(),
  at: z.string(),
  staffName: z.string(),
  roleLabel: z.string(),
  organizationName: z.string(),
  deed: z.string(),
  isEmergency: z.boolean(),
  isRefused: z.boolean(),
});

/** 谁看过、改过这份档案；可打印给居民本人。 */
export const listAccessLog = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/access-log',
  params: z.strictObject({ residentId: idSchema() }),
  query: z.strictObject({ ...pageSchema(100) }),
  response: z.object({ items: z.array(accessLogEntrySchema), nextCursor: z.string().nullable() }),
});
