import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { insulinDoses, ketoneLimits } from './diabetes-parameters.ts';

export interface BasalFacts {
  readonly weightKg?: number | undefined;
  /** Fasting values of the last days, mmol/L, newest last; none when starting. */
  readonly fasting: readonly number[];
  /** The kind to begin with; basal unless said. */
  readonly kind?: 'basal' | 'premix' | undefined;
  /** Basal units a day at present, and whether HbA1c is still high. */
  readonly dailyUnits?: number | undefined;
  readonly stillHigh?: boolean | undefined;
}

export interface BasalAdvice {
  readonly startUnits: { readonly low: number; readonly high: number } | undefined;
  readonly changeUnits: number | undefined;
  /** More of it will not do: intensify or refer. */
  readonly intensify: boolean;
}

/** Starting range by weight, or the change by recent fasting values; a doctor confirms. Units. @source 胰岛素起始与调整 */
export function adjustBasalInsulin(facts: BasalFacts, day: PlainDate): Decision<BasalAdvice> {
  const row = rowOn(insulinDoses, day);
  const rule = ruleFrom('DM-19', row);
  if (facts.fasting.length === 0) {
    if (facts.weightKg === undefined) return undecided(rule, ['体重']);
    const { low, high } = facts.kind === 'premix' ? row.value.premixPerKg : row.value.perKg;
    const startUnits = { low: Math.round(facts.weightKg * low), high: Math.round(facts.weightKg * high) };
    const how = facts.kind === 'premix' ? '每日总量，早晚餐前各半' : '睡前';
    return decided(rule, { startUnits, changeUnits: undefined, intensify: false }, [
      because('start', `起始 ${startUnits.low}–${startUnits.high} 单位，${how}，由医生确认。`),
    ]);
  }
  const lowest = Math.min(...facts.fasting);
  const [hypo] = row.value.adjust;
  const mean = facts.fasting.reduce((sum, one) => sum + one, 0) / facts.fasting.length;
  const used = hypo && lowest < hypo.below ? lowest : mean;
  const changeUnits = row.value.adjust.find((one) => used < one.below)?.units ?? 0;
  const { weightKg, dailyUnits } = facts;
  const intensify =
    facts.stillHigh === true &&
    weightKg !== undefined &&
    dailyUnits !== undefined &&
    dailyUnits > weightKg * row.value.intensifyAbovePerKg;
  return decided(rule, { startUnits: undefined, changeUnits, intensify }, [
    ...(intensify
      ? [
          because(
            'intensify',
            `每日 ${dailyUnits} 单位已较大而糖化仍高，强化方案或转诊，不再单加基础胰岛素。`,
          ),
        ]
      : []),
    because(
      changeUnits < 0 ? 'down' : changeUnits > 0 ? 'up' : 'hold',
      `空腹血糖 ${used.toFixed(1)} mmol/L，建议${changeUnits === 0 ? '维持' : `${changeUnits > 0 ? '增' : '减'} ${Math.abs(changeUnits)} 单位`}，由医生确认。`,
    ),
  ]);
}

export interface SickDayFacts {
  readonly glucose?: number | undefined;
  readonly ketone?: number | undefined;
  readonly ill?: boolean | undefined;
  readonly onSglt2?: boolean | undefined;
  readonly vomiting?: boolean | undefined;
}

export type SickDay = 'usual' | 'test-ketone' | 'watch' | 'doctor-same-day' | 'emergency';

/** What an ill person with diabetes does next; on an SGLT2 inhibitor ketosis may come with near-normal glucose. mmol/L. @source 糖尿病酮症酸中毒与病中管理 */
export function guideSickDay(facts: SickDayFacts, day: PlainDate): Decision<SickDay> {
  const row = rowOn(ketoneLimits, day);
  const rule = ruleFrom('DM-20', row);
  const limit = row.value;
  const { ketone, glucose } = facts;
  if (ketone === undefined && glucose === undefined) return undecided(rule, ['血糖', '血酮']);
  const hold = facts.vomiting
    ? [because('hold', '呕吐或脱水期间停用列净类与二甲双胍，恢复进食24–48小时后再用。')]
    : [];
  const answer = (value: SickDay, text: string) => decided(rule, value, [because(value, text), ...hold]);
  if (ketone !== undefined) {
    if (ketone > limit.emergencyAbove) return answer('emergency', `血酮 ${ketone} mmol/L，立即急诊。`);
    if (facts.onSglt2 && facts.vomiting && ketone >= limit.sglt2)
      return answer('emergency', '正用钠糖共转运蛋白2抑制剂且呕吐、血酮升高，血糖不高也须急诊。');
    if (ketone >= limit.doctor) return answer('doctor-same-day', `血酮 ${ketone} mmol/L，当日联系医生。`);
    if (ketone >= limit.watch) return answer('watch', `血酮 ${ketone} mmol/L，补液观察。`);
    return answer('usual', '血酮正常。');
  }
  if (facts.ill && (glucose ?? 0) > limit.glucoseAbove)
    return answer('test-ketone', `血糖 ${glucose} mmol/L 且患病，每4小时查酮体。`);
  return answer('usual', '照常。');
}
