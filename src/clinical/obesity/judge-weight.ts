import { parameter, rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { bandOf, because, missingOf, roundTo, ruleFrom } from '../answering.ts';
import type { Sex } from '../conditions.ts';

export const weightBands = parameter({
  id: 'OB-01.bands',
  label: '体质指数与腰围分级（下限）',
  rows: [
    {
      from: plainDate('2024-10-01'),
      source: 'OB-2024',
      certainty: 'found',
      clause: '肥胖症诊疗指南 诊断与分级',
      value: {
        bmi: [
          { from: 0, class: 'underweight' },
          { from: 18.5, class: 'normal' },
          { from: 24, class: 'overweight' },
          { from: 28, class: 'obese-mild' },
          { from: 32.5, class: 'obese-moderate' },
          { from: 37.5, class: 'obese-severe' },
          { from: 50, class: 'obese-extreme' },
        ],
        waist: { male: { pre: 85, central: 90 }, female: { pre: 80, central: 85 } },
      } as const,
    },
  ],
});

export const energyRules = parameter({
  id: 'OB-02.energy',
  label: '减重能量：理想体重、每公斤千卡、超重与肥胖的折扣',
  rows: [
    {
      from: plainDate('2024-02-01'),
      source: 'DIET-OB-2024',
      certainty: 'found',
      clause: '成人肥胖食养指南',
      value: {
        heightMinus: 105,
        perKg: { bed: 15, light: 25, moderate: 30, heavy: 35 },
        overweight: 0.85,
        obese: 0.8,
        least: 800,
      },
    },
  ],
});

export type WeightClass =
  | 'underweight'
  | 'normal'
  | 'overweight'
  | 'obese-mild'
  | 'obese-moderate'
  | 'obese-severe'
  | 'obese-extreme';

export const weightClassLabels: Readonly<Record<WeightClass, string>> = {
  underweight: '体重过低',
  normal: '正常',
  overweight: '超重',
  'obese-mild': '轻度肥胖',
  'obese-moderate': '中度肥胖',
  'obese-severe': '重度肥胖',
  'obese-extreme': '极重度肥胖',
};

export interface WeightFacts {
  readonly bmi?: number | undefined;
  readonly waistCm?: number | undefined;
  readonly sex?: Sex | undefined;
}

export interface WeightState {
  readonly weight: WeightClass;
  readonly waist: 'normal' | 'pre-central' | 'central' | undefined;
}

/** Weight class by the index rounded as it is shown, and the waist by sex. kg/m², cm. @source 肥胖症诊疗指南 2024 */
export function judgeWeight(facts: WeightFacts, day: PlainDate): Decision<WeightState> {
  const row = rowOn(weightBands, day);
  const rule = ruleFrom('OB-01', row);
  if (facts.bmi === undefined) return undecided(rule, ['体质指数']);
  const bmi = roundTo(facts.bmi, 1);
  const weight = bandOf<{ from: number; class: WeightClass }>(row.value.bmi, bmi)?.class ?? 'underweight';
  const limits = facts.sex && row.value.waist[facts.sex];
  const waist =
    !limits || facts.waistCm === undefined
      ? undefined
      : facts.waistCm >= limits.central
        ? 'central'
        : facts.waistCm >= limits.pre
          ? 'pre-central'
          : 'normal';
  return decided(rule, { weight, waist }, [
    because(weight, `体质指数 ${bmi}，${weightClassLabels[weight]}。`),
    ...(waist && waist !== 'normal'
      ? [
          because(
            waist,
            `腰围 ${facts.waistCm} 厘米，${waist === 'central' ? '中心性肥胖' : '中心性肥胖前期'}。`,
          ),
        ]
      : []),
  ]);
}

export interface EnergyFacts {
  readonly heightCm?: number | undefined;
  readonly bmi?: number | undefined;
  readonly activity?: 'bed' | 'light' | 'moderate' | 'heavy' | undefined;
}

/** Daily energy for losing weight, kcal, rounded; never below the least. @source 成人肥胖食养指南 2024 */
export function prescribeEnergy(facts: EnergyFacts, day: PlainDate): Decision<number> {
  const row = rowOn(energyRules, day);
  const rule = ruleFrom('OB-02', row);
  const { heightCm, bmi, activity } = facts;
  if (heightCm === undefined || bmi === undefined || activity === undefined)
    return undecided(rule, missingOf({ 身高: heightCm, 体质指数: bmi, 活动强度: activity }));
  const { heightMinus, perKg, overweight, obese, least } = row.value;
  const bands = rowOn(weightBands, day).value.bmi;
  const share = bmi >= bands[3].from ? obese : bmi >= bands[2].from ? overweight : 1;
  const kcal = Math.max(least, Math.round((heightCm - heightMinus) * perKg[activity] * share));
  return decided(rule, kcal, [because('energy', `每日约 ${kcal} 千卡，每周减重0.5–1公斤。`)]);
}
