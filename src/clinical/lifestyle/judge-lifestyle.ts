import { parameter, rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';

export const exerciseLimits = parameter({
  id: 'LIFE-01.exercise',
  label: '运动：每周中等、高强度分钟；推迟运动的血压、血糖、血氧；最大心率的区间',
  rows: [
    {
      from: plainDate('2019-01-01'),
      source: 'CVD-2019',
      certainty: 'found',
      clause: '中国心血管病风险评估和管理指南 身体活动',
      value: {
        moderate: 150,
        vigorous: 75,
        postpone: { sbp: 180, dbp: 110, glucoseAbove: 16.7, glucoseBelow: 3.9, spo2Below: 88 },
        zone: { low: 50, high: 70 },
      },
    },
  ],
});

export const intakeLimits = parameter({
  id: 'LIFE-02.intake',
  label: '每日摄入：食盐、酒精、蔬菜；慢性肾病蛋白质每公斤克数',
  rows: [
    {
      from: plainDate('2019-01-01'),
      source: 'CVD-2019',
      certainty: 'found',
      clause: '中国心血管病风险评估和管理指南 合理膳食',
      value: { saltGrams: 5, alcoholGrams: 15, vegetableGrams: 300, kidneyProtein: { low: 0.6, high: 0.8 } },
    },
  ],
});

export interface ExerciseFacts {
  readonly moderateMinutes?: number | undefined;
  readonly vigorousMinutes?: number | undefined;
  readonly ageYears?: number | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly glucose?: number | undefined;
  readonly spo2?: number | undefined;
}

export interface ExerciseAdvice {
  readonly met: boolean | undefined;
  readonly postpone: boolean;
  readonly heartRate: { readonly from: number; readonly to: number } | undefined;
}

/** Whether the week's movement is enough, whether today's waits, and the pulse to aim at. @source 中国心血管病风险评估和管理指南 2019 */
export function judgeExercise(facts: ExerciseFacts, day: PlainDate): Decision<ExerciseAdvice> {
  const row = rowOn(exerciseLimits, day);
  const limit = row.value;
  const { moderateMinutes: moderate, vigorousMinutes: vigorous, ageYears } = facts;
  const known = moderate !== undefined || vigorous !== undefined;
  // A vigorous minute counts for two.
  const met = known ? (moderate ?? 0) + 2 * (vigorous ?? 0) >= limit.moderate : undefined;
  const reasons: Reason[] = [];
  const { postpone } = limit;
  if ((facts.sbp ?? 0) >= postpone.sbp || (facts.dbp ?? 0) >= postpone.dbp)
    reasons.push(because('pressure', '血压过高，推迟运动。'));
  if (
    facts.glucose !== undefined &&
    (facts.glucose > postpone.glucoseAbove || facts.glucose < postpone.glucoseBelow)
  )
    reasons.push(because('glucose', '血糖过高或过低，推迟运动。'));
  if (facts.spo2 !== undefined && facts.spo2 < postpone.spo2Below)
    reasons.push(because('saturation', '血氧过低，推迟运动。'));
  const stop = reasons.length > 0;
  if (met !== undefined)
    reasons.push(
      because(
        met ? 'met' : 'more',
        met ? '每周运动量达到要求。' : `每周运动不足 ${limit.moderate} 分钟中等强度。`,
      ),
    );
  const heartRate =
    ageYears === undefined
      ? undefined
      : {
          from: Math.round(((220 - ageYears) * limit.zone.low) / 100),
          to: Math.round(((220 - ageYears) * limit.zone.high) / 100),
        };
  return decided(ruleFrom('LIFE-01', row), { met, postpone: stop, heartRate }, reasons);
}

export interface IntakeFacts {
  readonly saltGrams?: number | undefined;
  readonly alcoholGrams?: number | undefined;
  readonly vegetableGrams?: number | undefined;
  readonly kidneyDisease?: boolean | undefined;
  readonly weightKg?: number | undefined;
}

export interface IntakeAdvice {
  readonly codes: readonly string[];
  readonly proteinGrams: { readonly from: number; readonly to: number } | undefined;
}

/** What of the daily intake to change, of what is known. Undecided without anything. @source 中国心血管病风险评估和管理指南 2019 */
export function judgeIntake(facts: IntakeFacts, day: PlainDate): Decision<IntakeAdvice> {
  const row = rowOn(intakeLimits, day);
  const rule = ruleFrom('LIFE-02', row);
  const limit = row.value;
  if (Object.values(facts).every((one) => one === undefined)) return undecided(rule, ['饮食情况']);
  const found: Reason[] = [];
  if ((facts.saltGrams ?? 0) > limit.saltGrams)
    found.push(because('salt', `食盐 ${facts.saltGrams} 克，减到 ${limit.saltGrams} 克。`));
  if ((facts.alcoholGrams ?? 0) > limit.alcoholGrams)
    found.push(because('alcohol', `酒精 ${facts.alcoholGrams} 克，最好不饮。`));
  if (facts.vegetableGrams !== undefined && facts.vegetableGrams < limit.vegetableGrams)
    found.push(because('vegetables', `蔬菜 ${facts.vegetableGrams} 克，偏少。`));
  const kg = facts.weightKg;
  const proteinGrams =
    facts.kidneyDisease && kg !== undefined
      ? { from: Math.round(kg * limit.kidneyProtein.low), to: Math.round(kg * limit.kidneyProtein.high) }
      : undefined;
  if (proteinGrams)
    found.push(because('protein', `慢性肾病，蛋白质每日 ${proteinGrams.from}–${proteinGrams.to} 克。`));
  return decided(rule, { codes: found.map((one) => one.code), proteinGrams }, found);
}
