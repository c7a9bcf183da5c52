import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { filledText, idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

import { moved } from './contract.ts';

const write = { operationId: idSchema() };
const ofVisit = z.strictObject({ visitId: idSchema() });
const ofResident = z.strictObject({ residentId: idSchema() });
const version = z.int().min(1);

const lifestyleText = textSchema(400);
export const planContentSchema = z.strictObject({
  conditions: z.array(textSchema(60)).max(20),
  goals: z.array(z.strictObject({ label: textSchema(40), target: textSchema(100) })).max(20),
  lifestyle: z.strictObject({
    salt: lifestyleText,
    alcohol: lifestyleText,
    weight: lifestyleText,
    activity: lifestyleText,
    smoking: lifestyleText,
    mind: lifestyleText,
  }),
  medicines: z
    .array(
      z.strictObject({
        name: filledText(60, '请填写药名。'),
        dosePerTime: z.number().min(0.001).max(100000).optional(),
        doseUnit: textSchema(10).optional(),
        timesPerDay: z.number().min(0.1).max(24).optional(),
        note: textSchema(100).optional(),
      }),
    )
    .max(20),
  accepted: z
    .array(z.strictObject({ ruleId: textSchema(40), reason: filledText(200, '请写明理由。') }))
    .max(20),
  tcm: z.strictObject({
    constitution: textSchema(40),
    advice: textSchema(400),
    techniques: z.array(textSchema(20)).max(10),
  }),
  monitoring: z.array(z.strictObject({ what: textSchema(40), often: textSchema(60) })).max(20),
  nextOn: plainDateSchema(),
});
export type PlanContent = z.infer<typeof planContentSchema>;

/** 制定或完善方案：写成新的一版，旧版保留。 */
export const writePlan = endpoint({
  method: 'POST',
  path: '/api/visits/:visitId/plans',
  params: ofVisit,
  body: z.strictObject({
    ...write,
    version,
    planId: idSchema(),
    /** Version of the plan the doctor had before them; 0 for none. */
    basedOn: z.int().min(0),
    changeReason: z.enum([
      'first',
      'not-effective',
      'adverse-reaction',
      'new-finding',
      'resident-asked',
      'due-review',
    ]),
    changeNote: textSchema(300).default(''),
    content: planContentSchema,
  }),
  response: moved.extend({ planVersion: z.int() }),
});

const planSchema = z.object({
  planId: z.string(),
  residentId: z.string(),
  planVersion: z.int(),
  madeOn: z.string(),
  madeByName: z.string(),
  organizationName: z.string(),
  changeReason: z.string().nullable(),
  content: planContentSchema,
});
export type PlanDetail = z.infer<typeof planSchema>;

/** 管理方案的各个版本，新的在前。 */
export const listPlans = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/plans',
  params: ofResident,
  query: z.strictObject(pageSchema(50)),
  response: z.object({ items: z.array(planSchema), nextCursor: z.string().nullable() }),
});

/** 一版方案，打印为健康处方。 */
export const showPlan = endpoint({
  method: 'GET',
  path: '/api/plans/:planId',
  params: z.strictObject({ planId: idSchema() }),
  response: planSchema.extend({
    name: z.string(),
    sex: z.string(),
    ageYears: z.int(),
    archiveNo: z.string(),
  }),
});
