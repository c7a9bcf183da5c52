import { z } from 'zod';
import { programSchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageOf, pageSchema, textSchema } from '#standards/wire-schemas.ts';

export const colourSchema = z.enum(['green', 'yellow', 'red']);
export const tierSchema = z.enum(['village', 'township', 'county']);
const reasonSchema = z.object({ code: z.string(), text: z.string() });
const ruleSchema = z.object({
  id: z.string(),
  edition: z.string(),
  clause: z.string(),
  certainty: z.string(),
});

/** What each disease said of a grade, and why the tier is what it is. */
export const gradeDetailSchema = z.object({
  diseases: z.array(
    z.object({
      program: programSchema,
      colour: colourSchema.nullable(),
      reasons: z.array(reasonSchema),
      missing: z.array(z.string()),
      rule: ruleSchema,
    }),
  ),
  reasons: z.array(reasonSchema),
  missing: z.array(z.string()),
  scheme: z.enum(['colour', 'levels']),
});

export const gradeSchema = z.object({
  id: z.string(),
  onDay: z.string(),
  year: z.int(),
  tier: tierSchema,
  colour: colourSchema,
  source: z.enum(['single', 'batch']),
  recordedByName: z.string(),
  detail: gradeDetailSchema,
});
export type Grade = z.infer<typeof gradeSchema>;

/** 一人的分级分标：现行、历次，以及按现有资料规则的建议。 */
export const showGrades = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/grades',
  params: z.strictObject({ residentId: idSchema() }),
  response: z.object({
    current: z
      .object({
        tier: tierSchema,
        colour: colourSchema,
        since: z.string(),
        onDay: z.string(),
        everyDays: z.int(),
      })
      .nullable(),
    history: z.array(gradeSchema),
    suggestion: z.object({
      tier: tierSchema.nullable(),
      colour: colourSchema.nullable(),
      everyDays: z.int().nullable(),
      detail: gradeDetailSchema,
    }),
  }),
});

/** 评定一人：按规则；医生可改，须写明理由。 */
export const gradeResident = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/grades',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    gradeId: idSchema(),
    override: z
      .strictObject({
        colour: colourSchema,
        reason: textSchema(200).refine((text) => text.trim().length >= 4, {
          error: '请写明理由（至少4个字）。',
        }),
      })
      .optional(),
  }),
  response: z.object({ tier: tierSchema, colour: colourSchema, everyDays: z.int(), tasksMoved: z.int() }),
});

const distributionSchema = z.object({
  managed: z.int(),
  green: z.int(),
  yellow: z.int(),
  red: z.int(),
  none: z.int(),
  thisYear: z.int(),
});
export type Distribution = z.infer<typeof distributionSchema>;

/** 分级分布：本机构及各下级机构。 */
export const showGrading = endpoint({
  method: 'GET',
  path: '/api/grading',
  query: z.strictObject({ organizationId: idSchema().optional() }),
  response: z.object({
    year: z.int(),
    place: z.object({ id: z.string(), name: z.string(), parentId: z.string().nullable() }),
    counts: distributionSchema,
    children: z.array(z.object({ id: z.string(), name: z.string(), counts: distributionSchema })),
  }),
});

/** 各标识或未评定的名单。 */
export const listGradedPeople = endpoint({
  method: 'GET',
  path: '/api/grading/people',
  query: z.strictObject({
    organizationId: idSchema().optional(),
    which: z.enum(['green', 'yellow', 'red', 'none']),
    ...pageSchema(100),
  }),
  response: pageOf(
    z.object({
      residentId: z.string(),
      name: z.string(),
      sex: z.string(),
      ageYears: z.int(),
      organizationName: z.string(),
      programs: z.array(programSchema),
      colour: colourSchema.nullable(),
      tier: tierSchema.nullable(),
      onDay: z.string().nullable(),
      everyDays: z.int().nullable(),
      reasons: z.array(reasonSchema),
    }),
  ),
});

export const batchStatusSchema = z.enum(['preparing', 'previewed', 'running', 'finished', 'cancelled']);
const jobSchema = z.object({
  id: z.string(),
  status: z.enum(['working', 'done']),
  done: z.int(),
  total: z.int(),
  hasWorker: z.boolean(),
  counts: z.record(z.string(), z.number()),
});
export const batchSchema = z.object({
  id: z.string(),
  organizationName: z.string(),
  purpose: z.enum(['annual', 'regrade']),
  reason: z.string(),
  onDay: z.string(),
  status: batchStatusSchema,
  createdByName: z.string(),
  createdAt: z.string(),
});
export type GradingBatch = z.infer<typeof batchSchema>;

const batchId = z.strictObject({ batchId: idSchema() });
const operation = z.strictObject({ operationId: idSchema() });

