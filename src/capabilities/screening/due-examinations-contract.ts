import { z } from 'zod';
import { programSchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageOf, pageSchema } from '#standards/wire-schemas.ts';
import { listedTests } from './domain/due-by-test.ts';

/** One of the tests, or any of them. */
export const dueTestSchema = z.enum(['any', ...listedTests]);
export type DueTest = z.infer<typeof dueTestSchema>;

const countsSchema = z.object({
  people: z.int(),
  due: z.partialRecord(dueTestSchema, z.int()),
  /** Places not looked at yet; their people are in no count. */
  waiting: z.int(),
});

/** 到期未做的检查：本级与下级各项人数。 */
export const showDueExaminations = endpoint({
  method: 'GET',
  path: '/api/due-examinations',
  query: z.strictObject({ organizationId: idSchema().optional() }),
  response: z.object({
    /** The oldest look among the places counted; none was looked at: null. */
    judgedAt: z.string().nullable(),
    place: z.object({ id: z.string(), name: z.string(), parentId: z.string().nullable() }),
    counts: countsSchema,
    children: z.array(z.object({ id: z.string(), name: z.string(), counts: countsSchema })),
  }),
});

/** 到期未做某项检查的人；每人现在还差哪几项按最新记录重新推算。 */
export const listDueExaminations = endpoint({
  method: 'GET',
  path: '/api/due-examinations/people',
  query: z.strictObject({
    organizationId: idSchema().optional(),
    test: dueTestSchema,
    ...pageSchema(50),
  }),
  response: pageOf(
    z.object({
      residentId: z.string(),
      name: z.string(),
      sex: z.string(),
      ageYears: z.int(),
      organizationName: z.string(),
      programs: z.array(programSchema),
      /** Done since the count: it leaves the list at the next look. */
      isDone: z.boolean(),
      due: z.array(
        z.object({ test: z.enum(listedTests), dueOn: z.string(), label: z.string(), reason: z.string() }),
      ),
    }),
  ),
});
