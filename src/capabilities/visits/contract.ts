import { z } from 'zod';
import { referralAsks, referralLengths } from '#capabilities/referrals/domain/check-asked.ts';
import { endpoint } from '#standards/endpoint.ts';
import { filledText, idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

const write = { operationId: idSchema() };
const ofVisit = z.strictObject({ visitId: idSchema() });
const ofResident = z.strictObject({ residentId: idSchema() });
const version = z.int().min(1);

export const moved = z.object({ version: z.int(), box: z.string() });
export type Moved = z.infer<typeof moved>;

const stepSchema = z.object({
  seq: z.int(),
  box: z.string(),
  lineNo: z.int().nullable(),
  at: z.string(),
  byName: z.string(),
  content: z.record(z.string(), z.unknown()),
});
export type VisitStep = z.infer<typeof stepSchema>;

const stabilitySchema = z.object({
  state: z.enum(['stable', 'not-stable', 'undecided']),
  reasons: z.array(z.string()),
  missing: z.array(z.string()),
  ruleIds: z.array(z.string()),
});

/** 一次就诊：走过的路、可去的环节、病程、现行方案。 */
export const showVisit = endpoint({
  method: 'GET',
  path: '/api/visits/:visitId',
  params: ofVisit,
  response: z.object({
    visitId: z.string(),
    residentId: z.string(),
    name: z.string(),
    sex: z.string(),
    ageYears: z.int(),
    arrivedOn: z.string(),
    box: z.string(),
    status: z.string(),
    queueNo: z.string(),
    room: z.string(),
    doctorName: z.string().nullable(),
    contract: z.string(),
    beyondCapacity: z.boolean().nullable(),
    version: z.int(),
    path: z.array(stepSchema),
    moves: z.array(z.string()),
    episodes: z.array(
      z.object({
        condition: z.string(),
        state: z.string(),
        since: z.string(),
        dueOn: z.string().nullable(),
        nextStep: z.string(),
        version: z.int(),
      }),
    ),
    plan: z.object({ planId: z.string(), planVersion: z.int(), madeOn: z.string() }).nullable(),
    failedPlans: z.int(),
    stability: stabilitySchema.nullable(),
    referrals: z.array(
      z.object({
        id: z.string(),
        toName: z.string().nullable(),
        toDepartment: z.string(),
        urgency: z.string(),
        reason: z.string(),
        status: z.string(),
      }),
    ),
  }),
});
export type VisitDetail = z.infer<typeof showVisit.response>;

/** 一个居民的就诊，新的在前。 */
export const listVisits = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/visits',
  params: ofResident,
  query: z.strictObject(pageSchema(50)),
  response: z.object({
    items: z.array(
      z.object({
        visitId: z.string(),
        arrivedOn: z.string(),
        box: z.string(),
        status: z.string(),
        doctorName: z.string().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});

/** 走到流程图的下一个环节；不通的路说明为何。 */
export const moveVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:visitId/moves',
  params: ofVisit,
  body: z.strictObject({
    ...write,
    version,
    to: textSchema(4),
    note: textSchema(1000).default(''),
    /** 健康教育后的复查日期。 */
    recheckOn: plainDateSchema().optional(),
    capacity: z.strictObject({ beyond: z.boolean(), reason: textSchema(300).default('') }).optional(),
  }),
  response: moved,
});

const readingSchema = z.strictObject({ kind: textSchema(40), value: z.number(), context: textSchema(30) });

/** 病史、体格检查、辅助检查：文字、开单与结构化结果。 */
export const recordFindings = endpoint({
  method: 'POST',
  path: '/api/visits/:visitId/findings',
  params: ofVisit,
  body: z.strictObject({
    ...write,
    version,
    recordId: idSchema(),
    section: z.enum(['history', 'examination', 'tests']),
    history: z
      .strictObject({
        complaint: textSchema(500).optional(),
        past: textSchema(500).optional(),
        family: textSchema(500).optional(),
        medicines: textSchema(500).optional(),
        living: textSchema(500).optional(),
      })
      .default({}),
    text: textSchema(2000).default(''),
    takenAt: textSchema(5).default(''),
    takenOn: plainDateSchema().optional(),
    readings: z.array(readingSchema).max(40).default([]),
    orders: z.array(textSchema(30)).max(20).default([]),
    results: z
      .array(z.strictObject({ code: textSchema(30), text: textSchema(500) }))
      .max(20)
      .default([]),
  }),
  response: moved,
});

const yesNo = z.boolean().optional();

/** 诊断：按规则确立、保留疑似并约定下一步、或排除；外院已确诊的登记文件。 */
export const recordDiagnosis = endpoint({
  method: 'POST',
  path: '/api/visits/:visitId/diagnoses',
  params: ofVisit,
  body: z.strictObject({
    ...write,
    version,
    condition: textSchema(60),
    decision: z.enum(['confirm', 'suspect', 'exclude']),
    answers: z.strictObject({
      acuteSymptoms: yesNo,
      triggersExcluded: yesNo,
      repeatAfterRest: z.strictObject({ sbp: z.int(), dbp: z.int() }).optional(),
      cannotWaitReason: textSchema(200).optional(),
      typicalSymptoms: yesNo,
      stress: yesNo,
      hba1cInvalid: yesNo,
      symptomsOrExposure: yesNo,
      otherLungDiseaseExcluded: yesNo,
    }),
    outside: z
      .strictObject({
        hospital: filledText(80, '请填写确诊医院。'),
        document: filledText(120, '请填写诊断文件（如出院小结及编号）。'),
        issuedOn: plainDateSchema(),
      })
      .optional(),
    nextStep: textSchema(200).optional(),
    dueOn: plainDateSchema().optional(),
    note: textSchema(300).default(''),
  }),
  response: moved.extend({ state: z.string(), reasons: z.array(z.string()) }),
});

const asksForReferral = {
  ...write,
  referralId: idSchema(),
  /** 本县的接收机构；空为本县平台以外的机构，写在科室里。 */
  toOrganizationId: idSchema().optional(),
  toDepartment: filledText(referralLengths.toDepartment, referralAsks.toDepartment),
  urgency: z.enum(['emergency', 'soon', 'routine']),
  reason: filledText(referralLengths.reason, referralAsks.reason),
};

/** 在居民页面发起转诊：村卫生室、上门或电话随访之后，没有一站式中心的就诊。急诊须写明初步处理。 */
export const referResident = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/referrals',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    ...asksForReferral,
    firstHandling: textSchema(referralLengths.firstHandling).default(''),
  }),
  response: z.object({ referralId: z.string() }),
});

