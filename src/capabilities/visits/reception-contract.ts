import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { filledText, idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

const write = { operationId: idSchema() };
const ofVisit = z.strictObject({ visitId: idSchema() });
const ofResident = z.strictObject({ residentId: idSchema() });
const version = z.int().min(1);

const queueLineSchema = z.object({
  visitId: z.string(),
  residentId: z.string(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int(),
  queueNo: z.string(),
  priority: z.int(),
  room: z.string(),
  doctorName: z.string().nullable(),
  box: z.string(),
  status: z.string(),
  stage: z.enum(['waiting', 'called', 'seen', 'done']),
  arrivedAt: z.string(),
});
export type QueueLine = z.infer<typeof queueLineSchema>;

/** 接诊：一个居民到达时前台需要知道的一切。 */
export const showReception = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/reception',
  params: ofResident,
  response: z.object({
    residentId: z.string(),
    name: z.string(),
    sex: z.string(),
    ageYears: z.int(),
    status: z.string(),
    archiveNo: z.string(),
    organizationName: z.string(),
    programs: z.array(z.string()),
    contract: z.object({
      state: z.enum(['signed', 'declined', 'none']),
      doctorName: z.string().nullable(),
      doctorRoom: z.string().nullable(),
      validTo: z.string().nullable(),
      declinedReason: z.string().nullable(),
    }),
    firstPressure: z.object({ isDue: z.boolean(), lastOn: z.string().nullable() }),
    /** 家庭健康提示：同户有人同意提示；不说是谁，也不说什么病。 */
    familyPrompt: z.string().nullable(),
    /** What was measured today and is an emergency. */
    dangers: z.array(z.string()),
    openVisit: queueLineSchema.nullable(),
    appointments: z.array(
      z.object({ id: z.string(), title: z.string(), starts: z.string(), purpose: z.string() }),
    ),
    referrals: z.array(
      z.object({
        recordId: z.string(),
        from: z.enum(['hospital', 'village']),
        on: z.string(),
        diagnosis: z.string(),
      }),
    ),
    episodes: z.array(
      z.object({
        condition: z.string(),
        state: z.string(),
        dueOn: z.string().nullable(),
        nextStep: z.string(),
      }),
    ),
    lastVisitOn: z.string().nullable(),
    information: z.array(
      z.object({
        recordId: z.string(),
        source: z.enum(['A5a', 'A5b', 'A5c', 'A5d']),
        title: z.string(),
        on: z.string(),
        place: z.string(),
        text: z.string(),
      }),
    ),
  }),
});
export type ReceptionCard = z.infer<typeof showReception.response>;

export const entrySchema = z.enum(['A1', 'A2', 'A3', 'A4']);

/** 取号：登记到达、基本信息来源、首诊测压，直接排到诊室。 */
export const arrive = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/visits',
  params: ofResident,
  body: z.strictObject({
    ...write,
    visitId: idSchema(),
    entry: entrySchema,
    question: textSchema(300).default(''),
    appointmentId: idSchema().optional(),
    information: z
      .array(
        z.strictObject({
          source: z.enum(['A5a', 'A5b', 'A5c', 'A5d']),
          on: plainDateSchema(),
          text: filledText(500, '请写明内容。'),
        }),
      )
      .max(12)
      .default([]),
    pressure: z
      .strictObject({ sbp: z.int().min(60).max(300), dbp: z.int().min(30).max(200) })
      .refine((one) => one.dbp < one.sbp, { error: '舒张压应低于收缩压，请核对。' })
      .optional(),
    pressureRefusal: textSchema(200).optional(),
    declinedReason: textSchema(200).optional(),
    dangerSign: textSchema(100).optional(),
  }),
  response: z.object({
    visitId: z.string(),
    queueNo: z.string(),
    room: z.string(),
    priority: z.int(),
    waitingBefore: z.int(),
    pressureText: z.string().nullable(),
    dangers: z.array(z.string()),
  }),
});

/** 今天的中心：诊室、人数、预约与回转的转诊。 */
export const showCentreDay = endpoint({
  method: 'GET',
  path: '/api/centre/day',
  response: z.object({
    today: z.string(),
    organizationName: z.string(),
    rooms: z.array(
      z.object({
        id: z.string(),
        room: z.string(),
        doctorId: z.string(),
        doctorName: z.string(),
        isMine: z.boolean(),
      }),
    ),
    counts: z.object({ waiting: z.int(), inRoom: z.int(), done: z.int() }),
    appointments: z.array(
      z.object({
        id: z.string(),
        residentId: z.string(),
        name: z.string(),
        title: z.string(),
        starts: z.string(),
        purpose: z.string(),
        status: z.string(),
      }),
    ),
    referrals: z.array(
      z.object({
        residentId: z.string(),
        name: z.string(),
        from: z.enum(['hospital', 'village']),
        on: z.string(),
        recordId: z.string(),
      }),
    ),
  }),
});
export type CentreDay = z.infer<typeof showCentreDay.response>;

