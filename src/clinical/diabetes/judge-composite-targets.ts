import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import type { Sex } from '../conditions.ts';
import { compositeTargets } from './diabetes-parameters.ts';
import { lowGlucoseReason } from './tell-low-glucose.ts';

export interface CompositeFacts {
  readonly sex?: Sex | undefined;
  readonly hba1c?: number | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  /** Fingertip, mmol/L. */
  readonly fasting?: number | undefined;
  readonly afterMeal?: number | undefined;
  /** The newest of any time, which may be too low; mmol/L. */
  readonly glucose?: number | undefined;
  readonly totalCholesterol?: number | undefined;
  readonly ldl?: number | undefined;
  readonly hdl?: number | undefined;
  readonly triglycerides?: number | undefined;
  readonly bmi?: number | undefined;
  readonly atherosclerotic?: boolean | undefined;
  /** Several risk factors or organ damage without such disease. */
  readonly highRisk?: boolean | undefined;
  /** Old, frail or with grave coronary disease: the looser pressure. */
  readonly looserPressure?: boolean | undefined;
}

export interface CompositeResult {
  /** 血糖、血压、血脂 all at target. */
  readonly threeTargets: boolean;
  readonly notMet: readonly string[];
}

/** The composite targets of a non-pregnant adult with diabetes. Undecided without HbA1c, pressure and LDL-C; a glucose too low is never at target. @source 中国2型糖尿病防治指南 综合控制目标 */
export function judgeCompositeTargets(facts: CompositeFacts, day: PlainDate): Decision<CompositeResult> {
  const row = rowOn(compositeTargets, day);
  const rule = ruleFrom('DM-05', row);
  const { hba1c, sbp, dbp, ldl, sex } = facts;
  if (hba1c === undefined || sbp === undefined || dbp === undefined || ldl === undefined)
    return undecided(rule, missingOf({ 糖化血红蛋白: hba1c, 收缩压: sbp, 舒张压: dbp, 低密度脂蛋白: ldl }));
  const goal = row.value;
  const ldlBelow = facts.atherosclerotic ? goal.ldlWithDisease : facts.highRisk ? goal.ldlHighRisk : goal.ldl;
  const pressure = facts.looserPressure ? goal.pressureOlder : goal.pressure;
  const notMet: Reason[] = [];
  const misses = (code: string, text: string) => notMet.push(because(code, text));
  if (!(hba1c < goal.hba1c)) misses('hba1c', `糖化血红蛋白 ${hba1c}%，目标低于 ${goal.hba1c}%。`);
  if (!(sbp < pressure.sbp && dbp < pressure.dbp))
    misses('pressure', `血压 ${sbp}/${dbp} mmHg，目标低于 ${pressure.sbp}/${pressure.dbp}。`);
  if (!(ldl < ldlBelow)) misses('ldl', `低密度脂蛋白 ${ldl} mmol/L，目标低于 ${ldlBelow}。`);
  const { fasting, afterMeal, totalCholesterol, hdl, triglycerides, bmi } = facts;
  const low = lowGlucoseReason([facts.glucose, fasting, afterMeal], day);
  if (low) notMet.push(low);
  const threeTargets = notMet.length === 0;
  if (fasting !== undefined && !(fasting >= goal.fasting.from && fasting <= goal.fasting.to))
    misses('fasting', `空腹血糖 ${fasting} mmol/L，目标 ${goal.fasting.from}–${goal.fasting.to}。`);
  if (afterMeal !== undefined && !(afterMeal < goal.afterMealBelow))
    misses('after-meal', `非空腹血糖 ${afterMeal} mmol/L，目标低于 ${goal.afterMealBelow}。`);
  if (totalCholesterol !== undefined && !(totalCholesterol < goal.totalCholesterol))
    misses('cholesterol', `总胆固醇 ${totalCholesterol} mmol/L，目标低于 ${goal.totalCholesterol}。`);
  if (sex && hdl !== undefined && !(hdl > goal.hdlAbove[sex]))
    misses('hdl', `高密度脂蛋白 ${hdl} mmol/L，低于目标。`);
  if (triglycerides !== undefined && !(triglycerides < goal.triglycerides))
    misses('triglycerides', `甘油三酯 ${triglycerides} mmol/L。`);
  if (bmi !== undefined && !(bmi < goal.bmi)) misses('bmi', `体质指数 ${bmi}，目标小于 ${goal.bmi}。`);
  return decided(
    rule,
    { threeTargets, notMet: notMet.map((one) => one.code) },
    threeTargets ? [because('met', '血糖、血压、血脂三项达标。'), ...notMet] : notMet,
  );
}
