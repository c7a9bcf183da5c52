import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';
import { signingFigures } from './domain/signing-figures.ts';
import { packageSchema } from './package-contract.ts';

const deliverySchema = z.object({
  packageName: z.string(),
  code: z.string(),
  label: z.string(),
  planned: z.int(),
  done: z.int(),
  services: z.array(
    z.object({
      recordId: z.string(),
      form: z.string(),
      on: z.string(),
      contextId: z.string().nullish(),
    }),
  ),
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
  family: z.array(z.object({ id: z.string(), name: z.string() })),
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
    /** 提前续签的：新约生效前仍在履行的原签约。 */
    running: contractSchema.omit({ family: true }).nullable(),
    past: z.array(contractSchema.omit({ deliveries: true, family: true })),
    offers: z.array(
      z.object({ on: z.string(), outcome: z.string(), reason: z.string(), recordedByName: z.string() }),
    ),
    packages: z.array(packageSchema),
    fitting: z.array(z.string()),
    doctors: z.array(z.object({ id: z.string(), name: z.string(), organizationName: z.string() })),
    household: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        ageYears: z.int(),
        isContracted: z.boolean(),
        fitting: z.array(z.string()),
      }),
    ),
  }),
});

const packageIdsSchema = z.array(idSchema()).min(1, { error: '请选择至少一个服务包。' }).max(10);

/** 签约或续签，可与同户成员一起签；同一人同时只有一份有效签约。 */
export const signContract = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/contracts',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    contractId: idSchema(),
    doctorId: idSchema(),
    packageIds: packageIdsSchema,
    signedOn: plainDateSchema(),
    validFrom: plainDateSchema(),
    years: z.int().min(1).max(3),
    signer: z.enum(['resident', 'guardian']),
    signerName: textSchema(40),
    guardianRelation: textSchema(20).default(''),
    guardianPhone: textSchema(20).default(''),
    consents: z.literal(true, { error: '请先说明服务内容与信息使用并取得同意。' }),
    family: z
      .array(z.strictObject({ residentId: idSchema(), contractId: idSchema(), packageIds: packageIdsSchema }))
      .max(14)
      .default([]),
    renews: z.boolean().default(false),
  }),
  response: z.object({ contractId: z.string(), validTo: z.string(), signed: z.int() }),
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

/** 协议书：按 2022 版要素填好，供打印签字。 */
export const showAgreement = endpoint({
  method: 'GET',
  path: '/api/contracts/:contractId/agreement',
  params: z.strictObject({ contractId: idSchema() }),
  response: z.object({
    residentId: z.string(),
    name: z.string(),
    archiveNo: z.string(),
    answers: z.record(z.string(), z.unknown()),
  }),
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
  planned: z.int(),
  done: z.int(),
  due: z.array(z.object({ label: z.string(), nextDueOn: z.string(), isOverdue: z.boolean() })),
});
export type DueContract = z.infer<typeof dueLineSchema>;

export const dueBuckets = ['overdue', 'soon', 'to-renew'] as const;

/** 待履约：签约居民中逾期、30 日内到期的项目，或服务期将满待续签的，按日期先后。 */
export const listDueContracts = endpoint({
  method: 'GET',
  path: '/api/contracts/due',
  query: z.strictObject({
    bucket: z.enum(dueBuckets).default('overdue'),
    mine: z.enum(['true', 'false']).default('false'),
    ...pageSchema(100),
  }),
  response: z.object({ asOf: z.string(), items: z.array(dueLineSchema), nextCursor: z.string().nullable() }),
});

/** 待履约与待续签各有多少；超过千份的只说超过。 */
export const countDueContracts = endpoint({
  method: 'GET',
  path: '/api/contracts/due/counts',
  query: z.strictObject({ mine: z.enum(['true', 'false']).default('false') }),
  response: z.object({
    asOf: z.string(),
    counts: z.record(z.enum(dueBuckets), z.int()),
    most: z.int(),
  }),
});

const countSchema = z.object({ in: z.int(), of: z.int() });
export const signingCountsSchema = z.record(z.enum(signingFigures), countSchema);

/** 签约指标：签约率、重点人群签约率、续约率、履约率、在管患者签约率，按下级机构。 */
export const countContracts = endpoint({
  method: 'GET',
  path: '/api/contracts/rates',
  query: z.strictObject({ organizationId: idSchema().optional() }),
  response: z.object({
    asOf: z.string(),
    organization: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    trail: z.array(z.object({ id: z.string(), name: z.string() })),
    counts: signingCountsSchema,
    children: z.array(z.object({ id: z.string(), name: z.string(), counts: signingCountsSchema })),
    definitions: z.array(
      z.object({
        figure: z.enum(signingFigures),
        id: z.string(),
        name: z.string(),
        numerator: z.string(),
        denominator: z.string(),
        policy: z.string(),
        source: z.string(),
        certainty: z.string(),
      }),
    ),
  }),
});

const signingPersonSchema = z.object({
  residentId: z.string(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int(),
  organizationName: z.string(),
  reasons: z.array(z.string()),
  doctorName: z.string().nullable(),
  validTo: z.string().nullable(),
});

/** 数字背后的名单：计入的人，或在分母而未计入的人。 */
export const listSigningPeople = endpoint({
  method: 'POST',
  path: '/api/contracts/people',
  body: z.strictObject({
    organizationId: idSchema().optional(),
    figure: z.enum(signingFigures),
    side: z.enum(['in', 'out']),
    ...pageSchema(100),
  }),
  response: z.object({
    asOf: z.string(),
    total: z.int(),
    items: z.array(signingPersonSchema),
    nextCursor: z.string().nullable(),
  }),
});

export const promptGroups = ['all', 'high-risk', 'hypertension', 'type-2-diabetes', 'copd', 'elder'] as const;

/** 待签约：未签约的重点人群与高危人群，按村排列，附上次引导的结果。 */
export const listUnsigned = endpoint({
  method: 'GET',
  path: '/api/contracts/unsigned',
  query: z.strictObject({
    organizationId: idSchema().optional(),
    group: z.enum(promptGroups).default('all'),
    ...pageSchema(100),
  }),
  response: z.object({
    items: z.array(
      signingPersonSchema.omit({ doctorName: true, validTo: true }).extend({
        phone: z.string().nullable(),
        lastOffer: z.object({ on: z.string(), outcome: z.string(), reason: z.string() }).nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});
