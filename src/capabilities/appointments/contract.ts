import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

export const slotKindSchema = z.enum(['centre', 'doctor', 'lead-hospital', 'outreach']);
const timeSchema = () =>
  z.string({ error: '缺少时间。' }).regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, { error: '时间应写成 08:30。' });

const slotSchema = z.object({
  id: z.string(),
  kind: slotKindSchema,
  organizationId: z.string(),
  organizationName: z.string(),
  title: z.string(),
  doctorId: z.string().nullable(),
  doctorName: z.string().nullable(),
  day: z.string(),
  starts: z.string(),
  ends: z.string(),
  capacity: z.int(),
  taken: z.int(),
  isOver: z.boolean(),
  isWithdrawn: z.boolean(),
});
export type Slot = z.infer<typeof slotSchema>;

export const appointmentStatusSchema = z.enum(['booked', 'cancelled', 'arrived', 'no-show']);

const appointmentSchema = z.object({
  id: z.string(),
  slotId: z.string(),
  kind: slotKindSchema,
  residentId: z.string(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int(),
  phone: z.string().nullable(),
  homeName: z.string(),
  organizationId: z.string(),
  organizationName: z.string(),
  title: z.string(),
  doctorId: z.string().nullable(),
  doctorName: z.string().nullable(),
  day: z.string(),
  starts: z.string(),
  ends: z.string(),
  purpose: z.string(),
  status: appointmentStatusSchema,
  cancelReason: z.string().nullable(),
  version: z.int(),
});
export type Appointment = z.infer<typeof appointmentSchema>;

/** 某日的号源与余号。 */
export const listSlots = endpoint({
  method: 'GET',
  path: '/api/clinic-slots',
  query: z.strictObject({
    day: plainDateSchema().optional(),
    kind: slotKindSchema.optional(),
    organizationId: idSchema().optional(),
  }),
  response: z.object({
    day: z.string(),
    items: z.array(slotSchema),
    /** 时段太多，没有全部列出。 */
    isCut: z.boolean(),
    days: z.array(z.object({ day: z.string(), free: z.int(), slots: z.int() })),
  }),
});

/** 一个时段约了谁。 */
export const listSlotAppointments = endpoint({
  method: 'GET',
  path: '/api/clinic-slots/:slotId/appointments',
  params: z.strictObject({ slotId: idSchema() }),
  query: z.strictObject(pageSchema(100)),
  response: z.object({ items: z.array(appointmentSchema), nextCursor: z.string().nullable() }),
});

/** 居民的预约：将来的与过去的。 */
export const listResidentAppointments = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/appointments',
  params: z.strictObject({ residentId: idSchema() }),
  query: z.strictObject(pageSchema(50)),
  response: z.object({ items: z.array(appointmentSchema), nextCursor: z.string().nullable() }),
});

/** 预约。同一人同一半天已有预约时须确认 `slotId:same-half-day`。 */
export const bookAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments',
  body: z.strictObject({
    operationId: idSchema(),
    appointmentId: idSchema(),
    residentId: idSchema(),
    slotId: idSchema(),
    purpose: textSchema(100).refine((text) => text.trim() !== '', { error: '请填写事由。' }),
    confirmed: z.array(textSchema(80)).max(10).default([]),
  }),
  response: z.object({ appointmentId: z.string(), free: z.int() }),
});

/** 改约到另一时段。 */
export const changeAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/change',
  params: z.strictObject({ appointmentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    slotId: idSchema(),
    confirmed: z.array(textSchema(80)).max(10).default([]),
  }),
  response: z.object({ appointmentId: z.string() }),
});

/** 取消、到诊、爽约。 */
export const settleAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/settle',
  params: z.strictObject({ appointmentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    status: z.enum(['cancelled', 'arrived', 'no-show']),
    reason: textSchema(100).default(''),
  }),
  response: z.object({ appointmentId: z.string(), status: appointmentStatusSchema }),
});

const scheduleSchema = z.object({
  id: z.string(),
  kind: slotKindSchema,
  organizationId: z.string(),
  organizationName: z.string(),
  title: z.string(),
  doctorId: z.string().nullable(),
  doctorName: z.string().nullable(),
  weekday: z.int(),
  starts: z.string(),
  ends: z.string(),
  capacity: z.int(),
  version: z.int(),
});
export type ScheduleLine = z.infer<typeof scheduleSchema>;

