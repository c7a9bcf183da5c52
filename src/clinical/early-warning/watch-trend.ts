import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { addDays, daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import { because, roundTo, ruleFrom } from '../answering.ts';
import type { AlertLevel } from './alert-on-reading.ts';
import { trendLimits } from './alert-parameters.ts';

export interface HomePressure {
  readonly on: PlainDate;
  readonly sbp: number;
  readonly dbp: number;
  readonly time?: 'morning' | 'evening' | undefined;
}

export interface TrendAlert {
  readonly ruleId: string;
  readonly level: AlertLevel;
}

const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;

/** Standard deviation (sample), coefficient of variation (%) and average real variability of a series. */
export function variabilityOf(values: readonly number[]): {
  sd: number;
  cv: number;
  arv: number;
  mean: number;
} {
  const average = mean(values);
  const sd =
    values.length < 2
      ? 0
      : Math.sqrt(values.reduce((sum, one) => sum + (one - average) ** 2, 0) / (values.length - 1));
  const steps = values.slice(1).map((one, index) => Math.abs(one - (values[index] ?? one)));
  return { sd, cv: (sd / average) * 100, arv: steps.length === 0 ? 0 : mean(steps), mean: average };
}

function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const average = mean(values);
  const top = values.reduce((sum, one, x) => sum + (x - middle) * (one - average), 0);
  const bottom = values.reduce((sum, _, x) => sum + (x - middle) ** 2, 0);
  return bottom === 0 ? 0 : top / bottom;
}

/** Whether three-point moving averages climb over enough points. */
function climbs(values: readonly number[], steps: number): boolean {
  const averages = values
    .slice(2)
    .map((one, index) => mean([values[index] ?? one, values[index + 1] ?? one, one]));
  return (
    averages.length > steps &&
    averages.every((one, index) => index === 0 || one > (averages[index - 1] ?? one))
  );
}

/**
 * What a series of home pressures says besides its single values: not at target, rising, unsteady, morning surge.
 * Undecided without readings of the last seven days. @source 平台默认：趋势预警
 */
export function watchPressure(
  facts: { readonly readings: readonly HomePressure[] },
  day: PlainDate,
): Decision<readonly TrendAlert[]> {
  const row = rowOn(trendLimits, day);
  const rule = ruleFrom('TR-BP', row);
  const limit = row.value;
  const sorted = facts.readings.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const week = sorted.filter((one) => daysBetween(one.on, day) < 7 && one.on <= day);
  if (week.length === 0) return undecided(rule, ['近7天的家庭血压']);
  const alerts: TrendAlert[] = [];
  const reasons: Reason[] = [];
  const add = (ruleId: string, level: AlertLevel, text: string) => {
    alerts.push({ ruleId, level });
    reasons.push(because(ruleId, text));
  };
  const average = { sbp: mean(week.map((one) => one.sbp)), dbp: mean(week.map((one) => one.dbp)) };
  const enough =
    week.length >= limit.mean.readings && new Set(week.map((one) => one.on)).size >= limit.mean.days;
  const over = (of: { sbp: number; dbp: number }) => average.sbp >= of.sbp || average.dbp >= of.dbp;
  if (enough && over(limit.mean.yellow))
    add(
      'TR-BP-01',
      over(limit.mean.orange) ? 'orange' : 'yellow',
      `7天家庭血压均值 ${Math.round(average.sbp)}/${Math.round(average.dbp)} mmHg，未达标。`,
    );
  const before = sorted.filter((one) => daysBetween(one.on, day) >= 7 && daysBetween(one.on, day) < 35);
  const values = sorted.slice(-14).map((one) => one.sbp);
  const rise = before.length > 0 ? average.sbp - mean(before.map((one) => one.sbp)) : 0;
  const slope = values.length >= limit.rise.points ? slopeOf(values) : 0;
  if (rise >= limit.rise.mean || (slope >= limit.rise.slope && climbs(values, limit.rise.steps)))
    add(
      'TR-BP-02',
      rise >= limit.rise.orange ? 'orange' : 'yellow',
      rise >= limit.rise.mean
        ? `较前4周升高 ${Math.round(rise)} mmHg。`
        : `持续上升，每次约 ${roundTo(slope, 2)} mmHg。`,
    );
  if (values.length >= limit.variability.points) {
    const spread = variabilityOf(values);
    if (
      spread.sd >= limit.variability.sd ||
      spread.cv >= limit.variability.cv ||
      spread.arv >= limit.variability.arv
    )
      add(
        'TR-BP-03',
        'yellow',
        `血压波动大：标准差 ${roundTo(spread.sd, 1)}，逐次变化 ${roundTo(spread.arv, 1)}。`,
      );
  }
  const at = (time: 'morning' | 'evening') => week.filter((one) => one.time === time).map((one) => one.sbp);
  const [morning, evening] = [at('morning'), at('evening')];
  if (morning.length > 0 && evening.length > 0 && mean(morning) - mean(evening) >= limit.morningSurge)
    add('TR-BP-04', 'yellow', '晨间血压明显高于晚间。');
  return decided(rule, alerts, reasons);
}

