import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Conditions, Sex } from '../conditions.ts';
import { setLifestyleGoals } from '../hypertension/set-lifestyle-goals.ts';
import { lifestyleGoals } from '../hypertension/treatment-parameters.ts';
import { dietLimits } from '../lipids/lipid-parameters.ts';
import { energyRules } from '../obesity/judge-weight.ts';
import { exerciseLimits, intakeLimits, judgeExercise } from './judge-lifestyle.ts';

export interface LifestyleState {
  readonly conditions: Conditions;
  readonly sex?: Sex | undefined;
  readonly ageYears?: number | undefined;
  readonly heightCm?: number | undefined;
  readonly weightKg?: number | undefined;
  readonly waistCm?: number | undefined;
  readonly bmi?: number | undefined;
  readonly smoker?: boolean | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly glucose?: number | undefined;
  readonly spo2?: number | undefined;
}

/** The six non-drug items of a health prescription. */
export interface LifestylePrescription {
  readonly salt: string;
  readonly alcohol: string;
  readonly weight: string;
  readonly activity: string;
  readonly smoking: string;
  readonly mind: string;
}

/**
 * The non-drug prescription of a person: the general goals, and what the four guides on diet and exercise add for
 * hypertension, diabetes, dyslipidaemia and obesity. A draft for the doctor to change.
 * @source 国家基层高血压防治管理指南 2025版 §5.3；中国心血管病风险评估和管理指南 2019；成人高脂血症、肥胖食养指南
 */
export function prescribeLifestyle(state: LifestyleState, day: PlainDate): LifestylePrescription {
  const goals = valueOn(lifestyleGoals, day);
  const intake = valueOn(intakeLimits, day);
  const movement = valueOn(exerciseLimits, day);
  const has = (one: LifestyleState['conditions'][number]) => state.conditions.includes(one);
  const salt = [`每人每日食盐不超过 ${intake.saltGrams} 克，少吃咸菜、酱料。`];
  if (has('type-2-diabetes')) salt.push('主食定量，粗细搭配，先吃菜再吃主食，不喝含糖饮料。');
  if (has('dyslipidaemia'))
    salt.push(`每日烹调油不超过 ${valueOn(dietLimits, day).oilGrams} 克，少吃肥肉、动物内脏和油炸食物。`);
  salt.push(`每日蔬菜不少于 ${intake.vegetableGrams} 克。`);
  return {
    salt: salt.join(''),
    alcohol: `最好不饮酒；饮酒者每日酒精不超过 ${intake.alcoholGrams} 克。`,
    weight: weightGoal(state, goals, day),
    activity: activityGoal(state, movement.moderate, day),
    smoking: state.smoker ? '请戒烟，也不吸二手烟；需要时到戒烟门诊。' : '不吸烟，避免二手烟。',
    mind: has('copd')
      ? '保持心情平稳，练习缩唇呼吸与腹式呼吸；睡眠充足。'
      : '减轻压力，规律作息，睡眠充足；情绪长期低落请告诉医生。',
  };
}

function weightGoal(
  state: LifestyleState,
  goals: { readonly bmiBelow: number; readonly waistBelow: Readonly<Record<Sex, number>> },
  day: PlainDate,
): string {
  const decision = setLifestyleGoals(state, day);
  const most = decision.kind === 'decided' ? decision.value.weightAtMost : undefined;
  const texts: string[] = [];
  if (most === undefined) texts.push(`体质指数保持在 ${goals.bmiBelow} 以下。`);
  else if ((state.weightKg ?? 0) > most)
    texts.push(`体重 ${state.weightKg} 公斤，目标不超过 ${most} 公斤，慢慢减。`);
  else texts.push(`保持体重，不超过 ${most} 公斤。`);
  if (state.sex) texts.push(`腰围小于 ${goals.waistBelow[state.sex]} 厘米。`);
  if (state.conditions.includes('obesity') && state.heightCm !== undefined) {
    const rules = valueOn(energyRules, day);
    const kcal = Math.max(
      rules.least,
      Math.round(((state.heightCm - rules.heightMinus) * rules.perKg.light * rules.obese) / 10) * 10,
    );
    texts.push(`每日总能量约 ${kcal} 千卡。`);
  }
  return texts.join('');
}

function activityGoal(state: LifestyleState, minutes: number, day: PlainDate): string {
  const decision = judgeExercise(state, day);
  const advice = decision.kind === 'decided' ? decision.value : undefined;
  if (advice?.postpone && decision.kind === 'decided')
    return decision.reasons
      .filter((one) => one.code !== 'met' && one.code !== 'more')
      .map((one) => one.text)
      .join('');
  const pulse = advice?.heartRate ? `，心率 ${advice.heartRate.from}–${advice.heartRate.to} 次/分` : '';
  const extra = state.conditions.includes('type-2-diabetes') ? '餐后一小时运动，随身带糖。' : '';
  const lungs = state.conditions.includes('copd') ? '量力而行，气短即停。' : '';
  return `每周中等强度运动 ${minutes} 分钟以上（快走、太极拳等）${pulse}。${extra}${lungs}`;
}
