import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import type { Sex } from '../conditions.ts';
import { riskScoreTable } from './diabetes-parameters.ts';

export interface RiskScoreFacts {
  readonly sex?: Sex | undefined;
  readonly ageYears?: number | undefined;
  readonly sbp?: number | undefined;
  readonly bmi?: number | undefined;
  readonly waistCm?: number | undefined;
  readonly familyDiabetes?: boolean | undefined;
}

export interface RiskScore {
  /** null: not applicable at this age. */
  readonly score: number | null;
  readonly high: boolean;
}

const points = (table: readonly (readonly [number, number])[], value: number) =>
  table.reduce((found, [from, score]) => (value >= from ? score : found), 0);

/**
 * The Chinese Diabetes Risk Score, 0–51; at 25 and above a glucose load. Not for known diabetes nor outside 20–74 years.
 * @source 中国2型糖尿病防治指南 中国糖尿病风险评分表
 */
export function scoreDiabetesRisk(facts: RiskScoreFacts, day: PlainDate): Decision<RiskScore> {
  const row = rowOn(riskScoreTable, day);
  const rule = ruleFrom('DM-02', row);
  const { sex, ageYears, sbp, bmi, waistCm, familyDiabetes } = facts;
  const table = row.value;
  if (ageYears !== undefined && (ageYears < table.ages.from || ageYears >= table.ages.below))
    return decided(rule, { score: null, high: false }, [because('age', '评分只适用于20–74岁。')]);
  if (
    sex === undefined ||
    ageYears === undefined ||
    sbp === undefined ||
    bmi === undefined ||
    waistCm === undefined ||
    familyDiabetes === undefined
  )
    return undecided(
      rule,
      missingOf({
        性别: sex,
        年龄: ageYears,
        收缩压: sbp,
        体质指数: bmi,
        腰围: waistCm,
        糖尿病家族史: familyDiabetes,
      }),
    );
  const score =
    points(table.age, ageYears) +
    points(table.sbp, sbp) +
    points(table.bmi, bmi) +
    points(table.waist[sex], waistCm) +
    (familyDiabetes ? table.family : 0) +
    (sex === 'male' ? table.male : 0);
  const high = score >= table.cutOff;
  return decided(rule, { score, high }, [
    because(
      high ? 'high' : 'low',
      `风险评分 ${score} 分，${high ? '≥25，应做葡萄糖负荷试验。' : '低于25。'}`,
    ),
  ]);
}
