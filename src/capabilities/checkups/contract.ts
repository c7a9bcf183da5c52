import { z } from 'zod';
import { answersSchema, residentSummarySchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';
import { stations } from './domain/stations.ts';

export const stationSchema = z.enum(stations);
const yearParams = z.strictObject({ year: z.coerce.number().int().min(2000).max(2199) });
const cursor = { nextCursor: z.string().nullable() };
const dayParams = z.strictObject({ examDayId: idSchema() });
const personParams = z.strictObject({ examDayId: idSchema(), residentId: idSchema() });

/** 当年应检名单，按村；分“未检”“已检”。 */
export const listCheckupYear = endpoint({
  method: 'GET',
  path: '/api/checkup-years/:year/people',
  params: yearParams,
  query: z.strictObject({
    organizationId: idSchema().optional(),
    state: z.enum(['due', 'done']).default('due'),
    ...pageSchema(100),
  }),
  response: z.object({
    items: z.array(
      residentSummarySchema.extend({
        groups: z.array(z.string()),
        doneOn: z.string().nullable(),
        recordId: z.string().nullable(),
      }),
    ),
    ...cursor,
  }),
});

/** 当年体检进度：本机构与下级各机构。 */
export const showCheckupYear = endpoint({
  method: 'GET',
  path: '/api/checkup-years/:year',
  params: yearParams,
  query: z.strictObject({ organizationId: idSchema().optional() }),
  response: z.object({
    organization: z.object({ id: z.string(), name: z.string(), parentId: z.string().nullable() }),
    due: z.int(),
    done: z.int(),
    children: z.array(z.object({ id: z.string(), name: z.string(), due: z.int(), done: z.int() })),
  }),
});

export const examDaySchema = z.object({
  id: z.string(),
  name: z.string(),
  place: z.string(),
  heldOn: z.string(),
  organizationName: z.string(),
  status: z.enum(['open', 'closed']),
  version: z.int(),
  people: z.int(),
  finished: z.int(),
  absent: z.int(),
  visited: z.record(stationSchema, z.int()),
});
export type ExamDay = z.infer<typeof examDaySchema>;

/** 建立体检日。 */
export const openExamDay = endpoint({
  method: 'POST',
  path: '/api/exam-days',
  body: z.strictObject({
    operationId: idSchema(),
    examDayId: idSchema(),
    name: textSchema(60),
    place: textSchema(60),
    heldOn: plainDateSchema(),
  }),
  response: z.object({ examDayId: z.string() }),
});

export const listExamDays = endpoint({
  method: 'GET',
  path: '/api/exam-days',
  query: z.strictObject(pageSchema(50)),
  response: z.object({ items: z.array(examDaySchema), ...cursor }),
});

export const showExamDay = endpoint({
  method: 'GET',
  path: '/api/exam-days/:examDayId',
  params: dayParams,
  response: examDaySchema,
});

/** 结束体检日：未做完的人记为未到或留待补检。 */
export const closeExamDay = endpoint({
  method: 'POST',
  path: '/api/exam-days/:examDayId/close',
  params: dayParams,
  body: z.strictObject({ operationId: idSchema(), version: z.int().min(1) }),
  response: z.object({ absent: z.int() }),
});

export const addedLineSchema = z.object({
  line: z.int(),
  text: z.string(),
  state: z.enum(['added', 'already', 'repeated', 'unknown', 'elsewhere', 'closed', 'invalid']),
  message: z.string(),
  residentId: z.string().nullable(),
  name: z.string().nullable(),
  number: z.int().nullable(),
  /** The valid identity number of somebody without a record, to register with. */
  idNo: z.string().nullable(),
});
export type AddedLine = z.infer<typeof addedLineSchema>;

/** 按身份证号或档案编码名单加入受检人；每行给出结果。 */
export const addExamPeople = endpoint({
  method: 'POST',
  path: '/api/exam-days/:examDayId/people',
  params: dayParams,
  body: z.strictObject({ operationId: idSchema(), lines: z.array(textSchema(200)).min(1).max(500) }),
  response: z.object({ items: z.array(addedLineSchema), added: z.int() }),
});

/** 从 .xlsx 名单读出每行的号码，不写入。 */
export const readPeopleFile = endpoint({
  method: 'POST',
  path: '/api/exam-days/people-file',
  body: z.instanceof(Uint8Array),
  response: z.object({ lines: z.array(z.string()) }),
});

export const stationProgressSchema = z.object({
  station: stationSchema,
  required: z.int(),
  filled: z.int(),
  missing: z.array(z.string()),
});
export const examPersonSchema = residentSummarySchema.extend({
  number: z.int(),
  barcode: z.string(),
  examStatus: z.enum(['waiting', 'finished', 'absent']),
  recordId: z.string().nullable(),
  visited: z.array(stationSchema),
  progress: z.array(stationProgressSchema),
});
export type ExamPerson = z.infer<typeof examPersonSchema>;

/** 受检人名单；`station` 给出时只列该站还没录过的人。 */
export const listExamPeople = endpoint({
  method: 'GET',
  path: '/api/exam-days/:examDayId/people',
  params: dayParams,
  query: z.strictObject({ station: stationSchema.optional(), ...pageSchema(50) }),
  response: z.object({ items: z.array(examPersonSchema), ...cursor }),
});

/** 按当日号、条码、身份证号或档案编码找到受检人。 */
export const findExamPerson = endpoint({
  method: 'POST',
  path: '/api/exam-days/:examDayId/find',
  params: dayParams,
  body: z.strictObject({ text: textSchema(60) }),
  response: z.object({ residentId: z.string() }),
});

/** 受检人合并后的体检表。 */
export const openExamPerson = endpoint({
  method: 'GET',
  path: '/api/exam-days/:examDayId/people/:residentId',
  params: personParams,
  response: z.object({ person: examPersonSchema, heldOn: z.string(), seq: z.int(), answers: answersSchema }),
});

/** 一站保存自己的项目；同一项目被别人改过则询问，不覆盖。 */
export const saveSection = endpoint({
  method: 'POST',
  path: '/api/exam-days/:examDayId/people/:residentId/sections',
  params: personParams,
  body: z.strictObject({
    operationId: idSchema(),
    station: stationSchema,
    seenSeq: z.int().min(0),
    answers: answersSchema,
    confirmed: z.array(textSchema(80)).max(300).default([]),
  }),
  response: z.object({ seq: z.int() }),
});

/** 化验结果按条码批量导入（.xlsx，原样字节）。 */
export const importLaboratory = endpoint({
  method: 'POST',
  path: '/api/exam-days/:examDayId/laboratory-file',
  params: dayParams,
  query: z.strictObject({ operationId: idSchema() }),
  body: z.instanceof(Uint8Array),
  response: z.object({
    saved: z.int(),
    rows: z.array(z.object({ row: z.int(), text: z.string(), saved: z.boolean(), message: z.string() })),
  }),
});

export const decisionSchema = z.strictObject({
  code: textSchema(60),
  decision: z.enum(['accepted', 'declined']),
  label: textSchema(200).optional(),
  reason: textSchema(200).optional(),
});
const conclusionBody = {
  operationId: idSchema(),
  recordId: idSchema(),
  answers: answersSchema,
  decisions: z.array(decisionSchema).max(60).default([]),
  confirmed: z.array(textSchema(80)).max(300).default([]),
};
const filedOn = { recordId: z.string(), occurredOn: z.string() };
const filedSchema = z.object({ ...filedOn, tasks: z.int() });

/** 核对完整后保存为健康体检表；`answers` 是医生在结论页改动的项目。 */
export const finishExamPerson = endpoint({
  method: 'POST',
  path: '/api/exam-days/:examDayId/people/:residentId/finish',
  params: personParams,
  body: z.strictObject(conclusionBody),
  response: filedSchema,
});

/** 单独填写一份健康体检表（不在集中体检日）。 */
export const fileCheckup = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/checkups',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    ...conclusionBody,
    supersedesId: idSchema().optional(),
    reason: textSchema(200).optional(),
  }),
  response: filedSchema,
});

