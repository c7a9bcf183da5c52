import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { plausibleRanges } from '../cardiovascular-risk/china-par-parameters.ts';
import { isWithin, lackingAnswers, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { failureDanger, heartRanges } from './heart-parameters.ts';

export interface FailureDangerFacts {
  readonly restDyspnoea?: boolean | undefined;
  readonly cannotLieFlat?: boolean | undefined;
  /** Percent. */
  readonly spo2?: number | undefined;
  readonly sbp?: number | undefined;
  /** Dizziness, syncope, confusion or cold limbs with the low pressure; asked only when it is low. */
  readonly lowPressureSymptoms?: boolean | undefined;
}

/**
 * Whether heart failure is an emergency now: dyspnoea at rest, unable to lie flat, low oxygen, or low pressure with
 * symptoms. One sign known is enough; "no" needs every item.
 * @source 心力衰竭基层管理（待临床专家核对）
 */
export function detectFailureDanger(facts: FailureDangerFacts, day: PlainDate): Decision<boolean> {
  const row = rowOn(failureDanger, day);
  const rule = { id: 'HF-01-danger', edition: row.source, clause: row.clause, certainty: row.certainty };
  const oxygen = valueOn(heartRanges, day).spo2;
  const pressure = valueOn(plausibleRanges, day).sbp;
  const { spo2, sbp } = facts;
  const low = isWithin(sbp, pressure) && sbp < row.value.sbp;
  const reasons: Reason[] = [];
  const add = (code: string, text: string) => reasons.push({ code, text });
  if (facts.restDyspnoea) add('rest-dyspnoea', '静息时呼吸困难，立即拨打120。');
  if (facts.cannotLieFlat) add('cannot-lie-flat', '不能平卧，立即拨打120。');
  if (isWithin(spo2, oxygen) && spo2 < row.value.spo2)
    add('low-oxygen', `血氧饱和度 ${spo2}%，低于 ${row.value.spo2}%，立即拨打120。`);
  if (low && facts.lowPressureSymptoms)
    add('low-pressure', `收缩压 ${sbp} mmHg，低于 ${row.value.sbp} 并有症状，立即拨打120。`);
  if (reasons.length > 0) return decided(rule, true, reasons);
  const missing = [
    ...lackingAnswers([
      [facts.restDyspnoea, '静息时是否呼吸困难'],
      [facts.cannotLieFlat, '能否平卧'],
    ]),
    ...lackingFigures([
      [spo2, oxygen],
      [sbp, pressure],
    ]),
    ...(low ? lackingAnswers([[facts.lowPressureSymptoms, '低血压症状']]) : []),
  ];
  if (missing.length > 0) return undecided(rule, missing);
  return decided(rule, false, [{ code: 'none', text: '没有心力衰竭危急表现。' }]);
}
