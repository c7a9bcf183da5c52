import { z } from 'zod';
import { answersSchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageOf, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';
import { campaignConditions, campaignRisks } from './domain/campaign-target.ts';

export const conditionSchema = z.enum(campaignConditions);
export type ScreeningCondition = z.infer<typeof conditionSchema>;
const reasonSchema = z.object({ code: z.string(), text: z.string() });

export const jobSchema = z.object({
  id: z.string(),
  status: z.enum(['working', 'done']),
  done: z.int(),
  total: z.int(),
  /** False while working: it was cut off and may be continued. */
  hasWorker: z.boolean(),
  counts: z.record(z.string(), z.number()),
});
export type Job = z.infer<typeof jobSchema>;

export const campaignTargetSchema = z
  .strictObject({
    condition: conditionSchema,
    ageFrom: z.int({ error: '请填写年龄下限。' }).min(18, { error: '筛查对象应年满18岁。' }).max(110),
    ageTo: z.int().min(18).max(120).optional(),
    sex: z.enum(['1', '2']).optional(),
    risks: z.array(z.enum(Object.keys(campaignRisks) as [keyof typeof campaignRisks])).max(10),
    notScreenedMonths: z.int().min(0).max(120),
  })
  .refine((target) => target.ageTo === undefined || target.ageTo >= target.ageFrom, {
    error: '年龄上限不能小于下限。',
    path: ['ageTo'],
  });

export const campaignStatusSchema = z.enum(['preparing', 'previewed', 'running', 'finished', 'cancelled']);
export const outcomeSchema = z.enum(['normal', 'high-risk', 'suspected', 'refused', 'absent']);
export type CampaignOutcome = z.infer<typeof outcomeSchema>;

const countsSchema = z.object({
  targets: z.int(),
  normal: z.int(),
  highRisk: z.int(),
  suspected: z.int(),
  refused: z.int(),
  absent: z.int(),
  open: z.int(),
});
export type CampaignCounts = z.infer<typeof countsSchema>;

export const campaignSchema = z.object({
  id: z.string(),
  name: z.string(),
  organizationId: z.string(),
  organizationName: z.string(),
  target: z.object({
    condition: conditionSchema,
    ageFrom: z.int(),
    ageTo: z.int().optional(),
    sex: z.enum(['1', '2']).optional(),
    risks: z.array(z.string()),
    notScreenedMonths: z.int(),
  }),
  startsOn: z.string(),
  endsOn: z.string(),
  status: campaignStatusSchema,
  mayManage: z.boolean(),
});
export type Campaign = z.infer<typeof campaignSchema>;

const campaignId = z.strictObject({ campaignId: idSchema() });
const operation = z.strictObject({ operationId: idSchema() });

/** 拟定筛查活动：按条件从档案中列出对象，先预览，不开始。 */
export const prepareCampaign = endpoint({
  method: 'POST',
  path: '/api/campaigns',
  body: z.strictObject({
    operationId: idSchema(),
    campaignId: idSchema(),
    organizationId: idSchema(),
    name: textSchema(60).refine((text) => text.trim() !== '', { error: '请填写活动名称。' }),
    target: campaignTargetSchema,
    startsOn: plainDateSchema(),
    endsOn: plainDateSchema(),
  }),
  response: z.object({ campaignId: z.string() }),
});

/** 继续被中断的名单生成。 */
export const continueCampaign = endpoint({
  method: 'POST',
  path: '/api/campaigns/:campaignId/continue',
  params: campaignId,
  response: z.object({ campaignId: z.string() }),
});

/** 确认并开始；名单为空的不能开始。 */
export const startCampaign = endpoint({
  method: 'POST',
  path: '/api/campaigns/:campaignId/start',
  params: campaignId,
  body: operation,
  response: z.object({ campaignId: z.string(), targets: z.int() }),
});

/** 结束或取消活动。 */
export const endCampaign = endpoint({
  method: 'POST',
  path: '/api/campaigns/:campaignId/end',
  params: campaignId,
  body: z.strictObject({ operationId: idSchema(), to: z.enum(['finished', 'cancelled']) }),
  response: z.object({ campaignId: z.string() }),
});

/** 筛查活动列表，新的在前。 */
export const listCampaigns = endpoint({
  method: 'GET',
  path: '/api/campaigns',
  query: z.strictObject(pageSchema(50)),
  response: pageOf(campaignSchema),
});

/** 一个筛查活动：进度与各村完成情况。 */
export const showCampaign = endpoint({
  method: 'GET',
  path: '/api/campaigns/:campaignId',
  params: campaignId,
  query: z.strictObject({ organizationId: idSchema().optional() }),
  response: campaignSchema.extend({
    job: jobSchema.nullable(),
    place: z.object({ id: z.string(), name: z.string(), parentId: z.string().nullable() }),
    counts: countsSchema,
    children: z.array(z.object({ id: z.string(), name: z.string(), counts: countsSchema })),
  }),
});

export const campaignPersonSchema = z.object({
  residentId: z.string(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int(),
  organizationName: z.string(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  reasons: z.array(reasonSchema),
  outcome: outcomeSchema.nullable(),
  doneOn: z.string().nullable(),
  recordId: z.string().nullable(),
  attempts: z.int(),
  lastAttemptOn: z.string().nullable(),
});
export type CampaignPerson = z.infer<typeof campaignPersonSchema>;

/** 筛查对象名单：全部、未筛、各种结果；按户排列，用于上门。 */
export const listCampaignPeople = endpoint({
  method: 'GET',
  path: '/api/campaigns/:campaignId/people',
  params: campaignId,
  query: z.strictObject({
    organizationId: idSchema().optional(),
    outcome: z.enum(['all', 'open', ...outcomeSchema.options]).default('all'),
    ...pageSchema(200),
  }),
  response: pageOf(campaignPersonSchema),
});

/** 打印上门名单：电话和现住址为全值，逐人记入本人的查阅记录，并计入每小时查阅人数。 */
export const listCampaignPeopleToPrint = endpoint({
  method: 'GET',
  path: '/api/campaigns/:campaignId/people/printed',
  params: campaignId,
  query: z.strictObject({
    organizationId: idSchema().optional(),
    outcome: z.enum(['all', 'open', ...outcomeSchema.options]).default('open'),
    ...pageSchema(200),
  }),
  response: pageOf(campaignPersonSchema),
});

/** 登记上门未成：不在家或拒绝。 */
export const recordAttempt = endpoint({
  method: 'POST',
  path: '/api/campaigns/:campaignId/people/:residentId/attempts',
  params: z.strictObject({ campaignId: idSchema(), residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    attemptId: idSchema(),
    outcome: z.enum(['absent', 'refused']),
    onDay: plainDateSchema(),
    note: textSchema(200).optional(),
  }),
  response: z.object({ outcome: outcomeSchema, attempts: z.int() }),
});

export const findingSchema = z.object({
  condition: conditionSchema,
  state: z.enum(['normal', 'high-risk', 'suspected', 'diagnosable']),
  reason: z.string(),
  nextStep: z.string().nullable(),
  dueOn: z.string().nullable(),
});

/** 筛查所需的资料：年龄、性别、近期诊室血压、还等着本人的筛查活动。 */
export const prepareScreening = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/screening',
  params: z.strictObject({ residentId: idSchema() }),
  response: z.object({
    today: z.string(),
    ageYears: z.int(),
    sex: z.string(),
    pressures: z.array(z.object({ on: z.string(), sbp: z.int(), dbp: z.int() })),
    campaigns: z.array(z.object({ id: z.string(), name: z.string(), condition: conditionSchema })),
    familyPrompt: z.string().nullable(),
  }),
});

/** 保存筛查表：规则结论随表保存，并据此更新病程与筛查活动。 */
export const recordScreening = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/screenings',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    recordId: idSchema(),
    form: textSchema(60),
    formEdition: textSchema(20),
    answers: answersSchema,
    confirmed: z.array(textSchema(80)).max(300).default([]),
    campaignId: idSchema().optional(),
    supersedesId: idSchema().optional(),
    reason: textSchema(200).optional(),
  }),
  response: z.object({
    recordId: z.string(),
    occurredOn: z.string(),
    findings: z.array(findingSchema),
    campaignOutcome: outcomeSchema.nullable(),
  }),
});

/** 35岁及以上首诊测血压登记簿。 */
export const listFirstVisitPressures = endpoint({
  method: 'GET',
  path: '/api/first-visit-pressures',
  query: z.strictObject({
    from: plainDateSchema().optional(),
    to: plainDateSchema().optional(),
    ...pageSchema(100),
  }),
  response: pageOf(
    z.object({
      recordId: z.string(),
      residentId: z.string(),
      visitOn: z.string(),
      name: z.string(),
      sex: z.string(),
      ageYears: z.int(),
      sbp: z.number().nullable(),
      dbp: z.number().nullable(),
      conclusion: z.string(),
      action: z.string(),
      organizationName: z.string(),
      recordedByName: z.string(),
    }),
  ),
});
