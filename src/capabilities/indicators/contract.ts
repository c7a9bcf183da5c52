import { z } from 'zod';
import { residentSummarySchema } from '#capabilities/residents/contract.ts';
import { endpoint } from '#standards/endpoint.ts';
import { reasonSchema } from '#standards/reason-schema.ts';
import { idSchema, pageSchema } from '#standards/wire-schemas.ts';

/** The figures of the hypertension page. A rate is a pair of these; the list of people behind a figure has its length. */
export const figureSchema = z.enum([
  'managed',
  'standard',
  'controlledStatutory',
  'controlledClinical',
  'due',
  'overdue',
]);
export type Figure = z.infer<typeof figureSchema>;

export const figuresSchema = z.record(figureSchema, z.int());
export type Figures = z.infer<typeof figuresSchema>;

const yearQuery = z.coerce.number().int().min(2000).max(2200).optional();

/** 高血压管理指标：本机构与下级机构。 */
export const showHypertensionIndicators = endpoint({
  method: 'GET',
  path: '/api/indicators/hypertension',
  query: z.strictObject({ organizationId: idSchema().optional(), year: yearQuery }),
  response: z.object({
    /** The day the figures are judged on. */
    asOf: z.string(),
    /** The server's moment of counting. */
    countedAt: z.string(),
    year: z.int(),
    organization: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    /** From the top of the caller's scope down to the organization. */
    trail: z.array(z.object({ id: z.string(), name: z.string() })),
    figures: figuresSchema,
    children: z.array(
      z.object({ id: z.string(), name: z.string(), kind: z.string(), figures: figuresSchema }),
    ),
    definitions: z.array(
      z.object({
        figure: figureSchema,
        id: z.string(),
        name: z.string(),
        numerator: z.string(),
        denominator: z.string().nullable(),
        policy: z.string(),
        source: z.string(),
        edition: z.string(),
        certainty: z.string(),
      }),
    ),
  }),
});

/** 数字背后的名单：每人附上计入或未计入的理由。`side=in` 的名单长度就是该数字。 */
export const listFigurePeople = endpoint({
  method: 'POST',
  path: '/api/indicators/hypertension/people',
  body: z.strictObject({
    organizationId: idSchema(),
    year: z.int().min(2000).max(2200).optional(),
    figure: figureSchema,
    side: z.enum(['in', 'out']),
    ...pageSchema(100),
  }),
  response: z.object({
    asOf: z.string(),
    total: z.int(),
    items: z.array(
      residentSummarySchema.extend({
        reasons: z.array(reasonSchema),
        lastVisitOn: z.string().nullable(),
        lastSbp: z.int().nullable(),
        lastDbp: z.int().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});
