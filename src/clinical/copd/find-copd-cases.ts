import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { caseFinding, copdPsTable, copdSqTable } from './copd-parameters.ts';

export interface CaseFindingFacts {
  readonly ageYears?: number | undefined;
  readonly chronicSymptoms?: boolean | undefined;
  readonly packYears?: number | undefined;
  readonly biomassOrDust?: boolean | undefined;
  readonly familyHistory?: boolean | undefined;
}

export type CaseFinding = 'none' | 'copd-sq' | 'copd-ps';

/** Who is asked a questionnaire for COPD, and which. Undecided without the age. @source 慢阻肺基层诊疗指南 病例发现 */
export function findCopdCases(facts: CaseFindingFacts, day: PlainDate): Decision<CaseFinding> {
  const row = rowOn(caseFinding, day);
  const rule = ruleFrom('COPD-01', row);
  const { ageYears } = facts;
  if (ageYears === undefined) return undecided(rule, ['年龄']);
  const risks: Reason[] = [];
  if (facts.chronicSymptoms) risks.push(because('symptoms', '慢性咳嗽、咳痰、气促或喘息。'));
  if ((facts.packYears ?? 0) >= row.value.packYears)
    risks.push(because('smoking', `吸烟 ${facts.packYears} 包年。`));
  if (facts.biomassOrDust) risks.push(because('exposure', '生物燃料烟雾或粉尘接触。'));
  if (facts.familyHistory) risks.push(because('family', '家族史。'));
  if (ageYears < row.value.ageFrom || risks.length === 0)
    return decided(rule, 'none', [because('none', '暂不需问卷；吸烟者建议戒烟。')]);
  const which = ageYears >= valueOfSqAge(day) ? 'copd-sq' : 'copd-ps';
  return decided(rule, which, risks);
}

const valueOfSqAge = (day: PlainDate) => rowOn(copdSqTable, day).value.ageFrom;
const points = (table: readonly (readonly [number, number])[], value: number) =>
  table.reduce((found, [from, score]) => (value >= from ? score : found), 0);

export interface CopdSqFacts {
  readonly ageYears?: number | undefined;
  readonly packYears?: number | undefined;
  readonly bmi?: number | undefined;
  readonly cough?: boolean | undefined;
  /** 0 none, 1 hurrying or slope, 2 walking on the level. */
  readonly dyspnoea?: 0 | 1 | 2 | undefined;
  readonly biomass?: boolean | undefined;
  readonly familyHistory?: boolean | undefined;
}

export interface QuestionnaireScore {
  /** null: not applicable at this age. */
  readonly score: number | null;
  readonly positive: boolean;
}

/** COPD-SQ, 0–29, at 16 and above spirometry. Every item must be answered. @source 慢阻肺筛查问卷（COPD-SQ） */
export function scoreCopdSq(facts: CopdSqFacts, day: PlainDate): Decision<QuestionnaireScore> {
  const row = rowOn(copdSqTable, day);
  const rule = ruleFrom('COPD-02', row);
  const table = row.value;
  const { ageYears, packYears, bmi, cough, dyspnoea, biomass, familyHistory } = facts;
  if (ageYears !== undefined && ageYears < table.ageFrom)
    return decided(rule, { score: null, positive: false }, [because('age', '问卷适用40岁及以上。')]);
  const missing = missingOf({
    年龄: ageYears,
    吸烟包年: packYears,
    体质指数: bmi,
    咳嗽: cough,
    气促: dyspnoea,
    生物燃料: biomass,
    家族史: familyHistory,
  });
  if (missing.length > 0) return undecided(rule, missing);
  const score =
    points(table.age, ageYears ?? 0) +
    points(table.packYears, packYears ?? 0) +
    points(table.bmi, bmi ?? 0) +
    (cough ? table.cough : 0) +
    (table.dyspnoea[dyspnoea ?? 0] ?? 0) +
    (biomass ? table.biomass : 0) +
    (familyHistory ? table.family : 0);
  const positive = score >= table.cutOff;
  return decided(rule, { score, positive }, [
    because(
      positive ? 'positive' : 'negative',
      `COPD-SQ ${score} 分，${positive ? '≥16，应做肺功能检查。' : '低于16。'}`,
    ),
  ]);
}

export interface CopdPsFacts {
  readonly ageYears?: number | undefined;
  /** Item scores as printed, 0–2. */
  readonly breathless?: number | undefined;
  readonly sputum?: number | undefined;
  readonly lessActive?: number | undefined;
  readonly smoked100?: boolean | undefined;
}

/** COPD-PS, 0–10, at 5 and above spirometry. @source 慢阻肺人群筛查问卷（COPD-PS） */
export function scoreCopdPs(facts: CopdPsFacts, day: PlainDate): Decision<QuestionnaireScore> {
  const row = rowOn(copdPsTable, day);
  const rule = ruleFrom('COPD-03', row);
  const table = row.value;
  const { ageYears, breathless, sputum, lessActive, smoked100 } = facts;
  if (ageYears !== undefined && ageYears < table.ageFrom)
    return decided(rule, { score: null, positive: false }, [because('age', '问卷适用35岁及以上。')]);
  const missing = missingOf({
    年龄: ageYears,
    气促: breathless,
    咳痰: sputum,
    活动减少: lessActive,
    吸烟: smoked100,
  });
  if (missing.length > 0) return undecided(rule, missing);
  const score =
    (breathless ?? 0) +
    (sputum ?? 0) +
    (lessActive ?? 0) +
    (smoked100 ? table.smoking : 0) +
    points(table.age, ageYears ?? 0);
  const positive = score >= table.cutOff;
  return decided(rule, { score, positive }, [
    because(
      positive ? 'positive' : 'negative',
      `COPD-PS ${score} 分，${positive ? '≥5，应做肺功能检查。' : '低于5。'}`,
    ),
  ]);
}
