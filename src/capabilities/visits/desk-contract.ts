import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { filledText, idSchema, pageSchema } from '#standards/wire-schemas.ts';

/** 只咨询或科普、不就诊：记下问题与解答。 */
export const consult = endpoint({
  method: 'POST',
  path: '/api/residents/:residentId/consultations',
  params: z.strictObject({ residentId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    visitId: idSchema(),
    entry: z.enum(['A1', 'A2']),
    question: filledText(300, '请写明咨询的问题或科普的主题。'),
    answer: filledText(1000, '请写明解答或科普的内容。'),
  }),
  response: z.object({ visitId: z.string() }),
});

/** 应来复诊而未来的人：现行方案的下次日期已过，之后没有来过。 */
export const listDueReturns = endpoint({
  method: 'GET',
  path: '/api/centre/due-returns',
  query: z.strictObject(pageSchema(100)),
  response: z.object({
    items: z.array(
      z.object({
        residentId: z.string(),
        name: z.string(),
        sex: z.string(),
        ageYears: z.int(),
        phone: z.string().nullable(),
        organizationName: z.string(),
        planVersion: z.int(),
        dueOn: z.string(),
        lateDays: z.int(),
        box: z.string().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});
export type DueReturn = z.infer<typeof listDueReturns.response>['items'][number];
