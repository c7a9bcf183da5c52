import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import type { Sex } from '../conditions.ts';
import { compositeTargets } from './diabetes-parameters.ts';

export interface CompositeFacts {
  readonly sex?: Sex | undefined;
  readonly hba1c?: number | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  /** Fingertip, mmol/L. */
  readonly fasting?: number | undefined;
  readonly afterMeal?: number | undefined;
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

/** The composite targets of a non-pregnant adult with diabetes. Undecided without HbA1c, pressure and LDL-C. @source 中国2型糖尿病防治指南 综合控制目标 */
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
  const check = (met: boolean, code: string, text: string) => {
    if (!met) notMet.push(because(code, text));
  };
  check(hba1c < goal.hba1c, 'hba1c', `糖化血红蛋白 ${hba1c}%，目标低于 ${goal.hba1c}%。`);
  check(
    sbp < pressure.sbp && dbp < pressure.dbp,
    'pressure',
    `血压 ${sbp}/${dbp} mmHg，目标低于 ${pressure.sbp}/${pressure.dbp}。`,
  );
  check(ldl < ldlBelow, 'ldl', `低密度脂蛋白 ${ldl} mmol/L，目标低于 ${ldlBelow}。`);
  const threeTargets = notMet.length === 0;
  if (facts.fasting !== undefined)
    check(
      facts.fasting >= goal.fasting.from && facts.fasting <= goal.fasting.to,
      'fasting',
      `空腹血糖 ${facts.fasting} mmol/L，目标 ${goal.fasting.from}–${goal.fasting.to}。`,
    );
  if (facts.afterMeal !== undefined)
    check(
      facts.afterMeal < goal.afterMealBelow,
      'after-meal',
      `非空腹血糖 ${facts.afterMeal} mmol/L，目标低于 ${goal.afterMealBelow}。`,
    );
  if (facts.totalCholesterol !== undefined)
    check(
      facts.totalCholesterol < goal.totalCholesterol,
      'cholesterol',
      `总胆固醇 ${facts.totalCholesterol} mmol/L，目标低于 ${goal.totalCholesterol}。`,
    );
  if (sex && facts.hdl !== undefined)
    check(facts.hdl > goal.hdlAbove[sex], 'hdl', `高密度脂蛋白 ${facts.hdl} mmol/L，低于目标。`);
  if (facts.triglycerides !== undefined)
    check(
      facts.triglycerides < goal.triglycerides,
      'triglycerides',
      `甘油三酯 ${facts.triglycerides} mmol/L。`,
    );
  if (facts.bmi !== undefined)
    check(facts.bmi < goal.bmi, 'bmi', `体质指数 ${facts.bmi}，目标小于 ${goal.bmi}。`);
  return decided(
    rule,
    { threeTargets, notMet: notMet.map((one) => one.code) },
    threeTargets ? [because('met', '血糖、血压、血脂三项达标。'), ...notMet] : notMet,
  );
}
