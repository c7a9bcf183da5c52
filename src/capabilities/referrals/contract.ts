import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema } from '#standards/wire-schemas.ts';
import type { Direction } from './domain/choose-receiver.ts';

/** 可接收转诊的机构，最可能的在前。 */
export const listReferralReceivers = endpoint({
  method: 'GET',
  path: '/api/referral-receivers',
  query: z.strictObject({ residentId: idSchema().optional() }),
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        direction: z.enum(['up', 'down', 'across'] satisfies Direction[]),
      }),
    ),
  }),
});
