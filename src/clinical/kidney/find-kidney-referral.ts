import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingAnswers, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { albuminuriaStageOf } from './classify-kidney-disease.ts';
import { filtrationStageOf } from './estimate-filtration.ts';
import { kidneyRanges, kidneyReferralLimits } from './kidney-parameters.ts';

export interface KidneyReferralFacts {
  readonly egfr?: number | undefined;
  readonly acr?: number | undefined;
  readonly potassium?: number | undefined;
  /** Fall of the filtration rate over the last year, mL/min/1.73m². */
  readonly fallPerYear?: number | undefined;
  /** Fall within four weeks, percent. */
  readonly fallPercentFourWeeks?: number | undefined;
  readonly haematuria?: boolean | undefined;
  readonly resistantHypertension?: boolean | undefined;
  readonly hereditary?: boolean | undefined;
}

/**
 * Whether a person with kidney findings is to be referred. One reason known is enough; "no" needs every item answered,
 * otherwise undecided with what is open. An implausible figure is never a reason.
 * @source KDIGO 慢性肾脏病评估与管理指南（2024） 转诊
 */
export function findKidneyReferral(facts: KidneyReferralFacts, day: PlainDate): Decision<boolean> {
  const row = rowOn(kidneyReferralLimits, day);
  const rule: RuleRef = {
    id: 'CKD-02-refer',
    edition: row.source,
    clause: row.clause,
    certainty: row.certainty,
  };
  const { fallPerYear, fallPercentFourWeeks, potassium } = row.value;
  const ranges = valueOn(kidneyRanges, day);
  const reasons: Reason[] = [];
  const add = (code: string, text: string) => reasons.push({ code, text });
  if (isWithin(facts.egfr, ranges.egfr)) {
    const stage = filtrationStageOf(facts.egfr, day);
    if (stage === 'G4' || stage === 'G5') add('late-stage', `肾小球滤过率 ${facts.egfr}，已到 ${stage} 期。`);
  }
  if (isWithin(facts.acr, ranges.acr) && albuminuriaStageOf(facts.acr, day) === 'A3')
    add('albuminuria', `尿白蛋白/肌酐 ${facts.acr} mg/g，属 A3。`);
  if (isWithin(facts.fallPerYear, ranges.fallPerYear) && facts.fallPerYear > fallPerYear)
    add('fast-fall', `一年下降 ${facts.fallPerYear}，超过 ${fallPerYear}。`);
  const { fallPercentFourWeeks: fall } = facts;
  if (isWithin(fall, ranges.fallPercent) && fall > fallPercentFourWeeks)
    add('sudden-fall', `4周内下降 ${fall}%，超过 ${fallPercentFourWeeks}%。`);
  const k = facts.potassium;
  if (isWithin(k, ranges.potassium) && (k < potassium[0] || k > potassium[1]))
    add('potassium', `血钾 ${k} mmol/L，不在 ${potassium[0]}–${potassium[1]} 之间。`);
  if (facts.haematuria) add('haematuria', '有血尿。');
  if (facts.resistantHypertension) add('resistant-hypertension', '有难治性高血压。');
  if (facts.hereditary) add('hereditary', '怀疑或已知遗传性肾病。');
  if (reasons.length > 0) return decided(rule, true, reasons);
  const missing = [
    ...lackingFigures([
      [facts.egfr, ranges.egfr],
      [facts.acr, ranges.acr],
      [facts.potassium, ranges.potassium],
      [facts.fallPerYear, ranges.fallPerYear],
      [fall, ranges.fallPercent],
    ]),
    ...lackingAnswers([
      [facts.haematuria, '血尿'],
      [facts.resistantHypertension, '难治性高血压'],
      [facts.hereditary, '遗传性肾病'],
    ]),
  ];
  if (missing.length > 0) return undecided(rule, missing);
  return decided(rule, false, [{ code: 'none', text: '没有需要转诊肾内科的情况。' }]);
}
