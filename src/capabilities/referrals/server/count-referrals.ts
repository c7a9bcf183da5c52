import { sql, type Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';
import {
  figuresOf,
  type ReferralCount,
  type ReferralFigure,
  type TimedFigure,
  timedFigures,
} from '../domain/referral-figures.ts';
import {
  type CountedReferrals,
  figureConditions,
  isCounted,
  managedAt,
  referralSource,
} from './figure-conditions.ts';

/** The figures of a place; those its side cannot tell are absent. */
export interface ReferralFigures {
  readonly counts: Partial<Record<ReferralFigure, ReferralCount>>;
  /** Minutes from the sending. */
  readonly medians: Record<TimedFigure, number | null>;
}

const moments = { accepted: sql.ref('x.accepted_at'), arrived: sql.ref('x.arrived_at') };

/**
 * Counts the referrals of a place and of each place directly below it, in one pass over them: the whole is the sum of its
 * parts and of what it keeps itself. The places below by the next label of their path.
 */
export async function countReferralFigures(
  tx: Transaction<Tables>,
  input: CountedReferrals,
): Promise<{ whole: ReferralFigures; below: ReadonlyMap<string, ReferralFigures> }> {
  const figures = figuresOf(input.side);
  const name = (figure: ReferralFigure, part: 'in' | 'of') => sql.ref(`${part} ${figure}`);
  const flags = figures.map((figure) => {
    const { of, in: inside } = figureConditions(figure, input.now);
    return sql`${of} as ${name(figure, 'of')}, (${of} and ${inside}) as ${name(figure, 'in')}`;
  });
  const sums = figures.map(
    (
      figure,
    ) => sql`${sql.lit(figure)}, jsonb_build_object('of', count(*) filter (where ${name(figure, 'of')}),
      'in', count(*) filter (where ${name(figure, 'in')}))`,
  );
  const medians = timedFigures.map(
    (figure) => sql`${sql.lit(figure)}, round((percentile_cont(0.5) within group (order by
      extract(epoch from ${moments[figure]} - x.requested_at)) filter (where ${name(figure, 'in')}) / 60)::numeric)`,
  );
  const label = input.organization.path.split('/').length - 1;
  const { rows } = await sql<ReferralFigures & { label: string; isWhole: boolean }>`
    select x.label, grouping(x.label) = 1 as "isWhole", jsonb_build_object(${sql.join(sums)}) as counts,
      jsonb_build_object(${sql.join(medians)}) as medians
    from (select q.requested_at, q.accepted_at, q.arrived_at, split_part(${managedAt}, '/', ${label + 1}) as label,
        ${sql.join(flags)}
      from ${referralSource(input)} where ${isCounted(input)} offset 0) x
    group by grouping sets ((), (x.label))`.execute(tx);
  const whole = rows.find((row) => row.isWhole);
  if (!whole) throw new Error('a count has its whole');
  return {
    whole: { counts: whole.counts, medians: whole.medians },
    below: new Map(
      rows.filter((row) => !row.isWhole).map((row) => [`${input.organization.path}${row.label}/`, row]),
    ),
  };
}

/** The figures of a place nobody was referred from. */
export const noReferrals = (input: CountedReferrals): ReferralFigures => ({
  counts: Object.fromEntries(figuresOf(input.side).map((figure) => [figure, { in: 0, of: 0 }])),
  medians: { accepted: null, arrived: null },
});