/** 批量评定：先算出每个人将怎样变，供预览。 */
export const prepareGrading = endpoint({
  method: 'POST',
  path: '/api/grading-batches',
  body: z.strictObject({
    operationId: idSchema(),
    batchId: idSchema(),
    organizationId: idSchema(),
    purpose: z.enum(['annual', 'regrade']),
    reason: textSchema(200).refine((text) => text.trim() !== '', { error: '请写明事由。' }),
  }),
  response: z.object({ batchId: z.string() }),
});

export const listGradingBatches = endpoint({
  method: 'GET',
  path: '/api/grading-batches',
  query: z.strictObject(pageSchema(50)),
  response: pageOf(batchSchema),
});

/** 中断了、等待继续的批量评定。 */
export const listCutOffBatches = endpoint({
  method: 'GET',
  path: '/api/grading-batches/cut-off',
  response: z.object({
    items: z.array(batchSchema.extend({ done: z.int(), total: z.int(), isMine: z.boolean() })),
  }),
});

export const changeSchema = z.enum(['first', 'up', 'down', 'same', 'undecided']);
export type GradeChange = z.infer<typeof changeSchema>;

export const showGradingBatch = endpoint({
  method: 'GET',
  path: '/api/grading-batches/:batchId',
  params: batchId,
  response: batchSchema.extend({
    preview: jobSchema.nullable(),
    work: jobSchema.nullable(),
    changes: z.record(changeSchema, z.int()),
  }),
});

/** 预览名单：谁从什么变成什么，为什么。 */
export const listGradingChanges = endpoint({
  method: 'GET',
  path: '/api/grading-batches/:batchId/people',
  params: batchId,
  query: z.strictObject({ change: changeSchema, ...pageSchema(100) }),
  response: pageOf(
    z.object({
      residentId: z.string(),
      name: z.string(),
      sex: z.string(),
      ageYears: z.int(),
      organizationName: z.string(),
      fromTier: z.string().nullable(),
      fromColour: z.string().nullable(),
      toTier: z.string().nullable(),
      toColour: z.string().nullable(),
      detail: gradeDetailSchema,
      isDone: z.boolean(),
    }),
  ),
});

/** 确认执行；分批写入，可看进度。 */
export const confirmGrading = endpoint({
  method: 'POST',
  path: '/api/grading-batches/:batchId/confirm',
  params: batchId,
  body: operation,
  response: z.object({ batchId: z.string(), people: z.int() }),
});

/** 继续被中断的预览或执行；已写入的人不会重复评定。 */
export const continueGrading = endpoint({
  method: 'POST',
  path: '/api/grading-batches/:batchId/continue',
  params: batchId,
  response: z.object({ batchId: z.string() }),
});

export const cancelGrading = endpoint({
  method: 'POST',
  path: '/api/grading-batches/:batchId/cancel',
  params: batchId,
  body: operation,
  response: z.object({ batchId: z.string() }),
});

export const gradingSchemeSchema = z.strictObject({
  scheme: z.enum(['colour', 'levels']),
  everyDays: z.strictObject({ green: z.int(), yellow: z.int(), red: z.int() }),
});
export const courseDaysSchema = z.strictObject({ suspected: z.int(), confirmed: z.int() });
export const criticalValuesSchema = z.strictObject({
  potassium: z.strictObject({ low: z.number(), high: z.number() }),
  haemoglobin: z.strictObject({ low: z.number() }),
  platelets: z.strictObject({ low: z.number() }),
});
export type CriticalValues = z.infer<typeof criticalValuesSchema>;

/** 县级设置：病程时限、分级方案与检验危急值，附默认值。 */
export const showCountySettings = endpoint({
  method: 'GET',
  path: '/api/county-settings',
  response: z.object({
    courseDays: z.object({ value: courseDaysSchema, changedAt: z.string().nullable() }),
    gradingScheme: z.object({ value: gradingSchemeSchema, changedAt: z.string().nullable() }),
    criticalValues: z.object({ value: criticalValuesSchema, changedAt: z.string().nullable() }),
    defaults: z.object({
      courseDays: courseDaysSchema,
      gradingScheme: gradingSchemeSchema,
      criticalValues: criticalValuesSchema,
    }),
  }),
});

/** 修改一项县级设置；不得宽于国家规范。 */
export const changeCountySetting = endpoint({
  method: 'PUT',
  path: '/api/county-settings',
  body: z.strictObject({
    operationId: idSchema(),
    /** When the setting seen was last changed; null: the default was seen. */
    seen: z.string().nullable(),
    change: z.discriminatedUnion('key', [
      z.strictObject({ key: z.literal('course-days'), value: courseDaysSchema }),
      z.strictObject({ key: z.literal('grading-scheme'), value: gradingSchemeSchema }),
      z.strictObject({ key: z.literal('critical-values'), value: criticalValuesSchema }),
    ]),
  }),
  response: z.object({ changedAt: z.string() }),
});
