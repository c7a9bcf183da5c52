import { z } from 'zod';
import { answersSchema, openTaskSchema, programSchema } from '#capabilities/residents/contract.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { endpoint } from '#standards/endpoint.ts';
import { reasonSchema } from '#standards/reason-schema.ts';
import { idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

/** A stored rule result as a screen reads it. */
export const verdictSchema = z.object({
  ruleId: z.string(),
  edition: z.string(),
  clause: z.string(),
  certainty: z.string(),
  outcome: z.string(),
  /** What the rules on the phone had answered where the sheet was typed, when it was another. */
  outcomeOnPhone: z.string().optional(),
  reasons: z.array(reasonSchema),
});
export type StoredVerdict = z.infer<typeof verdictSchema>;

/** One saved sheet with its answers, who, when and what it corrects. */
export const followUpRecordSchema = z.object({
  recordId: z.string(),
  visitId: z.string(),
  program: programSchema,
  form: z.string(),
  formEdition: z.string(),
  occurredOn: z.string(),
  mode: z.string().nullable(),
  status: z.string(),
  answers: answersSchema,
  verdicts: z.array(verdictSchema),
  receivedAt: z.string(),
  recordedByName: z.string(),
  organizationName: z.string(),
  supersedesId: z.string().nullable(),
  supersededBy: z.string().nullable(),
  correctionReason: z.string().nullable(),
});
export type FollowUpRecord = z.infer<typeof followUpRecordSchema>;

/** What the rules need to know of the person besides the sheet. */
export const followUpSubjectSchema = z.object({
  residentId: z.string(),
  birthDate: z.string(),
  sex: z.enum(['0', '1', '2', '9']),
  /** Open programs of the person, so that comorbidity counts. */
  programs: z.array(programSchema),
  enrollmentId: z.string(),
  enrolledOn: z.string(),
  /** Classes (1–4) of the valid visits before this one, newest first, at most four. */
  previousClasses: z.array(z.int().min(1).max(4)),
  lastVisitOn: z.string().nullable(),
  /** The grade the person stands in, whose interval may be shorter. */
  grade: z.object({ colour: z.enum(['green', 'yellow', 'red']), everyDays: z.int() }).nullable(),
});
export type FollowUpSubject = z.infer<typeof followUpSubjectSchema>;

/** The sheet of one programme to start from. */
export const followUpStartSchema = z.object({
  today: z.string(),
  program: programSchema,
  formEdition: z.string(),
  /** The edition itself where it is not the one the program begins sheets on. */
  edition: z.custom<FormEdition>().optional(),
  subject: followUpSubjectSchema,
  /** Answers taken over from the last valid visit; readings and dates of that visit are not among them. */
  prefill: answersSchema,
  previous: followUpRecordSchema.nullable(),
  openTask: openTaskSchema.nullable(),
});
export type FollowUpStart = z.infer<typeof followUpStartSchema>;

/** 打开随访表：上次内容带入，规则所需的个人情况。 */
export const prepareFollowUp = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/follow-ups/prepare',
  params: z.strictObject({ residentId: idSchema() }),
  /** `edition`: that of a saved sheet to be corrected; without it the one in force today. */
  query: z.strictObject({
    program: programSchema.default('hypertension'),
    edition: textSchema(20).optional(),
  }),
  response: followUpStartSchema,
});

/** 打开合并随访：这个人在管的每个病种一张表。 */
export const prepareVisit = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/visits/prepare',
  params: z.strictObject({ residentId: idSchema() }),
  response: z.object({ today: z.string(), sheets: z.array(followUpStartSchema) }),
});

/** What a saved visit moved. */
export const followUpOutcomeSchema = z.object({
  record: followUpRecordSchema,
  nextTask: openTaskSchema.nullable(),
  management: z
    .object({
      year: z.int(),
      standard: z.boolean(),
      standardReasons: z.array(reasonSchema),
      controlledStatutory: z.boolean().nullable(),
      controlledClinical: z.boolean().nullable(),
    })
    .nullable(),
});
export type FollowUpOutcome = z.infer<typeof followUpOutcomeSchema>;

const sheetBody = {
  operationId: idSchema(),
  recordId: idSchema(),
  formEdition: textSchema(20),
  answers: answersSchema,
  /** Paths of warnings the doctor has confirmed. */
  confirmed: z.array(textSchema(80)).max(200).default([]),
  /** Required when the next visit is later than the rule allows. */
  laterThanRuleReason: textSchema(200).optional(),
};

