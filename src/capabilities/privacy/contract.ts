import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

const consentEventSchema = z.object({
  consentId: z.string(),
  purpose: z.string(),
  deed: z.enum(['given', 'withdrawn']),
  givenBy: z.enum(['self', 'guardian']),
  signer: z.string(),
  relation: z.string().nullable(),
  means: z.enum(['paper', 'spoken', 'electronic']),
  onDay: z.string(),
  note: z.string().nullable(),
  recordedAt: z.string(),
  recordedBy: z.string(),
});

export const purposeStateSchema = z.object({
  purpose: z.string(),
  state: z.enum(['not-needed', 'not-asked', 'given', 'withdrawn', 'lapsed']),
  isAllowed: z.boolean(),
  since: z.string().nullable(),
  signer: z.string().nullable(),
});
export type PurposeState = z.infer<typeof purposeStateSchema>;

/** 一位居民对每项用途的同意情况，和历次同意、撤回（新的在前）。 */
export const listConsents = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/consents',
  params: z.strictObject({ residentId: idSchema() }),
  query: z.strictObject({ ...pageSchema(50) }),
  response: z.object({
    needsGuardian: z.boolean(),
    residentName: z.string(),
    purposes: z.array(purposeStateSchema),
    items: z.array(consentEventSchema),
    nextCursor: z.string().nullable(),
  }),
});

/** 登记一次同意或撤回；撤回自登记时起立即生效。 */
export const recordConsent = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/consents',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    consentId: idSchema(),
    purpose: textSchema(40),
    deed: z.enum(['given', 'withdrawn']),
    givenBy: z.enum(['self', 'guardian']),
    signer: textSchema(50).refine((text) => text.trim() !== '', '请填写表示意见的人的姓名。'),
    relation: textSchema(20).optional(),
    means: z.enum(['paper', 'spoken', 'electronic']),
    onDay: plainDateSchema(),
    note: textSchema(200).optional(),
  }),
  response: z.object({ consentId: z.string() }),
});
