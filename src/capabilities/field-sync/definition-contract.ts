import { z } from 'zod';
import type { Definition, DefinitionHead } from '#kernel/definition.ts';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/, '摘要不正确。');

/** Under which definitions something was typed; older phones do not say. */
export const madeUnderSchema = z.strictObject({
  definitions: digestSchema,
  engine: z.int().min(1).max(9999),
  begunOn: plainDateSchema(),
  said: z
    .array(
      z.strictObject({
        program: textSchema(40),
        ruleId: textSchema(40),
        edition: textSchema(60),
        outcome: textSchema(80),
      }),
    )
    .max(40),
});

/** 取回定义：表单、规则参数、药品目录与县级设置，只取本机没有的。 */
export const takeDefinitions = endpoint({
  method: 'POST',
  path: '/api/field/definitions',
  body: z.strictObject({
    deviceId: idSchema(),
    userId: idSchema(),
    appVersion: textSchema(40),
    held: z.array(digestSchema).max(500),
  }),
  response: z.object({
    /** Digest of all heads. */
    set: z.string(),
    heads: z.array(z.custom<DefinitionHead>()),
    documents: z.array(z.custom<Definition>()),
  }),
});

const definitionLineSchema = z.object({
  kind: z.enum(['form', 'rule-parameters', 'formulary', 'county-setting']),
  key: z.string(),
  edition: z.string(),
  digest: z.string(),
  title: z.string(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  takenThrough: z.string().nullable(),
  engine: z.int(),
  publishedAt: z.string(),
  /** Not given out any more, and still on some phone. */
  isRetired: z.boolean(),
  /** The day the program stopped having it, where nothing took its place. */
  endedOn: z.string().nullable(),
  phones: z.int(),
});
export type DefinitionLine = z.infer<typeof definitionLineSchema>;

/** 表单与规则版本：现行的各版，和几台手机上有。 */
export const listDefinitions = endpoint({
  method: 'GET',
  path: '/api/field/definitions',
  response: z.object({
    items: z.array(definitionLineSchema),
    /** Phones in use. */
    phones: z.int(),
    /** Of those, phones whose app does not say what it holds. */
    silent: z.int(),
  }),
});
