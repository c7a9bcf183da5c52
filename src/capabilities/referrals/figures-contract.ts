import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, nameOf, pageSchema } from '#standards/wire-schemas.ts';
import { figureSides, referralFigures, timedFigures } from './domain/referral-figures.ts';
import { periodShape } from './domain/referral-period.ts';
import { referralStates, urgencies } from './domain/referral-states.ts';

const figure = z.enum(referralFigures);
const standing = z.enum(['in', 'out', 'excluded']);
const period = z.string().regex(periodShape, { error: '时期应写成 2026、2026-Q4 或 2026-11。' });
/** Of whom, where and when. */
const which = {
  /** By default the top of one's own part of the county. */
  organizationId: idSchema().optional(),
  /** By default the people managed there; of a hospital what it received. */
  side: z.enum(figureSides).optional(),
  /** By default the running year. */
  period: period.optional(),
};

/** Figures that cannot be told of a side are absent. */
const countsSchema = z.partialRecord(figure, z.object({ in: z.int(), of: z.int() }));
/** Minutes; null where nobody is in the figure. */
const mediansSchema = z.record(z.enum(timedFigures), z.int().nullable());
const placeSchema = z.object({ id: z.string(), name: z.string() });

/** 转诊统计：一个时期里发出的转诊，按机构。 */
export const showReferralFigures = endpoint({
  method: 'GET',
  path: '/api/referral-figures',
  query: z.strictObject(which),
  response: z.object({
    countedAt: z.string(),
    period: z.object({ key: z.string(), label: z.string(), from: z.string(), to: z.string() }),
    side: z.enum(figureSides),
    /** What one may choose of; one alone is no choice. */
    sides: z.array(z.enum(figureSides)),
    organization: placeSchema.extend({ kind: z.string() }),
    trail: z.array(placeSchema),
    counts: countsSchema,
    medians: mediansSchema,
    children: z.array(placeSchema.extend({ counts: countsSchema, medians: mediansSchema })),
    definitions: z.array(
      z.object({
        figure,
        id: z.string(),
        name: z.string(),
        numerator: z.string(),
        denominator: z.string().nullable(),
        policy: z.string(),
        source: z.string(),
        certainty: z.string(),
      }),
    ),
  }),
});

/** 数字背后的转诊，新的在前，每份附上计入或未计入的理由。`side` 同上；`standing=in` 的名单长度就是该数字。 */
export const listFigureReferrals = endpoint({
  method: 'POST',
  path: '/api/referral-figures/referrals',
  body: z.strictObject({
    ...which,
    figure,
    standing,
    ...pageSchema(100),
  }),
  response: z.object({
    countedAt: z.string(),
    /** Only with the first page. */
    total: z.int().nullable(),
    items: z.array(
      z.object({
        id: z.string(),
        /** Null: sent down by a hospital, and no record linked yet. */
        residentId: z.string().nullable(),
        mayOpenRecord: z.boolean(),
        name: z.string(),
        sex: z.string(),
        ageYears: z.int().nullable(),
        /** Where the person is managed; null where one does not see the record. */
        organizationName: z.string().nullable(),
        fromName: z.string(),
        /** Null: a house elsewhere. */
        toName: z.string().nullable(),
        urgency: nameOf(urgencies),
        state: nameOf(referralStates),
        sentAt: z.string(),
        standing: z.object({ side: standing, text: z.string() }),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
});
