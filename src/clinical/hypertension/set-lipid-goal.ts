import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { type Condition, type Conditions, conditionLabels, hasAny, type Sex } from '../conditions.ts';
import { hypertensionLipids } from './treatment-parameters.ts';

const atherosclerotic: readonly Condition[] = [
  'coronary-heart-disease',
  'myocardial-infarction',
  'stable-angina',
  'acute-coronary-syndrome',
  'revascularization',
  'ischaemic-stroke',
  'tia',
  'peripheral-artery-disease',
];

export interface LipidGoalFacts {
  readonly sex?: Sex | undefined;
  readonly ageYears?: number | undefined;
  readonly smoker?: boolean | undefined;
  readonly totalCholesterol?: number | undefined;
  readonly ldl?: number | undefined;
  readonly hdl?: number | undefined;
  /** Atherosclerotic events: infarction, ischaemic stroke, symptomatic arterial disease, revascularization. */
  readonly events: number;
  readonly earlyCoronary?: boolean | undefined;
  readonly conditions: Conditions;
}

/**
 * The LDL-C goal of a person with hypertension, first match wins. mmol/L, below. Undecided without sex and age, and where
 * the loosest goal would rest on something not asked.
 * @source 国家基层高血压防治管理指南 2025版 §5.5.1 表6
 */
export function setLipidGoal(facts: LipidGoalFacts, day: PlainDate): Decision<number> {
  const row = rowOn(hypertensionLipids, day);
  const rule = ruleFrom('HTN-21', row);
  const { sex, ageYears, conditions } = facts;
  if (sex === undefined || ageYears === undefined)
    return undecided(rule, missingOf({ 性别: sex, 年龄: ageYears }));
  const limit = row.value;
  const severe =
    (facts.totalCholesterol ?? 0) >= limit.severe.totalCholesterol || (facts.ldl ?? 0) >= limit.severe.ldl;
  const diabetes = conditions.includes('type-2-diabetes') || conditions.includes('type-1-diabetes');
  const kidney = conditions.includes('chronic-kidney-disease');
  const highRiskFactor =
    facts.earlyCoronary === true ||
    (facts.ldl ?? 0) >= limit.severe.ldl ||
    conditions.includes('familial-hypercholesterolaemia') ||
    diabetes ||
    kidney ||
    facts.smoker === true;
  const answer = (value: number, text: string) =>
    decided(rule, value, [because(`below-${value}`, `${text}，低密度脂蛋白目标低于 ${value} mmol/L。`)]);
  if (facts.events >= 2 || (facts.events === 1 && highRiskFactor))
    return answer(limit.veryHigh, facts.events >= 2 ? '两次及以上动脉粥样硬化事件' : '一次事件并有高危因素');
  if (facts.events === 1 || hasAny(conditions, atherosclerotic))
    return answer(limit.high, '有动脉粥样硬化性心血管病');
  if (kidney) return answer(limit.high, conditionLabels['chronic-kidney-disease']);
  if (diabetes && ageYears >= limit.diabetesAge) return answer(limit.moderate, '40岁及以上糖尿病');
  if (severe) return answer(limit.moderate, '胆固醇明显升高');
  if (facts.smoker === true) return answer(limit.moderate, '吸烟');
  if (facts.hdl !== undefined && facts.hdl < limit.hdlBelow) return answer(limit.moderate, '高密度脂蛋白低');
  if (ageYears >= limit.age[sex]) return answer(limit.moderate, `年龄 ${ageYears} 岁`);
  const open = missingOf({
    吸烟: facts.smoker,
    血脂: facts.totalCholesterol ?? facts.ldl,
    高密度脂蛋白: facts.hdl,
  });
  return open.length > 0 ? undecided(rule, open) : answer(limit.low, '无上述情况');
}

export interface StatinSafetyFacts {
  /** Multiples of the upper limit of normal. */
  readonly altTimes?: number | undefined;
  readonly ckTimes?: number | undefined;
  readonly symptoms?: boolean | undefined;
}

/** What to do with a statin after the check at four to six weeks. @source 国家基层高血压防治管理指南 2025版 §5.5.1 */
export function checkStatinSafety(
  facts: StatinSafetyFacts,
  day: PlainDate,
): Decision<'continue' | 'recheck-4-weeks' | 'stop-refer'> {
  const row = rowOn(hypertensionLipids, day);
  const rule = { ...ruleFrom('HTN-21-statin', row) };
  const { altTimes, ckTimes } = facts;
  if (altTimes === undefined && ckTimes === undefined) return undecided(rule, ['转氨酶', '肌酸激酶']);
  const stop =
    facts.symptoms === true || (altTimes ?? 0) >= row.value.altTimes || (ckTimes ?? 0) >= row.value.ckTimes;
  if (stop)
    return decided(rule, 'stop-refer', [because('stop', '转氨酶≥3倍、肌酸激酶≥4倍或有症状，停药并转诊。')]);
  const raised = (altTimes ?? 0) > 1 || (ckTimes ?? 0) > 1;
  return decided(rule, raised ? 'recheck-4-weeks' : 'continue', [
    because(
      raised ? 'raised' : 'normal',
      raised ? '轻度升高，可继续或减量，4周复查。' : '在正常范围，继续。',
    ),
  ]);
}
