import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { RiskCategory } from './china-par.ts';
import { chinaParRanges, recheckMonths } from './china-par-parameters.ts';
import { isWithin, lackingAnswers, lackingFigures } from './required-inputs.ts';

export interface RiskRecheckFacts {
  readonly ageYears?: number | undefined;
  /** Ten-year category, from CVD-01. */
  readonly category?: RiskCategory | undefined;
  /** Any risk factor so high that it is treated for itself. */
  readonly factorAtTreatmentThreshold?: boolean | undefined;
  /** Any risk factor at all. */
  readonly anyRiskFactor?: boolean | undefined;
}

export interface RiskRecheck {
  readonly fromMonths: number;
  readonly toMonths: number;
}

/**
 * When to assess the risk again, as the shortest and longest interval in months. High risk, or a factor at the treatment
 * threshold, decides alone; otherwise every input the age asks for is needed.
 * @source 中国心血管病风险评估和管理指南 再评估
 */
export function planRiskRecheck(facts: RiskRecheckFacts, day: PlainDate): Decision<RiskRecheck> {
  const row = rowOn(recheckMonths, day);
  const rule = { id: 'CVD-01-recheck', edition: row.source, clause: row.clause, certainty: row.certainty };
  const months = row.value;
  const answer = ([fromMonths, toMonths]: readonly [number, number], code: string, why: string) => {
    const span = fromMonths === toMonths ? `${toMonths}` : `${fromMonths}–${toMonths}`;
    return decided(rule, { fromMonths, toMonths }, [{ code, text: `${why}，${span} 个月后再评估。` }]);
  };
  if (facts.category === 'high') return answer(months.yearly, 'high', '10年风险高危');
  if (facts.factorAtTreatmentThreshold)
    return answer(months.yearly, 'at-threshold', '有危险因素已达治疗界值');
  const range = valueOn(chinaParRanges, day).ageYears;
  const { ageYears } = facts;
  const older = isWithin(ageYears, range) && ageYears >= months.age;
  const missing = [
    ...lackingFigures([[ageYears, range]], '超出公式范围'),
    ...lackingAnswers([
      [facts.category, '10年风险分层'],
      [facts.factorAtTreatmentThreshold, '危险因素是否达治疗界值'],
      [older ? facts.anyRiskFactor : false, '有无危险因素'],
    ]),
  ];
  if (missing.length > 0) return undecided(rule, missing);
  if (!older) return answer(months.young, 'young', `${months.age}岁以下`);
  return facts.anyRiskFactor
    ? answer(months.withFactor, 'with-factor', `${months.age}岁及以上，有危险因素`)
    : answer(months.withoutFactor, 'without-factor', `${months.age}岁及以上，没有危险因素`);
}
