import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { plausiblePressure, readingAgreement } from './diagnosis-parameters.ts';

export interface PressureReading {
  readonly sbp: number;
  readonly dbp: number;
  readonly arm?: 'left' | 'right' | undefined;
}

export interface SittingFacts {
  /** In order of time. */
  readonly readings: readonly PressureReading[];
  readonly visit: 'first' | 'follow-up';
  /** A wrist, finger or mercury device stores a value that does not diagnose. */
  readonly device?: 'upper-arm' | 'wrist' | 'finger' | 'mercury' | undefined;
}

export interface SittingResult {
  readonly next: 'done' | 'second-reading' | 'third-reading';
  readonly sbp: number;
  readonly dbp: number;
  readonly usableForDiagnosis: boolean;
  readonly armsDiffer: boolean;
}

/**
 * The value of one sitting from its readings: mean of two, a third when they differ, then the mean of the last two; on a
 * follow-up one low reading is enough. Implausible readings leave it undecided. mmHg.
 * @source 国家基层高血压防治管理指南 2025版 §4.1.1
 */
export function averageReadings(facts: SittingFacts, day: PlainDate): Decision<SittingResult> {
  const row = rowOn(readingAgreement, day);
  const rule = ruleFrom('HTN-01', row);
  const limits = valueOn(plausiblePressure, day);
  if (facts.readings.length === 0) return undecided(rule, ['血压读数']);
  const isPlausible = ({ sbp, dbp }: PressureReading) =>
    sbp >= limits.sbp.min &&
    sbp <= limits.sbp.max &&
    dbp >= limits.dbp.min &&
    dbp <= limits.dbp.max &&
    sbp - dbp >= limits.pulse;
  if (!facts.readings.every(isPlausible)) return undecided(rule, ['血压读数（数值不合理）']);
  const arms = armMeans(facts.readings);
  const armsDiffer = arms !== undefined && Math.abs(arms.left - arms.right) > row.value.armDifferenceAbove;
  const side = arms && arms.left !== arms.right ? (arms.left > arms.right ? 'left' : 'right') : undefined;
  const used = side ? facts.readings.filter((one) => one.arm === side) : facts.readings;
  const [first, second] = used;
  if (!first) return undecided(rule, ['血压读数']);
  const usableForDiagnosis = facts.device === undefined || facts.device === 'upper-arm';
  const answer = (next: SittingResult['next'], of: readonly PressureReading[]) => {
    const mean = (pick: (one: PressureReading) => number) =>
      Math.round(of.reduce((sum, one) => sum + pick(one), 0) / of.length);
    const value = {
      next,
      sbp: mean((one) => one.sbp),
      dbp: mean((one) => one.dbp),
      usableForDiagnosis,
      armsDiffer,
    };
    const text = {
      done: `本次血压取 ${value.sbp}/${value.dbp} mmHg。`,
      'second-reading': '需间隔约1分钟再测一次。',
      'third-reading': '两次读数相差较大，需测第三次。',
    }[next];
    return decided(rule, value, [
      because(next, text),
      ...(armsDiffer
        ? [because('arms-differ', `两臂收缩压相差超过 ${row.value.armDifferenceAbove} mmHg，取较高一侧。`)]
        : []),
      ...(usableForDiagnosis ? [] : [because('device', '腕式、指式或水银设备的读数只作参考，不用于诊断。')]),
    ]);
  };
  const { singleBelow, thirdReadingAbove } = row.value;
  const isLow = first.sbp < singleBelow.sbp && first.dbp < singleBelow.dbp;
  if (!second) {
    const isEnough = (facts.visit === 'follow-up' && isLow) || arms !== undefined;
    return answer(isEnough ? 'done' : 'second-reading', [first]);
  }
  const isFar =
    Math.abs(first.sbp - second.sbp) > thirdReadingAbove ||
    Math.abs(first.dbp - second.dbp) > thirdReadingAbove;
  if (isFar && used.length < 3) return answer('third-reading', [first, second]);
  return answer('done', used.slice(-2));
}

function armMeans(readings: readonly PressureReading[]): { left: number; right: number } | undefined {
  const mean = (side: 'left' | 'right') => {
    const of = readings.filter((one) => one.arm === side).map((one) => one.sbp);
    return of.length === 0 ? undefined : of.reduce((sum, one) => sum + one, 0) / of.length;
  };
  const [left, right] = [mean('left'), mean('right')];
  return left === undefined || right === undefined ? undefined : { left, right };
}
