import { z } from 'zod';
import { residentSummarySchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, pageSchema, textSchema } from '#standards/wire-schemas.ts';

const side = z.enum(['kept', 'removed']);

export const duplicatePairSchema = z.object({
  first: residentSummarySchema,
  second: residentSummarySchema,
  reasons: z.array(z.string()),
  score: z.int(),
});
export type DuplicatePair = z.infer<typeof duplicatePairSchema>;

/** 在本机构范围内查找疑似重复的档案。 */
export const findDuplicates = endpoint({
  method: 'POST',
  path: '/api/duplicates/find',
  body: z.strictObject({ operationId: idSchema(), organizationId: idSchema().optional() }),
  response: z.object({ found: z.int() }),
});

export const listDuplicates = endpoint({
  method: 'GET',
  path: '/api/duplicates',
  query: z.strictObject(pageSchema(50)),
  response: z.object({ items: z.array(duplicatePairSchema), nextCursor: z.string().nullable() }),
});

/** 判为不同的两个人。 */
export const dismissDuplicate = endpoint({
  method: 'POST',
  path: '/api/duplicates/dismiss',
  body: z.strictObject({
    operationId: idSchema(),
    firstId: idSchema(),
    secondId: idSchema(),
    reason: textSchema(200),
  }),
  response: z.object({ firstId: z.string() }),
});

const sideSchema = residentSummarySchema.extend({
  version: z.int(),
  createdAt: z.string(),
  personalInformation: z.record(z.string(), z.unknown()),
  facts: z.array(z.object({ title: z.string(), count: z.int() })),
});
export type MergeSide = z.infer<typeof sideSchema>;

/** 两份档案并排比较。 */
export const compareRecords = endpoint({
  method: 'GET',
  path: '/api/duplicates/compare',
  query: z.strictObject({ first: idSchema(), second: idSchema() }),
  /** What differs is found on the whole values: masked, two numbers may look the same. */
  response: z.object({ first: sideSchema, second: sideSchema, differing: z.array(z.string()) }),
});

/** 提出合并：逐项选择；须由另一人确认。 */
export const proposeMerge = endpoint({
  method: 'POST',
  path: '/api/merges',
  body: z.strictObject({
    operationId: idSchema(),
    mergeId: idSchema(),
    keptId: idSchema(),
    removedId: idSchema(),
    /** Fields taken from the removed record; all others stay as the kept record has them. */
    fromRemoved: z.array(textSchema(64)).max(200).default([]),
    reason: textSchema(200),
  }),
  response: z.object({ mergeId: z.string() }),
});

export const laterFactSchema = z.object({
  table: z.string(),
  title: z.string(),
  key: z.string(),
  text: z.string(),
  at: z.string(),
});
export type LaterFact = z.infer<typeof laterFactSchema>;

export const mergeSchema = z.object({
  id: z.string(),
  keptId: z.string(),
  removedId: z.string(),
  keptName: z.string(),
  removedName: z.string(),
  removedArchiveNo: z.string(),
  organizationName: z.string(),
  reason: z.string(),
  fromRemoved: z.array(z.string()),
  status: z.enum(['proposed', 'merged', 'declined', 'undone']),
  proposedByName: z.string(),
  proposedAt: z.string(),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
  undoReason: z.string().nullable(),
  isMine: z.boolean(),
});
export type Merge = z.infer<typeof mergeSchema>;

export const listMerges = endpoint({
  method: 'GET',
  path: '/api/merges',
  query: z.strictObject(pageSchema(50)),
  response: z.object({ items: z.array(mergeSchema), nextCursor: z.string().nullable() }),
});

/** 一次合并，及合并之后新增、撤回时须逐条归属的记录。 */
export const showMerge = endpoint({
  method: 'GET',
  path: '/api/merges/:mergeId',
  params: z.strictObject({ mergeId: idSchema() }),
  response: z.object({ merge: mergeSchema, later: z.array(laterFactSchema), editedSince: z.boolean() }),
});

/** 确认或不同意；提出人不能确认自己的提议。 */
export const decideMerge = endpoint({
  method: 'POST',
  path: '/api/merges/:mergeId/decide',
  params: z.strictObject({ mergeId: idSchema() }),
  body: z.strictObject({ operationId: idSchema(), accept: z.boolean() }),
  response: z.object({ mergeId: z.string() }),
});

/** 撤回合并：两份档案恢复原样；合并后新增的记录逐条写明归谁。 */
export const undoMerge = endpoint({
  method: 'POST',
  path: '/api/merges/:mergeId/undo',
  params: z.strictObject({ mergeId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    reason: textSchema(200),
    assign: z
      .array(z.strictObject({ table: textSchema(40), key: textSchema(200), to: side }))
      .max(1000)
      .default([]),
    /** Needed when the personal information was edited since the merge. */
    personalInformation: z.enum(['as-before', 'as-now']).optional(),
  }),
  response: z.object({ mergeId: z.string() }),
});
