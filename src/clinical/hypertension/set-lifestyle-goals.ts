import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import type { Sex } from '../conditions.ts';
import { lifestyleGoals } from './treatment-parameters.ts';

export interface LifestyleFacts {
  readonly sex?: Sex | undefined;
  readonly saltGrams?: number | undefined;
  readonly heightCm?: number | undefined;
  readonly weightKg?: number | undefined;
  readonly waistCm?: number | undefined;
  /** Times a week of at least half an hour. */
  readonly exerciseTimes?: number | undefined;
  readonly sleepHours?: number | undefined;
  /** Ethanol a day, g. */
  readonly alcoholGrams?: number | undefined;
  readonly smoker?: boolean | undefined;
  readonly onRenin?: boolean | undefined;
  readonly egfr?: number | undefined;
  readonly potassium?: number | undefined;
}

export interface LifestyleGoals {
  /** mmHg expected from the salt goal. */
  readonly saltEffect: number | undefined;
  /** Highest weight, kg to one place, whose printed index is below the goal. */
  readonly weightAtMost: number | undefined;
  readonly lowSodiumSalt: 'suitable' | 'not-suitable' | 'unknown';
}

/**
 * Numeric goals of the eight steps for one person; what is not known gives no goal.
 * @source 国家基层高血压防治管理指南 2025版 §5.3 表3
 */
export function setLifestyleGoals(facts: LifestyleFacts, day: PlainDate): Decision<LifestyleGoals> {
  const row = rowOn(lifestyleGoals, day);
  const goals = row.value;
  const reasons: Reason[] = [];
  const { saltGrams, heightCm, weightKg, waistCm, sex } = facts;
  let saltEffect: number | undefined;
  if (saltGrams !== undefined && saltGrams > goals.saltGrams) {
    saltEffect = Math.round((saltGrams - goals.saltGrams) * goals.mmHgPerGram * 10) / 10;
    reasons.push(
      because(
        'salt',
        `食盐 ${saltGrams} 克/天，减到 ${goals.saltGrams} 克，预计收缩压降 ${saltEffect} mmHg。`,
      ),
    );
  }
  let weightAtMost: number | undefined;
  if (heightCm !== undefined && weightKg !== undefined) {
    // The index is printed to one place, so it must round below the goal.
    const most = Math.ceil((goals.bmiBelow - 0.05) * (heightCm / 100) ** 2 * 10 - 1e-9) / 10 - 0.1;
    weightAtMost = Math.round(most * 10) / 10;
    if (weightKg > weightAtMost)
      reasons.push(because('weight', `体重 ${weightKg} 公斤，目标不超过 ${weightAtMost} 公斤。`));
  }
  if (sex && waistCm !== undefined && waistCm >= goals.waistBelow[sex])
    reasons.push(because('waist', `腰围 ${waistCm} 厘米，目标小于 ${goals.waistBelow[sex]} 厘米。`));
  const { exercise, sleepHours: sleep } = goals;
  if (facts.exerciseTimes !== undefined && facts.exerciseTimes < exercise.timesFrom)
    reasons.push(
      because(
        'exercise',
        `每周运动 ${facts.exerciseTimes} 次，目标每周 ${exercise.timesFrom}–${exercise.timesTo} 次、每次不少于 ${exercise.minutes} 分钟，力量练习每周 ${exercise.strengthDays.join('–')} 天。`,
      ),
    );
  if (facts.sleepHours !== undefined && (facts.sleepHours < sleep.from || facts.sleepHours > sleep.to))
    reasons.push(because('sleep', `每晚睡 ${facts.sleepHours} 小时，目标 ${sleep.from}–${sleep.to} 小时。`));
  if (sex && facts.alcoholGrams !== undefined && facts.alcoholGrams > goals.alcoholGrams[sex])
    reasons.push(
      because('alcohol', `每日酒精 ${facts.alcoholGrams} 克，最好不饮，至多 ${goals.alcoholGrams[sex]} 克。`),
    );
  if (facts.smoker) reasons.push(because('smoking', '请戒烟，不吸二手烟，也不用电子烟。'));
  const { egfrBelow, potassiumFrom } = goals.lowSodiumSalt;
  const kidneyLow = facts.egfr !== undefined && facts.egfr < egfrBelow;
  const potassiumHigh = facts.potassium !== undefined && facts.potassium >= potassiumFrom;
  const lowSodiumSalt =
    facts.onRenin && (kidneyLow || potassiumHigh)
      ? 'not-suitable'
      : facts.egfr === undefined || facts.onRenin === undefined
        ? 'unknown'
        : 'suitable';
  if (lowSodiumSalt === 'not-suitable')
    reasons.push(because('potassium-salt', '正在用普利、沙坦类药且肾功能或血钾不宜，不用低钠盐。'));
  return decided(ruleFrom('HTN-19', row), { saltEffect, weightAtMost, lowSodiumSalt }, reasons);
}
