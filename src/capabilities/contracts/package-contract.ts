import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, textSchema } from '#standards/wire-schemas.ts';
import { deliverables } from './domain/service-package.ts';

export const audienceSchema = z.enum(['general', 'elder', 'hypertension', 'type-2-diabetes', 'copd']);

const packageItemSchema = z.object({
  code: z.string(),
  label: z.string(),
  timesPerYear: z.number(),
  forms: z.array(z.string()),
});

export const packageSchema = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  audience: audienceSchema,
  priceCents: z.int(),
  items: z.array(packageItemSchema),
  isRetired: z.boolean(),
});
export type PackageLine = z.infer<typeof packageSchema>;

/** 服务包：现行的与停用的。 */
export const listPackages = endpoint({
  method: 'GET',
  path: '/api/service-packages',
  response: z.object({ items: z.array(packageSchema.extend({ contracts: z.int() })) }),
});

/** 新增服务包，或修订一个：修订后原包停用，已签的仍按原包履约。 */
export const writePackage = endpoint({
  method: 'POST',
  path: '/api/service-packages',
  body: z.strictObject({
    operationId: idSchema(),
    packageId: idSchema(),
    replacesId: idSchema().optional(),
    code: textSchema(40).regex(/^[a-z][a-z0-9-]*$/, { error: '代码用小写字母、数字和短横线。' }),
    name: textSchema(60).refine((text) => text.trim() !== '', { error: '请填写名称。' }),
    audience: audienceSchema,
    priceCents: z.int().min(0).max(10_000_000),
    items: z
      .array(
        z.strictObject({
          code: textSchema(40).min(1),
          label: textSchema(60).refine((text) => text.trim() !== '', { error: '请填写项目名称。' }),
          timesPerYear: z.int().min(1, { error: '每年至少一次。' }).max(366),
          forms: z
            .array(z.enum(Object.keys(deliverables) as [string, ...string[]]))
            .min(1, { error: '请选择由哪些服务记录计入。' })
            .max(20),
        }),
      )
      .min(1, { error: '请至少列一个服务项目。' })
      .max(30),
  }),
  response: z.object({ packageId: z.string() }),
});

/** 停用服务包：不再新签，已签的照旧。 */
export const retirePackage = endpoint({
  method: 'POST',
  path: '/api/service-packages/:packageId/retire',
  params: z.strictObject({ packageId: idSchema() }),
  body: z.strictObject({ operationId: idSchema() }),
  response: z.object({ packageId: z.string() }),
});
