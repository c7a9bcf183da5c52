import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingAnswers, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { carotidLimit } from './stroke-parameters.ts';

export interface StrokeReferralFacts {
  /** A new deficit that is not acute; an acute one belongs to STK-02. */
  readonly newDeficit?: boolean | undefined;
  readonly seizure?: boolean | undefined;
  /** Trouble swallowing with aspiration. */
  readonly aspiration?: boolean | undefined;
  readonly carotidStenosisPercent?: number | undefined;
  /** The stenosis lies on the side of the stroke or TIA. */
  readonly carotidSymptomatic?: boolean | undefined;
}

/**
 * Whether a person after a stroke is to be referred. One reason known is enough; "no" needs every item answered.
 * @source 缺血性与出血性脑卒中二级预防指南（待临床专家核对）
 */
export function findStrokeReferral(facts: StrokeReferralFacts, day: PlainDate): Decision<boolean> {
  const row = rowOn(carotidLimit, day);
  const rule = { id: 'STK-03-refer', edition: row.source, clause: row.clause, certainty: row.certainty };
  const { stenosis, range } = row.value;
  const { carotidStenosisPercent: percent } = facts;
  const narrow = isWithin(percent, range) && percent >= stenosis;
  const reasons: Reason[] = [];
  const add = (code: string, text: string) => reasons.push({ code, text });
  if (facts.newDeficit) add('new-deficit', '有新的神经功能缺损；如为突发，立即拨打120。');
  if (facts.seizure) add('seizure', '有癫痫发作。');
  if (facts.aspiration) add('aspiration', '吞咽困难并有误吸。');
  if (narrow && facts.carotidSymptomatic) add('carotid', `症状侧颈动脉狭窄 ${percent}%，达到 ${stenosis}%。`);
  if (reasons.length > 0) return decided(rule, true, reasons);
  const missing = [
    ...lackingAnswers([
      [facts.newDeficit, '新的神经功能缺损'],
      [facts.seizure, '癫痫发作'],
      [facts.aspiration, '吞咽困难与误吸'],
    ]),
    ...lackingFigures([[percent, range]]),
    ...(narrow ? lackingAnswers([[facts.carotidSymptomatic, '颈动脉狭窄是否在症状侧']]) : []),
  ];
  if (missing.length > 0) return undecided(rule, missing);
  return decided(rule, false, [{ code: 'none', text: '没有需要转诊的情况。' }]);
}
