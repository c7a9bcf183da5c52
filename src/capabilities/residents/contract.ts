import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';
import { type Program, programs } from './domain/program.ts';

export const residentStatusSchema = z.enum(['active', 'moved', 'dead', 'lost', 'closed']);
export const programSchema = z.enum(programs);
export type { Program };

/** A line of a list of residents; it arrives with the numbers masked, as far as they were not asked for. */
export const residentSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  sex: z.enum(['0', '1', '2', '9']),
  birthDate: z.string(),
  ageYears: z.int(),
  idNo: z.string().nullable(),
  phone: z.string().nullable(),
  archiveNo: z.string(),
  organizationId: z.string(),
  organizationName: z.string(),
  status: residentStatusSchema,
  programs: z.array(programSchema),
});
export type ResidentSummary = z.infer<typeof residentSummarySchema>;

export const enrollmentSummarySchema = z.object({
  id: z.string(),
  program: programSchema,
  enrolledOn: z.string(),
  diagnosedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  closeReason: z.string().nullable(),
  version: z.int(),
});
export type EnrollmentSummary = z.infer<typeof enrollmentSummarySchema>;

export const openTaskSchema = z.object({
  id: z.string(),
  enrollmentId: z.string(),
  program: programSchema,
  kind: z.enum(['crisis', 'refer', 'recheck', 'routine']),
  dueOn: z.string(),
  latestOn: z.string(),
  reason: z.string(),
});
export type OpenTask = z.infer<typeof openTaskSchema>;

/** Far more than the longest sheet has. */
const mostAnswers = 1000;

/** Answers of a form as they travel: field id → value. The form edition decides what they mean. */
export const answersSchema = z
  .record(z.string().max(64), z.unknown())
  .refine((answers) => Object.keys(answers).length <= mostAnswers, {
    error: `一份表单不能超过 ${mostAnswers} 项。`,
  });

/** 检索：姓名、拼音首字母、身份证号或后几位、电话后几位、档案编码。 */
export const searchResidents = endpoint({
  method: 'POST',
  path: '/api/residents/search',
  body: z.strictObject({ text: textSchema(60), ...pageSchema(50) }),
  response: z.object({
    scopeName: z.string(),
    items: z.array(residentSummarySchema),
    nextCursor: z.string().nullable(),
  }),
});

/** 建档：个人基本信息表。 */
export const registerResident = endpoint({
  method: 'POST',
  path: '/api/residents',
  body: z.strictObject({
    operationId: idSchema(),
    residentId: idSchema(),
    organizationId: idSchema(),
    answers: answersSchema,
    confirmed: z.array(textSchema(80)).max(200).default([]),
  }),
  response: z.object({ residentId: z.string(), archiveNo: z.string() }),
});

/** A record as it opens: numbers and addresses masked, in the personal information too. */
export const residentDetailSchema = residentSummarySchema.extend({
  statusOn: z.string().nullable(),
  statusNote: z.string().nullable(),
  version: z.int(),
  formEdition: z.string(),
  personalInformation: answersSchema,
  updatedAt: z.string(),
  updatedByName: z.string().nullable(),
  enrollments: z.array(enrollmentSummarySchema),
  openTasks: z.array(
    /** With the day of the visit that opened it; null where none did. */
    openTaskSchema.extend({ foundOn: z.string().nullable() }),
  ),
});
export type ResidentDetail = z.infer<typeof residentDetailSchema>;

/** 打开居民档案。 */
export const openResident = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId',
  params: z.strictObject({ residentId: idSchema() }),
  response: residentDetailSchema,
});

/** 修改个人基本信息；`version` 过旧则拒绝并附上最新内容。 */
export const updatePersonalInformation = endpoint({
  method: 'PUT',
  path: '/api/residents/:residentId/personal-information',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    answers: answersSchema,
    confirmed: z.array(textSchema(80)).max(200).default([]),
    reason: textSchema(200).optional(),
  }),
  response: z.object({ residentId: z.string(), version: z.int() }),
});

/** 个人基本信息的历史版本，新的在前。 */
export const listPersonalInformationVersions = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/personal-information/versions',
  params: z.strictObject({ residentId: idSchema() }),
  response: z.object({
    items: z.array(
      z.object({
        version: z.int(),
        changedAt: z.string(),
        changedByName: z.string().nullable(),
        reason: z.string().nullable(),
        formEdition: z.string(),
        personalInformation: answersSchema,
        /** Fields that differ from the version before; told because masked values may look alike. */
        changed: z.array(z.string()),
      }),
    ),
  }),
});

/** 身份证号是否已建档：只回答有无；不在本范围时只给出所在机构名称。 */
export const checkIdentity = endpoint({
  method: 'POST',
  path: '/api/residents/check-identity',
  body: z.strictObject({ idNo: textSchema(32) }),
  response: z.object({
    valid: z.boolean(),
    message: z.string().nullable(),
    idNo: z.string().nullable(),
    birthDate: plainDateSchema().nullable(),
    sex: z.enum(['1', '2']).nullable(),
    holder: z.object({ residentId: z.string().nullable(), organizationName: z.string() }).nullable(),
  }),
});

/** 可选的管理机构：当前用户范围内的村卫生室。 */
export const listRegistrationOrganizations = endpoint({
  method: 'GET',
  path: '/api/organizations/for-registration',
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        parentName: z.string().nullable(),
        regionCode: z.string(),
      }),
    ),
  }),
});
