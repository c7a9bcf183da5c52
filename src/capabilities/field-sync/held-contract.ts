import { z } from 'zod';
import type { Problem } from '#kernel/problem.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema } from '#standards/wire-schemas.ts';

const heldOperationSchema = z.object({
  operationId: z.string(),
  deviceId: z.string(),
  userName: z.string(),
  kind: z.string(),
  residentId: z.string(),
  residentName: z.string().nullable(),
  receivedAt: z.string(),
  why: z.enum(['refused', 'given-up', 'handed-over']),
  problem: z.custom<Problem>().nullable(),
  note: z.string().nullable(),
  /** What its writer sent in its place on another edition: on file, or sent back as well; null: nothing. */
  replacement: z
    .object({
      state: z.enum(['filed', 'refused']),
      sheets: z.array(z.object({ recordId: z.string(), title: z.string(), edition: z.string() })),
    })
    .nullable(),
  body: z.unknown(),
});
export type HeldOperation = z.infer<typeof heldOperationSchema>;

/** 留在服务器上待处理的操作：被退回、放弃或由被收回的手机交出的，原文都在。 */
export const listHeldOperations = endpoint({
  method: 'GET',
  path: '/api/field/held',
  query: z.strictObject({ deviceId: idSchema().optional(), ...pageSchema(100) }),
  response: z.object({ items: z.array(heldOperationSchema), nextCursor: z.string().nullable() }),
});
