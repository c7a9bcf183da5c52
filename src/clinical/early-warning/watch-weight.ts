import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { inOrder } from '#kernel/in-order.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { because, roundTo, ruleFrom } from '../answering.ts';
import type { AlertLevel } from './alert-on-reading.ts';
import { weightTrends } from './alert-parameters.ts';

export interface WeightFacts {
  /** kg, any order. */
  readonly weights: readonly { readonly on: PlainDate; readonly kg: number }[];
  /** Losing weight on purpose; undefined when not asked. */
  readonly intended?: boolean | undefined;
  /** In a weight programme: a plateau is worth a word. */
  readonly losingWeight?: boolean | undefined;
}

export interface WeightTrend {
  readonly ruleId: 'AL-WT-02' | 'TR-WT-01' | 'AL-WT-00';
  readonly level: AlertLevel;
  /** Change over the period that spoke, %; negative is loss. */
  readonly percent: number | null;
}

/**
 * What the weights of a year say: an unintended loss, or a plateau of someone who is losing weight. A loss whose intention
 * is not known is told as unintended, with the question. Undecided with fewer than two weights in the year.
 * @source 平台默认：体重趋势
 */
export function watchWeight(facts: WeightFacts, day: PlainDate): Decision<WeightTrend> {
  const row = rowOn(weightTrends, day);
  const rule = ruleFrom('TR-WT', row);
  const limit = row.value;
  const since = addDays(day, -limit.yearDays);
  const known = inOrder(
    facts.weights.filter((one) => one.on <= day && one.on >= since),
    (a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0),
  );
  const last = known.at(-1);
  if (!last || known.length < 2) return undecided(rule, ['一年内的两次体重']);
  const changeSince = (days: number) => {
    const from = addDays(last.on, -days);
    const first = known.find((one) => one.on >= from);
    return !first || first === last ? undefined : ((last.kg - first.kg) / first.kg) * 100;
  };
  const [half, year] = [changeSince(limit.halfYearDays), changeSince(limit.yearDays)];
  const isHalf = half !== undefined && half <= -limit.lossHalfYear;
  const lost = isHalf ? half : year !== undefined && year <= -limit.lossYear ? year : undefined;
  if (lost !== undefined && facts.intended !== true)
    return decided(rule, { ruleId: 'AL-WT-02', level: 'yellow', percent: roundTo(lost, 1) }, [
      because(
        'loss',
        `${isHalf ? '半年' : '一年'}内体重下降 ${roundTo(-lost, 1)}%${facts.intended === undefined ? '，请问是否有意减重' : ''}，注意肿瘤、结核、糖尿病、抑郁。`,
      ),
    ]);
  const month = changeSince(limit.plateauDays);
  if (facts.losingWeight && month !== undefined && month > -limit.plateauLoss)
    return decided(rule, { ruleId: 'TR-WT-01', level: 'none', percent: roundTo(month, 1) }, [
      because('plateau', '近4周体重没有明显下降，减重进入平台期。'),
    ]);
  return decided(
    rule,
    { ruleId: 'AL-WT-00', level: 'none', percent: year === undefined ? null : roundTo(year, 1) },
    [because('steady', '体重没有需要提醒的变化。')],
  );
}