/** A lying and a standing pressure. mmHg. @source 平台默认：趋势预警 */
export function watchOrthostatic(
  facts: {
    readonly lying?: { sbp: number; dbp: number } | undefined;
    readonly standing?: { sbp: number; dbp: number } | undefined;
  },
  day: PlainDate,
): Decision<boolean> {
  const row = rowOn(trendLimits, day);
  const rule = ruleFrom('TR-BP-05', row);
  if (!facts.lying || !facts.standing) return undecided(rule, ['卧位与立位血压']);
  const drop = { sbp: facts.lying.sbp - facts.standing.sbp, dbp: facts.lying.dbp - facts.standing.dbp };
  const found = drop.sbp >= row.value.orthostatic.sbp || drop.dbp >= row.value.orthostatic.dbp;
  return decided(rule, found, [
    because(found ? 'drop' : 'steady', `立位下降 ${drop.sbp}/${drop.dbp} mmHg。`),
  ]);
}

/** A series of glucoses: low ones, many fasting ones above the goal, unsteady. mmol/L. @source 平台默认：趋势预警 */
export function watchGlucose(
  facts: {
    readonly readings: readonly { on: PlainDate; value: number; fasting?: boolean | undefined }[];
    readonly fastingGoal?: number | undefined;
  },
  day: PlainDate,
): Decision<readonly TrendAlert[]> {
  const row = rowOn(trendLimits, day);
  const rule = ruleFrom('TR-GL', row);
  const limit = row.value;
  if (facts.readings.length === 0) return undecided(rule, ['血糖记录']);
  const lowWithin = (days: number, below: number) => {
    const since = addDays(day, 1 - days);
    let count = 0;
    for (const { on, value } of facts.readings) if (value < below && on <= day && on >= since) count++;
    return count;
  };
  const alerts: TrendAlert[] = [];
  const reasons: Reason[] = [];
  const add = (ruleId: string, level: AlertLevel, text: string) => {
    alerts.push({ ruleId, level });
    reasons.push(because(ruleId, text));
  };
  const severe = lowWithin(30, limit.hypo.severe);
  const low = lowWithin(7, limit.hypo.below);
  if (severe > 0) add('TR-GL-01', 'red', `30天内 ${severe} 次血糖低于3.0。`);
  else if (low >= limit.hypo.count) add('TR-GL-01', 'orange', `7天内 ${low} 次低血糖。`);
  const goal = facts.fastingGoal;
  const lastFasting = () => facts.readings.filter((one) => one.fasting).slice(-limit.fastingHigh.of);
  if (goal !== undefined && lastFasting().filter((one) => one.value > goal).length >= limit.fastingHigh.count)
    add('TR-GL-02', 'yellow', '近5次空腹血糖多次高于目标。');
  if (facts.readings.length >= limit.glucoseCvReadings) {
    const { cv } = variabilityOf(facts.readings.map((one) => one.value));
    if (cv > limit.glucoseCv) add('TR-GL-03', 'yellow', `血糖波动大，变异系数 ${Math.round(cv)}%。`);
  }
  return decided(rule, alerts, reasons);
}

export interface AdherenceFacts {
  readonly lastPressureOn?: PlainDate | undefined;
  readonly lastGlucoseOn?: PlainDate | undefined;
  readonly onInsulin?: boolean | undefined;
  /** Last day the dispensed supply lasts to. */
  readonly suppliedTo?: PlainDate | undefined;
  /** Proportion of days covered over 90 days, %. */
  readonly covered?: number | undefined;
}

/** Missed measurements, refill gaps, days covered. Only what is known speaks. @source 平台默认：行为预警 */
export function watchAdherence(facts: AdherenceFacts, day: PlainDate): Decision<readonly TrendAlert[]> {
  const row = rowOn(trendLimits, day);
  const rule = ruleFrom('ADH', row);
  const limit = row.value;
  if (Object.values(facts).every((one) => one === undefined)) return undecided(rule, ['测量与取药记录']);
  const alerts: TrendAlert[] = [];
  const reasons: Reason[] = [];
  const add = (ruleId: string, level: AlertLevel, text: string) => {
    alerts.push({ ruleId, level });
    reasons.push(because(ruleId, text));
  };
  const gap = facts.lastPressureOn ? daysBetween(facts.lastPressureOn, day) : 0;
  const glucoseGap = facts.lastGlucoseOn && facts.onInsulin ? daysBetween(facts.lastGlucoseOn, day) : 0;
  if (gap >= limit.missed.pressure || glucoseGap >= limit.missed.insulin)
    add(
      'ADH-01',
      Math.max(gap, glucoseGap) >= limit.missed.orange ? 'orange' : 'yellow',
      `${Math.max(gap, glucoseGap)} 天没有测量。`,
    );
  if (facts.suppliedTo && daysBetween(facts.suppliedTo, day) > limit.refillGrace)
    add('ADH-02', 'orange', '药已用完一周以上未取药。');
  if (facts.covered !== undefined && facts.covered < limit.covered.yellow)
    add(
      'ADH-03',
      facts.covered < limit.covered.orange ? 'orange' : 'yellow',
      `90天服药覆盖率 ${Math.round(facts.covered)}%。`,
    );
  return decided(rule, alerts, reasons);
}
