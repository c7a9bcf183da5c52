import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, textSchema } from '#standards/wire-schemas.ts';
import { dangerOutcomes } from './domain/danger-outcomes.ts';

const ofEvent = z.strictObject({ eventId: idSchema() });
const version = z.int().min(1);

const dangerEventSchema = z.object({
  id: z.string(),
  residentId: z.string(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int(),
  phone: z.string().nullable(),
  source: z.enum(['self-test', 'arrival', 'phone']),
  what: z.string(),
  foundAt: z.string(),
  dueAt: z.string(),
  isLate: z.boolean(),
  ownerName: z.string().nullable(),
  isMine: z.boolean(),
  outcome: z.string().nullable(),
  note: z.string().nullable(),
  /** Why the phone's record that carries it was not filed; null where there is none such. */
  refusal: z.string().nullable(),
  closedAt: z.string().nullable(),
  closedByName: z.string().nullable(),
  version: z.int(),
});
export type DangerEvent = z.infer<typeof dangerEventSchema>;

/** 异常情况：未办结的，最急的在前；或已办结的，最近的在前。 */
export const listDangerEvents = endpoint({
  method: 'GET',
  path: '/api/centre/danger-events',
  query: z.strictObject({ state: z.enum(['open', 'closed']).default('open'), ...pageSchema(50) }),
  response: z.object({
    items: z.array(dangerEventSchema),
    openCount: z.int(),
    nextCursor: z.string().nullable(),
  }),
});

/** 接手一件异常情况。 */
export const ownDangerEvent = endpoint({
  method: 'POST',
  path: '/api/centre/danger-events/:eventId/own',
  params: ofEvent,
  body: z.strictObject({ operationId: idSchema(), version }),
  response: z.object({ version: z.int() }),
});

/** 办结一件异常情况：结果与经过。 */
export const closeDangerEvent = endpoint({
  method: 'POST',
  path: '/api/centre/danger-events/:eventId/close',
  params: ofEvent,
  body: z.strictObject({
    operationId: idSchema(),
    version,
    outcome: z.enum(Object.keys(dangerOutcomes) as [keyof typeof dangerOutcomes]),
    note: textSchema(300).refine((text) => text.trim().length >= 2, { error: '请写明做了什么。' }),
  }),
  response: z.object({ version: z.int() }),
});
