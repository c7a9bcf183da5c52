import { z } from 'zod';
import { recordAttempt } from '#capabilities/closing/contract.ts';
import { closeEnrollment, enrollResident } from '#capabilities/enrollment/contract.ts';
import { closeTask, recordVisit } from '#capabilities/follow-up/contract.ts';
import { fileRecord } from '#capabilities/records/contract.ts';
import { stepReferral } from '#capabilities/referrals/contract.ts';
import { senderDeeds } from '#capabilities/referrals/domain/referral-states.ts';
import { registerResident } from '#capabilities/residents/contract.ts';
import { referResident } from '#capabilities/visits/contract.ts';
import type { Problem } from '#kernel/problem.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, textSchema } from '#standards/wire-schemas.ts';
import { digestSchema, madeUnderSchema } from './definition-contract.ts';
import type { CompactDocument } from './domain/person-document.ts';

/** A place in the county's change feed: transaction, then resident. Only the server makes one. */
export const feedCursorSchema = z.string().regex(/^[0-9]{1,20}:([0-9a-f-]{36})?$/, '同步位置不正确。');

/** 登记本机：第一次在这台手机上登录时。 */
export const registerDevice = endpoint({
  method: 'POST',
  path: '/api/field/devices',
  body: z.strictObject({
    deviceId: idSchema(),
    name: textSchema(60),
    appVersion: textSchema(40),
    /** Whether the browser promised to keep the store. */
    isPersisted: z.boolean(),
    /** Villages to take along; the user's whole scope when left out. */
    organizationIds: z.array(idSchema()).max(60).optional(),
    /** The store was there before and is gone: evicted or cleared. */
    hasLostStore: z.boolean().default(false),
  }),
  response: z.object({
    deviceId: z.string(),
    userId: z.string(),
    userName: z.string(),
    /** Half of what unlocks the store; base64, given out only to a signed-in user of a device in good standing. */
    share: z.string(),
    /** Opens the store when the PIN is forgotten; base64, held in memory until it is used, never stored on the phone. */
    recovery: z.string(),
    /** Days without contact after which the phone forgets the share. */
    leaseDays: z.int(),
    /** With this the phone hands over what it holds when its user may no longer sign in. */
    handOverToken: z.string(),
    serverNow: z.string(),
  }),
});

const deviceStateSchema = z.object({
  /** `wipe`: hand over what is unsent, then delete everything. */
  order: z.enum(['none', 'wipe']),
  epoch: z.string(),
  serverNow: z.string(),
  leaseDays: z.int().optional(),
  /** Name of the set of definitions in force. */
  definitions: z.string().optional(),
});

/** 取回变化：从上次的位置起，每人只给最新情况；离开范围的人给出删除。 */
export const pullChanges = endpoint({
  method: 'POST',
  path: '/api/field/pull',
  body: z.strictObject({
    deviceId: idSchema(),
    /** Whose store this is: on a phone two doctors share the other may be signed in, and nothing is done in the wrong name. */
    userId: idSchema(),
    appVersion: textSchema(40),
    /** Left out for a first sync. */
    cursor: feedCursorSchema.optional(),
    epoch: textSchema(120).optional(),
    /** Scope the phone holds; another one on the server starts a new first sync. */
    scope: textSchema(300).optional(),
    /** First sync: people after this one. */
    after: idSchema().optional(),
    limit: z.int().min(1).max(2000).default(1000),
    /** Highest transaction this phone was ever told of; ahead of the server's means the server was restored. */
    seen: z.string().regex(/^[0-9]{1,20}$/),
    /** The set of definitions the phone holds, and the edition of its rules as code. */
    definitions: digestSchema.optional(),
    engine: z.int().min(1).max(9999).optional(),
    pending: z.int().min(0).default(0),
    refused: z.int().min(0).default(0),
    isPersisted: z.boolean().default(false),
    /** Bytes the app takes of the browser's storage, and may take, as the browser says. */
    storageUsed: z.int().min(0).optional(),
    storageQuota: z.int().min(0).optional(),
    /** No room for another form. */
    isStorageShort: z.boolean().optional(),
    deviceNow: textSchema(40).optional(),
  }),
  response: z.object({
    device: deviceStateSchema,
    /** `changes`; `people` of a first sync; `restart`: begin again with a first sync. */
    kind: z.enum(['changes', 'people', 'restart']),
    /** The server was restored: what it had taken before must be offered again. */
    offerAgain: z.boolean(),
    scope: z.string(),
    scopeName: z.string(),
    documents: z.array(z.custom<CompactDocument>()),
    removed: z.array(z.string()),
    cursor: z.string(),
    /** First sync: where the next page starts; null after the last. */
    after: z.string().nullable(),
    /** First sync: how many people there are in all. */
    expected: z.int(),
    hasMore: z.boolean(),
    directory: z
      .object({
        organizations: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
        serverVersion: z.string(),
        editions: z.array(z.string()),
        organizationId: z.string(),
        organizationPath: z.string(),
        /** Houses that take people who are sent on. */
        receivers: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            kind: z.string(),
            path: z.string(),
            orgPhone: z.string().nullable(),
          }),
        ),
      })
      .nullable(),
  }),
});

