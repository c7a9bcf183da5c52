import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import { because, roundTo, ruleFrom } from '../answering.ts';
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
  /** Pain, haste, a full bladder, a missed dose … looked for and put right; false while one is still there. */
  readonly triggersExcluded?: boolean | undefined;
  /** White-coat or masked hypertension is suspected, or the doctor is not sure. */
  readonly uncertain?: boolean | undefined;
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
  | 'need-out-of-office'
  | 'not-met';

const reaches = (p: Pressure, limit: Pressure) => p.sbp >= limit.sbp || p.dbp >= limit.dbp;
const show = (p: Pressure) => `${p.sbp}/${p.dbp} mmHg`;

/**
 * Whether hypertension is confirmed, and by which way: known and treated, three office days within four weeks, a home or
 * ambulatory series, or on the same day when very high; else what to measure next. Acute symptoms with very high pressure
 * go before everything. Undecided without any pressure, and at very high pressure without an answer on symptoms.
 * @source 国家基层高血压防治管理指南 2025版 §4.2
 */
export function diagnoseHypertension(facts: DiagnosisFacts, day: PlainDate): Decision<DiagnosisState> {
  const row = rowOn(diagnosisLimits, day);
  const rule = ruleFrom('HTN-03', row);
  const limits = row.value;
  const series = valueOn(diagnosisSeries, day);
  const answer = (state: DiagnosisState, text: string, ...more: Reason[]) =>
    decided(rule, state, [because(state, text), ...more]);
  const office = oneADay(facts.office ?? []);
  const latest = office.at(-1);
  const isVeryHigh = latest !== undefined && reaches(latest, limits.sameDay);
  if (isVeryHigh && facts.acuteSymptoms)
    return answer('refer-now', `血压 ${show(latest)} 伴急性症状，立即转诊。`);
  if (facts.knownHypertension && facts.onTreatment)
    return answer('confirmed-treated', '既往确诊高血压并正在服药。');
  const { h24, day: awake, night } = facts.ambulatory ?? {};
  const ambulatory = [
    ['24小时', h24, limits.ambulatory24h],
    ['白天', awake, limits.ambulatoryDay],
    ['夜间', night, limits.ambulatoryNight],
  ] as const;
  const found = ambulatory.find(([, value, limit]) => value && reaches(value, limit));
  if (found?.[1])
    return answer('confirmed-ambulatory', `动态血压${found[0]}均值 ${show(found[1])}，达到诊断界值。`);
  const { home } = facts;
  const homeIsShort =
    home !== undefined && (home.days < series.homeDays || home.readings < series.homeReadings);
  if (home && !homeIsShort && reaches(home, limits.home)) {
    const isStandard = home.days >= series.homeStandardDays && home.readings >= series.homeStandardReadings;
    return answer(
      'confirmed-home',
      `家庭血压 ${home.days} 天均值 ${show(home)}，达到诊断界值。`,
      because(
        isStandard ? 'home-standard' : 'home-fallback',
        `测量次数${isStandard ? '标准' : '为最低要求'}。`,
      ),
    );
  }
  const high = office.filter((one) => reaches(one, limits.office));
  const withinWindow = high.some((first, index) => {
    const last = high[index + series.officeDays - 1];
    return last !== undefined && daysBetween(first.on, last.on) <= series.officeWithinDays;
  });
  if (withinWindow)
    return answer(
      'confirmed-office',
      `${series.officeWithinDays} 天内 ${series.officeDays} 个不同日诊室血压达到 ${limits.office.sbp}/${limits.office.dbp} mmHg。`,
    );
  if (latest && isVeryHigh) {
    if (facts.acuteSymptoms === undefined) return undecided(rule, ['有无急性症状']);
    return judgeSameDay(latest, limits.sameDay, facts, answer);
  }
  if (
    latest &&
    reaches(latest, limits.sameDayWithReason) &&
    facts.cannotWaitReason &&
    facts.repeatAfterRest
  ) {
    const stillHigh = reaches(facts.repeatAfterRest, limits.sameDayWithReason);
    if (stillHigh && facts.triggersExcluded !== false && facts.acuteSymptoms !== true)
      return answer('confirmed-same-day', `复测仍高，且${facts.cannotWaitReason}，医生判断当日确诊。`);
  }
  if (facts.uncertain)
    return answer('need-out-of-office', '诊断不确定，需家庭或动态血压；本机构不能做的转诊。');
  const short = home
    ? `家庭血压 ${home.days} 天 ${home.readings} 次，不足 ${series.homeDays} 天 ${series.homeReadings} 次，不能据此诊断。`
    : '';
  if (latest && reaches(latest, limits.office))
    return answer(
      'suspected-repeat',
      `血压 ${show(latest)}，4周内再选两个不同日复测，或测家庭、动态血压。`,
      ...(homeIsShort ? [because('insufficient-home', short)] : []),
    );
  if (homeIsShort) return answer('insufficient-home', short);
  if (latest) return answer('not-met', `血压 ${show(latest)}，未达到诊断界值。`);
  if (home || h24 || awake || night) return answer('not-met', '未达到诊断界值。');
  return undecided(rule, ['血压']);
}

/** Very high at first sight, no acute symptoms: confirmed the same day when it stays so after rest. */
function judgeSameDay(
  latest: Pressure,
  limit: Pressure,
  { repeatAfterRest, triggersExcluded }: DiagnosisFacts,
  answer: (state: DiagnosisState, text: string) => Decision<DiagnosisState>,
): Decision<DiagnosisState> {
  if (!repeatAfterRest || triggersExcluded === false)
    return answer('repeat-after-rest', `血压 ${show(latest)}，排除诱因、休息后复测。`);
  return reaches(repeatAfterRest, limit)
    ? answer('confirmed-same-day', `休息后复测仍为 ${show(repeatAfterRest)}，当日可以确诊。`)
    : answer('suspected-repeat', `复测 ${show(repeatAfterRest)}，4周内另选日复测。`);
}

/** Office values by day, oldest first; several of a day are one day, by their mean. */
function oneADay(office: readonly (Pressure & { readonly on: PlainDate })[]) {
  const days = new Map<PlainDate, Pressure[]>();
  for (const one of office) days.set(one.on, [...(days.get(one.on) ?? []), one]);
  const mean = (list: readonly Pressure[], key: keyof Pressure) =>
    roundTo(list.reduce((sum, one) => sum + one[key], 0) / list.length, 0);
  return [...days]
    .map(([on, list]) => ({ on, sbp: mean(list, 'sbp'), dbp: mean(list, 'dbp') }))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}
