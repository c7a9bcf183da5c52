import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';
import { auditGroupNames } from './domain/audit-groups.ts';

export const auditEntrySchema = z.object({
  entryId: z.string(),
  at: z.string(),
  /** The database's own time; entries from before it was kept have none. */
  databaseAt: z.string().nullable(),
  staffName: z.string(),
  username: z.string(),
  roleLabel: z.string(),
  organizationName: z.string(),
  deed: z.string(),
  action: z.string(),
  purpose: z.string(),
  isRefused: z.boolean(),
  /** The record's number: an auditor follows a record through the trail without learning whose it is. */
  residentId: z.string().nullable(),
  subject: z.string().nullable(),
  address: z.string().nullable(),
  device: z.string().nullable(),
  requestId: z.string().nullable(),
  detail: z.string().nullable(),
});
export type AuditLineShown = z.infer<typeof auditEntrySchema>;

/** 审计记录，新的在前：按类别、账号、结果、日期查；不显示居民是谁。 */
export const listAuditTrail = endpoint({
  method: 'GET',
  path: '/api/audit-trail',
  query: z.strictObject({
    group: z.enum(auditGroupNames).default('all'),
    username: textSchema(64).optional(),
    residentId: idSchema().optional(),
    refusedOnly: z.enum(['yes', 'no']).default('no'),
    from: plainDateSchema().optional(),
    through: plainDateSchema().optional(),
    ...pageSchema(100),
  }),
  response: z.object({ items: z.array(auditEntrySchema), nextCursor: z.string().nullable() }),
});

export const auditStateSchema = z.object({
  seals: z.int(),
  lastSealedAt: z.string().nullable(),
  unsealed: z.int(),
  oldestAt: z.string().nullable(),
});

/** 审计记录的封存状况。 */
export const showAuditState = endpoint({
  method: 'GET',
  path: '/api/audit-trail/state',
  response: auditStateSchema,
});

/** 核对最近的封条和它们封住的记录；全部核对用服务器上的命令。 */
export const checkAuditTrail = endpoint({
  method: 'POST',
  path: '/api/audit-trail/check',
  body: z.strictObject({}),
  response: z.object({
    seals: z.int(),
    rows: z.int(),
    unsealed: z.int(),
    findings: z.array(z.object({ number: z.int(), what: z.string() })),
  }),
});
