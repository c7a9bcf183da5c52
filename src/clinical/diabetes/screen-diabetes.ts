import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import type { Conditions, Sex } from '../conditions.ts';
import { screeningLimits } from './diabetes-parameters.ts';

export interface DiabetesScreeningFacts {
  readonly sex?: Sex | undefined;
  readonly ageYears?: number | undefined;
  readonly bmi?: number | undefined;
  readonly waistCm?: number | undefined;
  readonly familyDiabetes?: boolean | undefined;
  readonly inactive?: boolean | undefined;
  readonly hdl?: number | undefined;
  readonly triglycerides?: number | undefined;
  readonly riskScore?: number | undefined;
  /** Chinese names of what else the list asks for: 多囊卵巢综合征、黑棘皮病、巨大儿分娩史、长期用糖皮质激素或抗精神病药. */
  readonly otherRisks?: readonly string[] | undefined;
  readonly conditions: Conditions;
  readonly lastFpg?: { readonly value: number; readonly on: PlainDate } | undefined;
  readonly lastRandom?: { readonly value: number; readonly on: PlainDate } | undefined;
}

export interface DiabetesScreening {
  readonly state: 'not-due' | 'due' | 'positive' | 'negative';
  readonly highRisk: boolean;
  readonly dueOn: PlainDate | undefined;
}

/**
 * Who is screened for diabetes, and what a screening value says: from 35 years, any adult with a risk factor; a positive
 * one asks for a glucose load or HbA1c. Undecided without the age.
 * @source 国家基层糖尿病防治管理指南 2025 筛查
 */
export function screenDiabetes(facts: DiabetesScreeningFacts, day: PlainDate): Decision<DiabetesScreening> {
  const row = rowOn(screeningLimits, day);
  const rule = ruleFrom('DM-01', row);
  const limit = row.value;
  const { ageYears, sex } = facts;
  if (ageYears === undefined) return undecided(rule, ['年龄']);
  const risks: Reason[] = [];
  const add = (holds: boolean, code: string, text: string) => {
    if (holds) risks.push(because(code, text));
  };
  add((facts.bmi ?? 0) >= limit.bmi, 'bmi', '超重或肥胖。');
  add(sex !== undefined && (facts.waistCm ?? 0) >= limit.waist[sex], 'waist', '中心性肥胖。');
  add(facts.familyDiabetes === true, 'family', '一级亲属有糖尿病。');
  add(facts.inactive === true, 'inactive', '缺乏体力活动。');
  add(facts.hdl !== undefined && facts.hdl < limit.hdlBelow, 'hdl', '高密度脂蛋白低。');
  add((facts.triglycerides ?? 0) > limit.triglyceridesAbove, 'triglycerides', '甘油三酯高。');
  add((facts.riskScore ?? 0) >= limit.riskScore, 'score', `风险评分 ${facts.riskScore} 分。`);
  for (const [condition, text] of [
    ['hypertension', '高血压。'],
    ['prediabetes', '糖尿病前期。'],
    ['gestational-diabetes-history', '妊娠期糖尿病史。'],
    ['coronary-heart-disease', '冠心病。'],
    ['myocardial-infarction', '陈旧性心肌梗死。'],
    ['ischaemic-stroke', '脑卒中。'],
    ['peripheral-artery-disease', '外周动脉疾病。'],
  ] as const)
    add(facts.conditions.includes(condition), condition, text);
  for (const one of facts.otherRisks ?? []) add(true, 'other', `${one}。`);
  const highRisk = risks.length > 0;
  const last = [facts.lastFpg, facts.lastRandom].filter((one) => one !== undefined);
  const positive =
    (facts.lastFpg !== undefined && facts.lastFpg.value >= limit.fpg) ||
    (facts.lastRandom !== undefined && facts.lastRandom.value >= limit.random);
  if (positive)
    return decided(rule, { state: 'positive', highRisk, dueOn: undefined }, [
      because('positive', '筛查血糖偏高，需做葡萄糖负荷试验或标准化糖化血红蛋白。'),
      ...risks,
    ]);
  const latest = last
    .map((one) => one.on)
    .toSorted()
    .at(-1);
  const yearly = facts.conditions.includes('prediabetes') || highRisk;
  const dueOn = latest && addMonths(latest, yearly ? 12 : limit.repeatYears * 12);
  const belongs = ageYears >= limit.fromAge || highRisk;
  if (dueOn && dueOn > day)
    return decided(rule, { state: 'negative', highRisk, dueOn }, [
      because('negative', `筛查正常，${dueOn} 前复查。`),
      ...risks,
    ]);
  const state = belongs ? 'due' : 'not-due';
  return decided(rule, { state, highRisk, dueOn }, [
    because(state, belongs ? '应做糖尿病筛查。' : `不足 ${limit.fromAge} 岁且无危险因素，暂不筛查。`),
    ...risks,
  ]);
}