/** 居民近几年的健康体检表与老年人评估，新的在前。 */
export const listCheckups = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/checkups',
  params: z.strictObject({ residentId: idSchema() }),
  response: z.object({
    checkups: z.array(z.object({ ...filedOn, formEdition: z.string(), answers: answersSchema })),
    assessments: z.array(
      z.object({ recordId: z.string(), form: z.string(), occurredOn: z.string(), answers: answersSchema }),
    ),
  }),
});

export const checkupTaskSchema = z.object({
  id: z.string(),
  residentId: z.string(),
  residentName: z.string(),
  organizationName: z.string(),
  recordId: z.string(),
  kind: z.enum(['recheck', 'refer', 'suspect']),
  what: z.string(),
  reason: z.string(),
  dueOn: z.string(),
  closedAt: z.string().nullable(),
  closeNote: z.string().nullable(),
});
export type CheckupTask = z.infer<typeof checkupTaskSchema>;

/** 一份健康体检表的结论、医生的取舍与由此产生的任务；反馈单据此打印。 */
export const showCheckupOutcome = endpoint({
  method: 'GET',
  path: '/api/checkups/:recordId',
  params: z.strictObject({ recordId: idSchema() }),
  response: z.object({
    ...filedOn,
    residentId: z.string(),
    formEdition: z.string(),
    answers: answersSchema,
    person: residentSummarySchema,
    doctorName: z.string(),
    organizationName: z.string(),
    decisions: z.array(decisionSchema),
    tasks: z.array(checkupTaskSchema),
  }),
});

/** 体检后待办：复查、转诊、明确诊断，按期限。 */
export const listCheckupTasks = endpoint({
  method: 'GET',
  path: '/api/checkup-tasks',
  query: z.strictObject({ organizationId: idSchema().optional(), ...pageSchema(100) }),
  response: z.object({ items: z.array(checkupTaskSchema), ...cursor }),
});

export const closeCheckupTask = endpoint({
  method: 'POST',
  path: '/api/checkup-tasks/:taskId/close',
  params: z.strictObject({ taskId: idSchema() }),
  body: z.strictObject({ operationId: idSchema(), note: textSchema(200) }),
  response: z.object({ taskId: z.string() }),
});