/** 保存一次随访：随访、判定、计划、工作清单、全县数字在同一事务中更新。 */
export const recordFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups',
  body: z.strictObject({
    ...sheetBody,
    residentId: idSchema(),
    program: programSchema.default('hypertension'),
  }),
  response: followUpOutcomeSchema,
});

/** 保存一次合并随访：各病种的正式表同时保存，或都不保存。路径以病种开头，如 `copd/spo2`。 */
export const recordVisit = endpoint({
  method: 'POST',
  path: '/api/visits',
  body: z.strictObject({
    operationId: idSchema(),
    visitId: idSchema(),
    residentId: idSchema(),
    sheets: z
      .array(
        z.strictObject({
          program: programSchema,
          recordId: idSchema(),
          formEdition: textSchema(20),
          answers: answersSchema,
        }),
      )
      .min(1)
      .max(programSchema.options.length)
      .refine(
        (sheets) => new Set(sheets.map((sheet) => sheet.program)).size === sheets.length,
        '同一病种只能有一张表。',
      ),
    confirmed: z.array(textSchema(120)).max(300).default([]),
    laterThanRuleReason: textSchema(200).optional(),
  }),
  response: z.object({ visitId: z.string(), sheets: z.array(followUpOutcomeSchema) }),
});

/** 更正已保存的随访：保留旧版本与原因。 */
export const correctFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:recordId/corrections',
  params: z.strictObject({ recordId: idSchema() }),
  body: z.strictObject({ ...sheetBody, reason: textSchema(200) }),
  response: followUpOutcomeSchema,
});

/** 一张已保存的随访表。 */
export const showFollowUp = endpoint({
  method: 'GET',
  path: '/api/follow-ups/:recordId',
  params: z.strictObject({ recordId: idSchema() }),
  response: followUpRecordSchema,
});

/** 居民的随访记录，新的在前；更正前的版本也在其中。 */
export const listFollowUps = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/follow-ups',
  params: z.strictObject({ residentId: idSchema() }),
  query: z.strictObject({
    program: programSchema.default('hypertension'),
    year: z.coerce.number().int().min(1900).max(2200).optional(),
    includeSuperseded: z.enum(['true', 'false']).default('false'),
    ...pageSchema(100),
  }),
  response: z.object({ items: z.array(followUpRecordSchema), nextCursor: z.string().nullable() }),
});

export const worklistBucketSchema = z.enum(['all', 'crisis', 'refer', 'recheck', 'overdue', 'due', 'soon']);
export type WorklistBucket = z.infer<typeof worklistBucketSchema>;

export const worklistItemSchema = openTaskSchema.extend({
  residentId: z.string(),
  name: z.string(),
  sex: z.enum(['0', '1', '2', '9']),
  ageYears: z.int(),
  phone: z.string().nullable(),
  organizationName: z.string(),
  overdueDays: z.int(),
  lastVisitOn: z.string().nullable(),
  lastSbp: z.int().nullable(),
  lastDbp: z.int().nullable(),
});
export type WorklistItem = z.infer<typeof worklistItemSchema>;

/** 今日工作清单：危急、转诊、两周复查、逾期、到期、七日内；按风险排序。 */
export const listWorklist = endpoint({
  method: 'GET',
  path: '/api/worklist',
  query: z.strictObject({
    /** All programmes when left out. */
    program: programSchema.optional(),
    bucket: worklistBucketSchema.default('all'),
    organizationId: idSchema().optional(),
    ...pageSchema(100),
  }),
  response: z.object({
    asOf: z.string(),
    scopeName: z.string(),
    counts: z.record(worklistBucketSchema, z.int()),
    items: z.array(worklistItemSchema),
    nextCursor: z.string().nullable(),
  }),
});

/** 未随访而关闭任务，须说明原因；人仍在管时须给出下次随访日期。 */
export const closeTask = endpoint({
  method: 'POST',
  path: '/api/tasks/:taskId/close',
  params: z.strictObject({ taskId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    reason: z.enum(['lost', 'refused', 'replanned', 'other']),
    note: textSchema(200),
    nextDueOn: plainDateSchema(),
  }),
  response: z.object({ nextTask: openTaskSchema }),
});
