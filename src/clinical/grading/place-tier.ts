import { parameter, rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason } from '#kernel/decision.ts';
import { addMonths, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { type Colour, colourLabels, managementLevels, pressureColours } from './grade-management.ts';

/** Which place carries a person. */
export type Tier = 'village' | 'township' | 'county';

export const tierLabels: Readonly<Record<Tier, string>> = {
  village: '村级管理',
  township: '乡镇级管理',
  county: '县级牵头管理',
};

/** A county's way of grading: by colour with its own intervals, or the historical three levels of hypertension. */
export interface GradingScheme {
  readonly scheme: 'colour' | 'levels';
  /** Days between follow-ups of each colour; never longer than the public-health norm allows. */
  readonly everyDays: Readonly<Record<Colour, number>>;
}

export const milderAfterMonths = parameter({
  id: 'GR-06.months',
  label: '减轻标识前须在现标识上满的月数（加重当日生效）',
  unit: '月',
  rows: [
    {
      from: plainDate('2025-09-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：加重即日升级，稳定满三个月方可降级',
      value: 3,
    },
  ],
});

const tiers: Readonly<Record<Colour, Tier>> = { green: 'village', yellow: 'township', red: 'county' };
const order: readonly Colour[] = ['green', 'yellow', 'red'];

/** The tier that carries a colour. */
export const tierOf = (colour: Colour): Tier => tiers[colour];

/** Our own scheme, until the county sets another: colours with their cadence. */
export function defaultGradingScheme(day: PlainDate): GradingScheme {
  return { scheme: 'colour', everyDays: valueOn(pressureColours, day).cadence };
}

/** The intervals of the historical three levels, which the `levels` scheme keeps to. */
export function levelDays(day: PlainDate): Readonly<Record<Colour, number>> {
  const days = valueOn(managementLevels, day);
  return { green: days[1], yellow: days[2], red: days[3] };
}

export interface PlacedGrade {
  readonly tier: Tier;
  readonly colour: Colour;
  readonly everyDays: number;
}

/**
 * The tier and interval of a colour, given where the person stood: worse counts the same day; milder only after the
 * present colour has stood its months.
 * @source 平台默认：分级分标
 */
export function placeTier(
  facts: {
    readonly colour: Colour;
    readonly present?: { readonly colour: Colour; readonly since: PlainDate } | undefined;
    readonly scheme: GradingScheme;
  },
  day: PlainDate,
): Decision<PlacedGrade> {
  const row = rowOn(milderAfterMonths, day);
  const rule = ruleFrom('GR-06', row);
  const { colour, present, scheme } = facts;
  const isMilder = present !== undefined && order.indexOf(colour) < order.indexOf(present.colour);
  const isEarly = isMilder && addMonths(present.since, row.value) > day;
  const settled = isEarly ? present.colour : colour;
  const everyDays = scheme.everyDays[settled];
  const reasons: Reason[] = isEarly
    ? [
        because(
          'not-yet-milder',
          `规则为${colourLabels[colour]}，但${colourLabels[settled]}自 ${present.since} 起未满 ${row.value} 个月，暂不降级。`,
        ),
      ]
    : [];
  reasons.push(
    because('tier', `${colourLabels[settled]}，${tierLabels[tierOf(settled)]}，每 ${everyDays} 天随访一次。`),
  );
  return decided(rule, { tier: tierOf(settled), colour: settled, everyDays }, reasons);
}
