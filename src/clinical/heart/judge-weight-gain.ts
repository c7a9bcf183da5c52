import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { weightLimits } from './heart-parameters.ts';

export interface WeightGainFacts {
  /** Gain in kg over the last 24 hours, three days, seven days; negative for a loss. */
  readonly gainDay?: number | undefined;
  readonly gainThreeDays?: number | undefined;
  readonly gainWeek?: number | undefined;
  readonly oedema?: boolean | undefined;
  readonly dyspnoea?: boolean | undefined;
}

export type WeightAlert = 'none' | 'orange' | 'red';

/**
 * The alert on weight gain in heart failure: any of three spans at its limit is orange, with oedema or dyspnoea red.
 * Undecided when no span is at its limit and one is missing.
 * @source 心力衰竭体重监测 AL-WT-01（待临床专家核对）
 */
export function judgeWeightGain(facts: WeightGainFacts, day: PlainDate): Decision<WeightAlert> {
  const row = rowOn(weightLimits, day);
  const rule = { id: 'HF-01-weight', edition: row.source, clause: row.clause, certainty: row.certainty };
  const { range } = row.value;
  const spans = [
    [facts.gainDay, row.value.day, '24小时'],
    [facts.gainThreeDays, row.value.threeDays, '3天'],
    [facts.gainWeek, row.value.week, '7天'],
  ] as const;
  const reasons: Reason[] = spans.flatMap(([gain, limit, span]) =>
    isWithin(gain, range) && gain >= limit
      ? [{ code: 'gain', text: `${span}内体重增加 ${gain} kg，达到 ${limit} kg。` }]
      : [],
  );
  if (reasons.length === 0) {
    const missing = spans.flatMap(([gain, , span]) =>
      lackingFigures([[gain, [`${span}体重变化`, range[1], range[2]]]]),
    );
    if (missing.length > 0) return undecided(rule, missing);
    return decided(rule, 'none', [{ code: 'steady', text: '体重没有明显增加。' }]);
  }
  const { oedema, dyspnoea } = facts;
  if (oedema) reasons.push({ code: 'oedema', text: '同时有水肿。' });
  if (dyspnoea) reasons.push({ code: 'dyspnoea', text: '同时有气促。' });
  if (oedema || dyspnoea) return decided(rule, 'red', reasons);
  if (oedema === undefined || dyspnoea === undefined)
    reasons.push({ code: 'symptoms-not-asked', text: '水肿或气促还没有问，如有则升为红色。' });
  return decided(rule, 'orange', [...reasons, { code: 'call', text: '24小时内电话联系，核对利尿药。' }]);
}
