import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

const packageSchema = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  audience: z.string(),
  priceCents: z.int(),
  items: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      timesPerYear: z.number(),
      forms: z.array(z.string()),
    }),
  ),
});
export type PackageLine = z.infer<typeof packageSchema>;

const deliverySchema = z.object({
  packageName: z.string(),
  code: z.string(),
  label: z.string(),
  planned: z.int(),
  done: z.int(),
  services: z.array(z.object({ recordId: z.string(), form: z.string(), on: z.string() })),
  nextDueOn: z.string().nullable(),
  isOverdue: z.boolean(),
});

export const contractSchema = z.object({
  id: z.string(),
  residentId: z.string(),
  doctorId: z.string(),
  doctorName: z.string(),
  organizationName: z.string(),
  packageIds: z.array(z.string()),
  packageNames: z.array(z.string()),
  signedOn: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  state: z.enum(['to-begin', 'in-force', 'to-renew', 'expired', 'ended']),
  endedOn: z.string().nullable(),
  endReason: z.string().nullable(),
  version: z.int(),
  deliveries: z.array(deliverySchema),
});
export type ContractDetail = z.infer<typeof contractSchema>;

/** 签约情况：现行签约与履约、历史、暂不签约记录、可选服务包与家庭医生、同户成员。 */
export const showContracts = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/contracts',
  params: z.strictObject({ residentId: idSchema() }),
  response: z.object({
    current: contractSchema.nullable(),
    past: z.array(contractSchema.omit({ deliveries: true })),
    offers: z.array(
      z.object({ on: z.string(), outcome: z.string(), reason: z.string(), recordedByName: z.string() }),
    ),
    packages: z.array(packageSchema),
    fitting: z.array(z.string()),
    doctors: z.array(z.object({ id: z.string(), name: z.string(), organizationName: z.string() })),
    household: z.array(
      z.object({ id: z.string(), name: z.string(), ageYears: z.int(), isContracted: z.boolean() }),
    ),
  }),
});

/** 签约或续签；同一人同时只有一份有效签约。 */
export const signContract = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/contracts',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    contractId: idSchema(),
    doctorId: idSchema(),
    packageIds: z.array(idSchema()).min(1, { error: '请选择至少一个服务包。' }).max(10),
    signedOn: plainDateSchema(),
    validFrom: plainDateSchema(),
    years: z.int().min(1).max(3),
    signer: z.enum(['resident', 'guardian']),
    signerName: textSchema(40),
    consents: z.literal(true, { error: '请先说明服务内容与信息使用并取得同意。' }),
    familyIds: z.array(idSchema()).max(20).default([]),
    renews: z.boolean().default(false),
  }),
  response: z.object({ contractId: z.string(), validTo: z.string() }),
});

export const contractEndReasons = ['resident-asked', 'moved', 'dead', 'other'] as const;

/** 终止签约。 */
export const endContract = endpoint({
  method: 'POST',
  path: '/api/contracts/:contractId/end',
  params: z.strictObject({ contractId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    endedOn: plainDateSchema(),
    reason: z.enum(contractEndReasons),
    note: textSchema(200).default(''),
  }),
  response: z.object({ contractId: z.string() }),
});

/** 转给另一位家庭医生：原签约转出，服务期限不变。 */
export const transferContract = endpoint({
  method: 'POST',
  path: '/api/contracts/:contractId/transfer',
  params: z.strictObject({ contractId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(1),
    newContractId: idSchema(),
    doctorId: idSchema(),
    note: textSchema(200).default(''),
  }),
  response: z.object({ contractId: z.string() }),
});

/** 记下一次签约引导：居民暂不签约及原因。 */
export const recordOffer = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/contract-offers',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    offerId: idSchema(),
    outcome: z.enum(['declined', 'later']),
    reason: textSchema(200).refine((text) => text.trim() !== '', { error: '请写明原因。' }),
  }),
  response: z.object({ offerId: z.string() }),
});

const dueLineSchema = z.object({
  contractId: z.string(),
  residentId: z.string(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int(),
  organizationName: z.string(),
  doctorName: z.string(),
  validTo: z.string(),
  state: z.string(),
  due: z.array(z.object({ label: z.string(), nextDueOn: z.string(), isOverdue: z.boolean() })),
});
export type DueContract = z.infer<typeof dueLineSchema>;

/** 待履约：签约居民中有应做未做项目或即将到期的，按到期先后。 */
export const listDueContracts = endpoint({
  method: 'GET',
  path: '/api/contracts/due',
  query: z.strictObject({ mine: z.enum(['true', 'false']).default('false'), ...pageSchema(100) }),
  response: z.object({ items: z.array(dueLineSchema), nextCursor: z.string().nullable() }),
});

/** 签约指标：签约率、重点人群签约率、续约率、履约率、在管患者签约率。 */
export const countContracts = endpoint({
  method: 'GET',
  path: '/api/contracts/rates',
  response: z.object({
    asOf: z.string(),
    scopeName: z.string(),
    rates: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        numerator: z.int(),
        denominator: z.int(),
        definition: z.string(),
      }),
    ),
  }),
});

/** 待签约：重点人群中未签约者，高危在前。 */
export const listUnsigned = endpoint({
  method: 'GET',
  path: '/api/contracts/unsigned',
  query: z.strictObject(pageSchema(100)),
  response: z.object({
    items: z.array(
      z.object({
        residentId: z.string(),
        name: z.string(),
        ageYears: z.int(),
        organizationName: z.string(),
        reasons: z.array(z.string()),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});