/** 排班：每周的放号安排，及可选的医生与机构。 */
export const listSchedules = endpoint({
  method: 'GET',
  path: '/api/clinic-schedules',
  response: z.object({
    items: z.array(scheduleSchema),
    organizations: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
    doctors: z.array(z.object({ id: z.string(), name: z.string(), organizationId: z.string() })),
    madeThrough: z.string().nullable(),
    knowsHolidays: z.boolean(),
  }),
});

/** 新增一条排班。 */
export const addSchedule = endpoint({
  method: 'POST',
  path: '/api/clinic-schedules',
  body: z.strictObject({
    operationId: idSchema(),
    scheduleId: idSchema(),
    organizationId: idSchema(),
    kind: slotKindSchema,
    title: textSchema(40).refine((text) => text.trim() !== '', { error: '请填写科室或诊室。' }),
    doctorId: idSchema().nullable().default(null),
    weekday: z.int().min(1).max(7),
    starts: timeSchema(),
    ends: timeSchema(),
    capacity: z.int().min(1, { error: '至少放一个号。' }).max(500),
  }),
  response: z.object({ scheduleId: z.string() }),
});

/** 停用一条排班：已放出的号不受影响。 */
export const retireSchedule = endpoint({
  method: 'POST',
  path: '/api/clinic-schedules/:scheduleId/retire',
  params: z.strictObject({ scheduleId: idSchema() }),
  body: z.strictObject({ operationId: idSchema(), version: z.int().min(1) }),
  response: z.object({ scheduleId: z.string() }),
});

/** 按排班放号到今后若干天；重复执行不会重复放号。 */
export const makeSlots = endpoint({
  method: 'POST',
  path: '/api/clinic-slots/make',
  body: z.strictObject({ operationId: idSchema(), days: z.int().min(1).max(60).default(14) }),
  response: z.object({ made: z.int(), through: z.string() }),
});

/** 手工放一个时段的号（如牵头医院临时放号、下乡义诊）。 */
export const releaseSlot = endpoint({
  method: 'POST',
  path: '/api/clinic-slots',
  body: z.strictObject({
    operationId: idSchema(),
    slotId: idSchema(),
    organizationId: idSchema(),
    kind: slotKindSchema,
    title: textSchema(40).refine((text) => text.trim() !== '', { error: '请填写科室或诊室。' }),
    doctorId: idSchema().nullable().default(null),
    day: plainDateSchema(),
    starts: timeSchema(),
    ends: timeSchema(),
    capacity: z.int().min(1, { error: '至少放一个号。' }).max(500),
  }),
  response: z.object({ slotId: z.string() }),
});

/** 停诊：已约的人取消并排入停诊通知。 */
export const withdrawSlot = endpoint({
  method: 'POST',
  path: '/api/clinic-slots/:slotId/withdraw',
  params: z.strictObject({ slotId: idSchema() }),
  body: z.strictObject({ operationId: idSchema(), reason: textSchema(100).default('停诊') }),
  response: z.object({ slotId: z.string(), cancelled: z.int() }),
});

const noticeSchema = z.object({
  id: z.string(),
  residentId: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  kind: z.string(),
  channel: z.enum(['in-app', 'log', 'sms', 'wechat']),
  body: z.string(),
  dueAt: z.string(),
  sentAt: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  failed: z.string().nullable(),
  attempts: z.int(),
  nextTryAt: z.string().nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

export const noticeStates = ['waiting', 'sent', 'failed', 'cancelled'] as const;

/** 提醒：待发、已发、未送达、已撤销，及各通道是否已配置。 */
export const listNotices = endpoint({
  method: 'GET',
  path: '/api/notices',
  query: z.strictObject({
    state: z.enum(noticeStates).default('waiting'),
    residentId: idSchema().optional(),
    ...pageSchema(100),
  }),
  response: z.object({
    channels: z.array(z.object({ channel: z.string(), label: z.string(), isConfigured: z.boolean() })),
    items: z.array(noticeSchema),
    nextCursor: z.string().nullable(),
  }),
});
