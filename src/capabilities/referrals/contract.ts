import { z } from 'zod';
import { textShapes } from '#kernel/form-text-patterns.ts';
import { endpoint } from '#standards/endpoint.ts';
import { filledText, idSchema, nameOf, pageSchema, textSchema } from '#standards/wire-schemas.ts';
import type { Direction } from './domain/choose-receiver.ts';
import { plainDeeds, referralDeedNames, referralStates, urgencies } from './domain/referral-states.ts';

const state = nameOf(referralStates);
const urgency = nameOf(urgencies);
const side = z.enum(['received', 'sent']);

/** 可接收转诊的机构，最可能的在前。 */
export const listReferralReceivers = endpoint({
  method: 'GET',
  path: '/api/referral-receivers',
  query: z.strictObject({ residentId: idSchema().optional() }),
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        direction: z.enum(['up', 'down', 'across'] satisfies Direction[]),
        /** The house's own telephone, as far as it is registered. */
        orgPhone: z.string().nullable(),
      }),
    ),
  }),
});

/** What was done by one of two houses, when and by whom. */
export const stepOf = <T extends z.ZodType>(state: T) =>
  z.object({
    state,
    at: z.string(),
    byName: z.string(),
    organizationName: z.string(),
    note: z.string().nullable(),
  });
const stepSchema = stepOf(state);
export type ReferralStep = z.infer<typeof stepSchema>;