/** 超出诊疗能力：记下初步处理，同时申请转诊。 */
export const requestReferral = endpoint({
  method: 'POST',
  path: '/api/visits/:visitId/referral-requests',
  params: ofVisit,
  body: z.strictObject({
    ...asksForReferral,
    version,
    firstHandling: filledText(1000, '请写明已做的初步处理。'),
  }),
  response: moved,
});

/** 效果评估：按规则判断病情是否稳定，稳定者交村卫生室随访。 */
export const evaluateEffect = endpoint({
  method: 'POST',
  path: '/api/visits/:visitId/effect',
  params: ofVisit,
  body: z.strictObject({
    ...write,
    version,
    keepsPlan: z.boolean().default(false),
    /** 病情稳定者的健康指导。 */
    guidance: textSchema(1000).default(''),
  }),
  response: moved.extend({ stability: stabilitySchema, nextFollowUpOn: z.string().nullable() }),
});

/** 结束今天的就诊，写成接诊记录。 */
export const finishVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:visitId/finish',
  params: ofVisit,
  body: z.strictObject({ ...write, version, noteId: idSchema() }),
  response: z.object({ version: z.int(), status: z.string() }),
});

const flowSettingsSchema = z.strictObject({
  'declined-may-continue': z.boolean(),
  'education-to-guidance': z.boolean(),
  'repeated-failure-refers': z.boolean(),
  'village-takes-follow-up': z.boolean(),
});

/** 服务流程的四条县级设置。 */
export const showFlowSettings = endpoint({
  method: 'GET',
  path: '/api/settings/service-flow',
  response: z.object({
    settings: flowSettingsSchema,
    changedAt: z.string().nullable(),
    changedByName: z.string().nullable(),
  }),
});

/** 修改服务流程设置。 */
export const changeFlowSettings = endpoint({
  method: 'PUT',
  path: '/api/settings/service-flow',
  body: z.strictObject({
    ...write,
    settings: flowSettingsSchema,
    /** When the settings the user saw were changed; null: they were the defaults. */
    seen: z.string().nullable(),
  }),
  response: z.object({ settings: flowSettingsSchema, changedAt: z.string() }),
});