/** 排队：候诊、就诊中、已完成，按次序。 */
export const listQueue = endpoint({
  method: 'GET',
  path: '/api/centre/queue',
  query: z.strictObject({
    stage: z.enum(['waiting', 'in-room', 'done']).default('waiting'),
    mine: z.enum(['true', 'false']).default('false'),
    ...pageSchema(200),
  }),
  response: z.object({ items: z.array(queueLineSchema), nextCursor: z.string().nullable() }),
});

/** 开诊：医生坐到一间诊室。 */
export const openRoom = endpoint({
  method: 'POST',
  path: '/api/centre/rooms',
  body: z.strictObject({ ...write, dutyId: idSchema(), room: filledText(20, '请填写诊室。') }),
  response: z.object({ dutyId: z.string(), room: z.string() }),
});

/** 停诊。 */
export const closeRoom = endpoint({
  method: 'POST',
  path: '/api/centre/rooms/close',
  body: z.strictObject(write),
  response: z.object({ room: z.string().nullable() }),
});

/** 叫下一位：按次序取本诊室或全科候诊的第一位。 */
export const callNext = endpoint({
  method: 'POST',
  path: '/api/centre/next',
  body: z.strictObject(write),
  response: z.object({ called: queueLineSchema.nullable() }),
});

/** 重叫、过号或离开。 */
export const callAgain = endpoint({
  method: 'POST',
  path: '/api/visits/:visitId/calls',
  params: ofVisit,
  body: z.strictObject({ ...write, version, action: z.enum(['recall', 'pass', 'left']) }),
  response: z.object({ version: z.int() }),
});

/** 候诊大屏：隐去中间字的姓名。 */
export const showBoard = endpoint({
  method: 'GET',
  path: '/api/centre/board',
  response: z.object({
    organizationName: z.string(),
    now: z.string(),
    called: z.array(
      z.object({ queueNo: z.string(), name: z.string(), room: z.string(), calledAt: z.string() }),
    ),
    waiting: z.array(
      z.object({ queueNo: z.string(), name: z.string(), room: z.string(), isPriority: z.boolean() }),
    ),
    waitingCount: z.int(),
  }),
});

const selfTestSchema = z.object({
  id: z.string(),
  point: z.string(),
  slipNo: z.string(),
  takenOn: z.string(),
  takenAt: z.string(),
  readings: z.array(z.object({ kind: z.string(), value: z.number() })),
  /** Why the values are an emergency, whoever they belong to. */
  dangers: z.array(z.string()),
});
export type SelfTest = z.infer<typeof selfTestSchema>;

/** 自助检测点上传一次测量，尚不知是谁。 */
export const uploadSelfTest = endpoint({
  method: 'POST',
  path: '/api/centre/self-tests',
  body: z.strictObject({
    ...write,
    selfTestId: idSchema(),
    point: filledText(40, '请填写检测点。'),
    slipNo: filledText(20, '请填写小票号。'),
    takenOn: plainDateSchema(),
    takenAt: textSchema(5),
    readings: z
      .array(z.strictObject({ kind: textSchema(40), value: z.number() }))
      .min(1)
      .max(12),
  }),
  response: z.object({ selfTestId: z.string(), dangers: z.array(z.string()) }),
});

/** 还没有认领的自助检测。 */
export const listSelfTests = endpoint({
  method: 'GET',
  path: '/api/centre/self-tests',
  query: z.strictObject({ slipNo: textSchema(20).optional(), ...pageSchema(100) }),
  response: z.object({ items: z.array(selfTestSchema), nextCursor: z.string().nullable() }),
});

/** 认领：把自助检测的读数记到一个居民名下。 */
export const claimSelfTest = endpoint({
  method: 'POST',
  path: '/api/centre/self-tests/:selfTestId/claim',
  params: z.strictObject({ selfTestId: idSchema() }),
  body: z.strictObject({ ...write, residentId: idSchema(), recordId: idSchema() }),
  response: z.object({ recordId: z.string(), dangers: z.array(z.string()) }),
});
