import { z } from 'zod';
import { enrollmentSummarySchema, programSchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import {
  idSchema,
  pageOf,
  pageSchema,
  partialDateSchema,
  plainDateSchema,
  textSchema,
} from '#standards/wire-schemas.ts';
import { courseStates } from './domain/condition-course.ts';

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

/** What ends the management of one disease; a death, a move and a loss are of the person and end the whole record. */
export const closeReasonSchema = z.enum(['refused', 'wrong-diagnosis'], {
  error: '死亡、迁出、失访请在“档案状态”办理。',
});

/** 结案一个病种：拒绝管理、诊断有误。 */
export const closeEnrollment = endpoint({
  method: 'POST',
  path: '/api/enrollments/:enrollmentId/close',
  params: z.strictObject({ enrollmentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    closedOn: plainDateSchema(),
    reason: closeReasonSchema,
    /** 拒绝管理须写明原因，并定再次征询的日期。 */
    note: textSchema(200).optional(),
    reviewOn: plainDateSchema().optional(),
  }),
  response: z.object({ enrollment: enrollmentSummarySchema }),
});

const courseConditionSchema = z.enum(['hypertension', 'type-2-diabetes', 'copd', 'stroke-unspecified']);
export const courseStateSchema = z.enum(courseStates);

export const episodeSchema = z.object({
  id: z.string(),
  condition: z.string(),
  state: courseStateSchema,
  since: z.string(),
  dueOn: z.string().nullable(),
  nextStep: z.string(),
  source: z.string(),
  version: z.int(),
});
export type Episode = z.infer<typeof episodeSchema>;

/** 病程：一人各病从发现到管理的经过，每一步有日期、理由与依据。 */
export const showCourse = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/course',
  params: z.strictObject({ residentId: idSchema() }),
  response: z.object({
    episodes: z.array(episodeSchema),
    events: z.array(
      z.object({
        id: z.string(),
        condition: z.string(),
        fromState: courseStateSchema.nullable(),
        toState: courseStateSchema,
        onDay: z.string(),
        reason: z.string(),
        ruleId: z.string().nullable(),
        clause: z.string().nullable(),
        recordedByName: z.string(),
        recordedAt: z.string(),
      }),
    ),
  }),
});

export const episodeLineSchema = episodeSchema.extend({
  residentId: z.string(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int(),
  phone: z.string().nullable(),
  organizationName: z.string(),
  overdueDays: z.int(),
  lastReason: z.string(),
});
export type EpisodeLine = z.infer<typeof episodeLineSchema>;

/** 待确诊、待纳入、高危人群：按应完成的日期排列，逾期在前。 */
export const listEpisodes = endpoint({
  method: 'GET',
  path: '/api/episodes',
  query: z.strictObject({
    state: z.enum(['high-risk', 'suspected', 'confirmed']),
    condition: courseConditionSchema.optional(),
    due: z.enum(['all', 'overdue', 'soon']).default('all'),
    ...pageSchema(100),
  }),
  response: pageOf(episodeLineSchema).extend({
    asOf: z.string(),
    counts: z.object({ all: z.int(), overdue: z.int(), soon: z.int() }),
  }),
});

const glucoseSchema = z.strictObject({
  on: plainDateSchema(),
  fpg: z.number().min(0.5).max(50).optional(),
  twoHour: z.number().min(0.5).max(60).optional(),
  hba1c: z.number().min(2).max(20).optional(),
  random: z.number().min(0.5).max(60).optional(),
});

const spirometrySchema = z.strictObject({
  on: plainDateSchema(),
  ratio: z.number().min(0.1).max(1.2),
  fev1Percent: z.number().min(5).max(150),
});

/** 确诊：按规则核对依据；依据不足的拒绝并说明还缺什么。 */
export const confirmEpisode = endpoint({
  method: 'POST',
  path: '/api/episodes/:episodeId/confirm',
  params: z.strictObject({ episodeId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    onDay: plainDateSchema(),
    evidence: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('pressures'),
        /** Asked when the pressure is very high; absent: nobody asked. */
        acuteSymptoms: z.boolean().optional(),
      }),
      z.strictObject({
        kind: z.literal('glucose'),
        occasions: z.array(glucoseSchema).min(1).max(5),
        typicalSymptoms: z.boolean(),
      }),
      z.strictObject({
        kind: z.literal('spirometry'),
        tests: z.array(spirometrySchema).min(1).max(5),
        afterBronchodilator: z.boolean(),
        symptomsOrExposure: z.boolean(),
        otherLungDiseaseExcluded: z.boolean(),
      }),
      z.strictObject({ kind: z.literal('outside'), hospital: textSchema(60), on: plainDateSchema() }),
    ]),
  }),
  response: z.object({ episode: episodeSchema }),
});

/** 排除疑似，或移出高危人群：须写明理由，之后按周期再筛。 */
export const clearEpisode = endpoint({
  method: 'POST',
  path: '/api/episodes/:episodeId/clear',
  params: z.strictObject({ episodeId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    onDay: plainDateSchema(),
    to: z.enum(['normal', 'high-risk']),
    reason: textSchema(200).refine((text) => text.trim().length >= 4, { error: '请写明理由（至少4个字）。' }),
  }),
  response: z.object({ episode: episodeSchema }),
});