const lineSchema = z.object({
  id: z.string(),
  /** Null: sent down by a hospital, and no record linked yet. */
  residentId: z.string().nullable(),
  /** The hospital found the person itself: there was no referral before. */
  isFound: z.boolean(),
  /** Whether the person's record lies in one's own part of the county. */
  mayOpenRecord: z.boolean(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int().nullable(),
  fromName: z.string(),
  /** The house the person was sent back to, where it is not the sender. */
  backToName: z.string().nullable(),
  /** Null: a house elsewhere, named in the department. */
  toOrganizationId: z.string().nullable(),
  toName: z.string().nullable(),
  toDepartment: z.string(),
  urgency,
  reason: z.string(),
  state,
  requestedAt: z.string(),
  requestedByName: z.string(),
  answerDueAt: z.string().nullable(),
  /** Minutes since it was asked for. */
  waitedMinutes: z.int(),
  /** Nobody has answered, and the time is over. */
  isLate: z.boolean(),
  steps: z.array(stepSchema),
  /** What this house may do with it. */
  deeds: z.array(z.enum(referralDeedNames)),
  version: z.int(),
  /** The first follow-up since the person was taken on; only where the record lies in reach. */
  followedUpOn: z.string().nullable(),
});
export type ReferralLine = z.infer<typeof lineSchema>;

/** 本机构收到的或发出的转诊：未完的急的在前，完了的新的在前。 */
export const listReferrals = endpoint({
  method: 'GET',
  path: '/api/referrals',
  query: z.strictObject({ side, part: z.enum(['open', 'done']).default('open'), ...pageSchema(50) }),
  response: z.object({ items: z.array(lineSchema), nextCursor: z.string().nullable() }),
});

/** 收到的有多少待答复、已超时，发出的有多少要再安排。 */
export const countReferrals = endpoint({
  method: 'GET',
  path: '/api/referral-counts',
  response: z.object({
    unanswered: z.int(),
    late: z.int(),
    /** Sent, and declined or not arrived: to be arranged otherwise. */
    unsettled: z.int(),
    /** Sent back, and not taken on yet. */
    returned: z.int(),
  }),
});
export type ReferralCounts = z.infer<typeof countReferrals.response>;

/** What a house is told of a person of whom it sees nothing else. */
export const summarySchema = z.object({
  conditions: z.array(z.string()),
  readings: z.array(
    z.object({
      label: z.string(),
      value: z.number(),
      unit: z.string(),
      on: z.string(),
      context: z.string().nullable(),
    }),
  ),
  medicines: z.array(z.string()),
});

/** What the hospital writes on the slip; who, where and when stand with the referral. Lengths as the form has them. */
export const backFields = {
  diagnosis: filledText(1000, '请填写诊断结果。'),
  examResults: filledText(2000, '请填写主要检查结果。'),
  treatmentAndAdvice: filledText(2000, '请填写治疗经过、下一步治疗方案及康复建议。'),
  fromPhone: textSchema(20).refine((text) => textShapes.phone.shape.test(text.trim()), {
    error: `转诊医生联系电话${textShapes.phone.message}`,
  }),
  hospitalRecordNo: textSchema(40).default(''),
  inpatientNo: textSchema(40).default(''),
};
const backSchema = z.object({
  diagnosis: z.string(),
  examResults: z.string(),
  treatmentAndAdvice: z.string(),
  fromPhone: z.string(),
  hospitalRecordNo: z.string(),
  inpatientNo: z.string(),
  backDate: z.string(),
  fromDoctor: z.string(),
  edition: z.string(),
});
export type ReferralBack = z.infer<typeof backSchema>;

const ofReferral = z.strictObject({ referralId: idSchema() });

/** 一份转诊：初步处理与转出时的摘要。 */
export const showReferral = endpoint({
  method: 'GET',
  path: '/api/referrals/:referralId',
  params: ofReferral,
  response: lineSchema.extend({
    side,
    /** The day in China it was asked for. */
    requestedOn: z.string(),
    firstHandling: z.string(),
    summary: summarySchema,
    /** Of somebody a hospital found: the number and the telephone, masked. */
    person: z.object({ idNo: z.string(), phone: z.string() }).nullable(),
    /**
     * Who keeps a record under that number, as the house that received somebody is told; null: nobody in the county. Without
     * the id when it is another house's.
     */
    holder: z.object({ residentId: z.string().nullable(), organizationName: z.string() }).nullable(),
    /** 回转单; null until the person is sent back. */
    back: backSchema.nullable(),
    /** Where the receiving house may send the person back to, the sender first. */
    returnTo: z.array(z.object({ id: z.string(), name: z.string() })),
    /** Until when the receiving house sees it. */
    receiverUntil: z.string().nullable(),
  }),
});
export type ReferralDetail = z.infer<typeof showReferral.response>;

/** 接受、拒收、到位、未到位、撤回，或确认接续。 */
export const stepReferral = endpoint({
  method: 'POST',
  path: '/api/referrals/:referralId/steps',
  params: ofReferral,
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    deed: z.enum(plainDeeds),
    note: textSchema(300).default(''),
  }),
  response: z.object({ version: z.int(), state }),
});

/** 回转：诊断结果、主要检查结果、治疗与建议，转回发出的机构，或管理本人的村卫生室、乡镇卫生院。 */
export const returnReferral = endpoint({
  method: 'POST',
  path: '/api/referrals/:referralId/return',
  params: ofReferral,
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    /** By default the sender. */
    toOrganizationId: idSchema().optional(),
    back: z.strictObject(backFields),
  }),
  response: z.object({ version: z.int(), state }),
});

/** 另转一家：同一人、同样的理由，摘要重新生成；原来的一份随之结束。 */
export const redirectReferral = endpoint({
  method: 'POST',
  path: '/api/referrals/:referralId/redirect',
  params: ofReferral,
  body: z.strictObject({
    operationId: idSchema(),
    newReferralId: idSchema(),
    version: z.int().min(1),
    toOrganizationId: idSchema().optional(),
    toDepartment: filledText(60, '请填写转往科室。'),
  }),
  response: z.object({ referralId: z.string() }),
});

/** 一个居民的转诊，新的在前。 */
export const listResidentReferrals = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/referrals',
  params: z.strictObject({ residentId: idSchema() }),
  query: z.strictObject(pageSchema(50)),
  response: z.object({ items: z.array(lineSchema), nextCursor: z.string().nullable() }),
});
