import { z } from 'zod';
import { programSchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { pageOf, pageSchema } from '#standards/wire-schemas.ts';

const refusalToAskSchema = z.object({
  eventId: z.string(),
  residentId: z.string(),
  name: z.string(),
  sex: z.string(),
  ageYears: z.int(),
  organizationName: z.string(),
  /** 只拒绝一个病种的管理时是哪一个；拒绝全部管理的为空。 */
  program: programSchema.nullable(),
  refusedOn: z.string(),
  reviewOn: z.string(),
  note: z.string().nullable(),
});
export type RefusalToAsk = z.infer<typeof refusalToAskSchema>;

/** 拒绝管理的人中到了再次征询日期的，日期早的在前；已重新纳入、又拒绝一次或不再在管的不在其中。 */
export const listRefusalsToAsk = endpoint({
  method: 'GET',
  path: '/api/refusals-to-ask',
  query: z.strictObject(pageSchema(20)),
  response: pageOf(refusalToAskSchema),
});
