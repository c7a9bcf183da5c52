import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { diagnosisLimits, diagnosisSeries } from './diagnosis-parameters.ts';

interface Pressure {
  readonly sbp: number;
  readonly dbp: number;
}

export interface DiagnosisFacts {
  /** Office means, one a day. */
  readonly office?: readonly (Pressure & { readonly on: PlainDate })[] | undefined;
  /** After rest on the same day as the last office value. */
  readonly repeatAfterRest?: Pressure | undefined;
  readonly home?: (Pressure & { readonly days: number; readonly readings: number }) | undefined;
  readonly ambulatory?:
    | {
        readonly h24?: Pressure | undefined;
        readonly day?: Pressure | undefined;
        readonly night?: Pressure | undefined;
      }
    | undefined;
  readonly onTreatment?: boolean | undefined;
  readonly knownHypertension?: boolean | undefined;
  readonly acuteSymptoms?: boolean | undefined;
  /** The doctor's reason why waiting is risky, or that the person cannot come back. */
  readonly cannotWaitReason?: string | undefined;
}

export type DiagnosisState =
  | 'confirmed-treated'
  | 'confirmed-office'
  | 'confirmed-home'
  | 'confirmed-ambulatory'
  | 'confirmed-same-day'
  | 'refer-now'
  | 'repeat-after-rest'
  | 'suspected-repeat'
  | 'insufficient-home'
  | 'not-met';

const reaches = (p: Pressure, limit: Pressure) => p.sbp >= limit.sbp || p.dbp >= limit.dbp;
const show = (p: Pressure) => `${p.sbp}/${p.dbp} mmHg`;

/**
 * Whether hypertension is confirmed, and by which way: known and treated, three office days within four weeks, a home or
 * ambulatory series, or on the same day when very high; else what to measure next. Undecided without any pressure.
 * @source 国家基层高血压防治管理指南 2025版 §4.2
 */
export function diagnoseHypertension(facts: DiagnosisFacts, day: PlainDate): Decision<DiagnosisState> {
  const row = rowOn(diagnosisLimits, day);
  const rule = ruleFrom('HTN-03', row);
  const limits = row.value;
  const series = valueOn(diagnosisSeries, day);
  const answer = (state: DiagnosisState, text: string) => decided(rule, state, [because(state, text)]);
  if (facts.knownHypertension && facts.onTreatment)
    return answer('confirmed-treated', '既往确诊高血压并正在服药。');
  const office = (facts.office ?? []).toSorted((a, b) => a.on.localeCompare(b.on));
  const { ambulatory, home } = facts;
  if (ambulatory) {
    const over = [
      ['24小时', ambulatory.h24, limits.ambulatory24h],
      ['白天', ambulatory.day, limits.ambulatoryDay],
      ['夜间', ambulatory.night, limits.ambulatoryNight],
    ] as const;
    const found = over.find(([, value, limit]) => value && reaches(value, limit));
    if (found?.[1])
      return answer('confirmed-ambulatory', `动态血压${found[0]}均值 ${show(found[1])}，达到诊断界值。`);
  }
  if (home) {
    if (home.days < series.homeDays || home.readings < series.homeReadings)
      return answer(
        'insufficient-home',
        `家庭血压 ${home.days} 天 ${home.readings} 次，不足 ${series.homeDays} 天 ${series.homeReadings} 次，不能据此诊断。`,
      );
    if (reaches(home, limits.home)) {
      const isStandard = home.days >= series.homeStandardDays && home.readings >= series.homeStandardReadings;
      return answer(
        'confirmed-home',
        `家庭血压 ${home.days} 天均值 ${show(home)}，达到诊断界值（${isStandard ? '标准' : '最低'}测量次数）。`,
      );
    }
  }
  const high = office.filter((one) => reaches(one, limits.office));
  const withinWindow = high.some((first, index) => {
    const last = high[index + series.officeDays - 1];
    return last !== undefined && daysBetween(first.on, last.on) <= series.officeWithinDays;
  });
  if (withinWindow)
    return answer(
      'confirmed-office',
      `${series.officeWithinDays} 天内 ${series.officeDays} 个不同日诊室血压达到 140/90 mmHg。`,
    );
  const latest = office.at(-1);
  if (!latest) return ambulatory || home ? answer('not-met', '未达到诊断界值。') : undecided(rule, ['血压']);
  if (reaches(latest, limits.sameDay)) {
    if (facts.acuteSymptoms) return answer('refer-now', `血压 ${show(latest)} 伴急性症状，立即转诊。`);
    if (!facts.repeatAfterRest)
      return answer('repeat-after-rest', `血压 ${show(latest)}，排除诱因、休息后复测。`);
    if (reaches(facts.repeatAfterRest, limits.sameDay))
      return answer('confirmed-same-day', `休息后复测仍为 ${show(facts.repeatAfterRest)}，当日可以确诊。`);
    return answer('suspected-repeat', `复测 ${show(facts.repeatAfterRest)}，4周内另选日复测。`);
  }
  if (reaches(latest, limits.sameDayWithReason)) {
    const stillHigh = facts.repeatAfterRest && reaches(facts.repeatAfterRest, limits.sameDayWithReason);
    if (stillHigh && facts.cannotWaitReason)
      return answer('confirmed-same-day', `复测仍高，且${facts.cannotWaitReason}，医生判断当日确诊。`);
  }
  return reaches(latest, limits.office)
    ? answer('suspected-repeat', `血压 ${show(latest)}，4周内再选两个不同日复测，或测家庭、动态血压。`)
    : answer('not-met', `血压 ${show(latest)}，未达到诊断界值。`);
}