/** The body an endpoint declares. */
function bodySchema<B extends z.ZodType>(declared: { readonly body?: B }): B {
  if (declared.body === undefined) throw new Error('the endpoint takes no body');
  return declared.body;
}

/** Bodies of the operations: those of the workbench's own calls, without what the envelope says. */
export const operationBodySchemas = {
  'visit.record': bodySchema(recordVisit)
    .omit({ operationId: true, residentId: true })
    .extend({ made: madeUnderSchema.optional() }),
  'visit.photo': z.strictObject({
    photoId: idSchema(),
    visitId: idSchema(),
    byteCount: z.int().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, '校验值不正确。'),
  }),
  'resident.register': bodySchema(registerResident).omit({ operationId: true, residentId: true }),
  'record.file': bodySchema(fileRecord)
    .omit({ operationId: true })
    .extend({ made: madeUnderSchema.optional() }),
  'task.close': bodySchema(closeTask).omit({ operationId: true }).extend({ taskId: idSchema() }),
  'resident.enroll': bodySchema(enrollResident).omit({ operationId: true }),
  'enrollment.close': bodySchema(closeEnrollment)
    .omit({ operationId: true })
    .extend({
      enrollmentId: idSchema(),
      /** A phone tells a death, a move or a loss by the programmes it knows; the server ends the whole record. */
      reason: z.enum(['dead', 'moved', 'lost', 'refused', 'wrong-diagnosis']),
    }),
  'contact.attempt': bodySchema(recordAttempt).omit({ operationId: true }),
  'referral.send': bodySchema(referResident)
    .omit({ operationId: true })
    .extend({ followUpId: idSchema().optional() }),
  'referral.step': bodySchema(stepReferral)
    .omit({ operationId: true })
    .extend({ referralId: idSchema(), deed: z.enum(senderDeeds) }),
  'person.edit': z.strictObject({
    baseVersion: z.int().min(1),
    changes: z
      .array(z.strictObject({ field: textSchema(64), from: z.unknown(), to: z.unknown() }))
      .min(1)
      .max(100),
  }),
  'conflict.resolve': z.strictObject({ conflictId: idSchema(), choose: z.enum(['kept', 'offered']) }),
} as const;

/** The envelope is checked first, so that one bad body refuses one operation and never the batch. */
export const sentOperationSchema = z.strictObject({
  operationId: idSchema(),
  kind: textSchema(40),
  residentId: idSchema(),
  seq: z.int().min(0),
  /** The phone's clock: kept as data, never used for order. */
  savedAt: textSchema(40),
  body: z.unknown(),
});
export type SentOperation = z.infer<typeof sentOperationSchema>;

