import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, textSchema } from '#standards/wire-schemas.ts';

/** A place with what it lacks. */
const placeSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Medicines it lacks, its own word and what it follows taken together. */
  lacking: z.int(),
  /** Where it says otherwise than the place above. */
  differs: z.int(),
});
export type SuppliedPlace = z.infer<typeof placeSchema>;

const availabilitySchema = z.object({
  place: z.object({ id: z.string(), name: z.string() }),
  /** From the county down to the place; those one may open. */
  trail: z.array(z.object({ id: z.string(), name: z.string(), mayOpen: z.boolean() })),
  /** Codes it lacks. */
  lacking: z.array(z.string()),
  /** Codes the place above lacks: what it follows where it says nothing. */
  lackingAbove: z.array(z.string()),
  /** 0: it has said nothing yet. */
  version: z.int(),
  changedAt: z.string().nullable(),
  changedByName: z.string().nullable(),
  below: z.array(placeSchema),
});
export type MedicineAvailability = z.infer<typeof availabilitySchema>;

/** 一个机构有与没有哪些目录药品，和它下面一级的机构；不指定时是本人所管的机构。 */
export const showAvailability = endpoint({
  method: 'GET',
  path: '/api/medicine-availability',
  query: z.strictObject({ organizationId: idSchema().optional() }),
  response: availabilitySchema,
});

/** 修改一个机构没有的药品；`version` 是打开时看到的版本，别人改过则退回。 */
export const changeAvailability = endpoint({
  method: 'PUT',
  path: '/api/medicine-availability/:organizationId',
  params: z.strictObject({ organizationId: idSchema() }),
  body: z.strictObject({
    operationId: idSchema(),
    version: z.int().min(0),
    lacking: z.array(textSchema(60)).max(500),
  }),
  response: availabilitySchema,
});