/** What became of one operation. `later` is not a refusal: offer it again. */
export const operationAnswerSchema = z.object({
  operationId: z.string(),
  outcome: z.enum(['accepted', 'duplicate', 'refused', 'later']),
  problem: z.custom<Problem>().optional(),
  result: z.unknown().optional(),
});
export type OperationAnswer = z.infer<typeof operationAnswerSchema>;

/** 送出操作：按本机次序逐项处理，各自答复。 */
export const pushOperations = endpoint({
  method: 'POST',
  path: '/api/field/push',
  body: z.strictObject({
    deviceId: idSchema(),
    userId: idSchema(),
    appVersion: textSchema(40),
    operations: z.array(sentOperationSchema).min(1).max(100),
    deviceNow: textSchema(40).optional(),
  }),
  response: z.object({
    device: deviceStateSchema,
    answers: z.array(operationAnswerSchema),
    /** Every effect above is in the feed before this transaction. */
    seen: z.string(),
  }),
});

/** 放弃一项被退回的操作：写明原因，服务器保留原文与原因。 */
export const giveUpOperation = endpoint({
  method: 'POST',
  path: '/api/field/give-up',
  body: z.strictObject({
    deviceId: idSchema(),
    userId: idSchema(),
    operation: sentOperationSchema,
    reason: textSchema(200).refine((text) => text.trim() !== '', { error: '请写明原因。' }),
  }),
  response: z.object({ held: z.literal(true) }),
});

/** 交出未送达的操作：账号已停用或手机被要求清除时，操作留在服务器上待处理，不丢失。 */
export const handOver = endpoint({
  method: 'POST',
  path: '/api/field/hand-over',
  body: z.strictObject({
    deviceId: idSchema(),
    userId: idSchema(),
    token: textSchema(100),
    operations: z.array(sentOperationSchema).max(100),
    /** Nothing is left on the phone: it is about to delete the rest. */
    isDone: z.boolean().default(false),
  }),
  response: z.object({ held: z.array(z.string()), order: z.enum(['none', 'wipe']) }),
});

/** One phone and user as support sees it. */
export const deviceLineSchema = z.object({
  deviceId: z.string(),
  deviceName: z.string(),
  userId: z.string(),
  userName: z.string(),
  organizationName: z.string(),
  appVersion: z.string(),
  /** Edition of the rules as code on it; null: an app that does not say. */
  engineEdition: z.int().nullable(),
  firstSeenAt: z.string(),
  lastContactAt: z.string().nullable(),
  pending: z.int(),
  refused: z.int(),
  held: z.int(),
  clockSkewSeconds: z.int().nullable(),
  isPersisted: z.boolean(),
  /** Bytes of the browser's storage; null: the phone did not say. */
  storageUsed: z.number().nullable(),
  storageQuota: z.number().nullable(),
  isStorageShort: z.boolean(),
  lostStoreAt: z.string().nullable(),
  /** When what it held was found to differ from the server's and mended. */
  differedAt: z.string().nullable(),
  state: z.enum(['active', 'wipe-ordered', 'wiped', 'revoked']),
});
export type DeviceLine = z.infer<typeof deviceLineSchema>;

/** 手机与同步：每台手机上每个用户一行。 */
export const listDevices = endpoint({
  method: 'GET',
  path: '/api/field/devices',
  query: z.strictObject({
    filter: z.enum(['all', 'silent', 'pending', 'refused', 'risk']).default('all'),
    ...pageSchema(100),
  }),
  response: z.object({ items: z.array(deviceLineSchema), nextCursor: z.string().nullable() }),
});

/** 收回或清除一台手机。 */
export const orderDevice = endpoint({
  method: 'POST',
  path: '/api/field/devices/:deviceId/order',
  params: z.strictObject({ deviceId: idSchema() }),
  body: z.strictObject({
    userId: idSchema(),
    order: z.enum(['wipe', 'revoke', 'restore']),
    reason: textSchema(200).refine((text) => text.trim() !== '', { error: '请写明原因。' }),
  }),
  response: z.object({ state: z.string() }),
});
