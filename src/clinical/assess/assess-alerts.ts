import { valueOn } from '#kernel/dated.ts';
import type { Decision, Reason, RuleRef } from '#kernel/decision.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import {
  type Alert,
  type AlertLevel,
  alertLabels,
  alertOnGlucose,
  alertOnLaboratory,
  alertOnOther,
  alertOnOxygen,
  alertOnPressure,
  alertOnPulse,
} from '../early-warning/alert-on-reading.ts';
import {
  type TrendAlert,
  watchAdherence,
  watchGlucose,
  watchPressure,
} from '../early-warning/watch-trend.ts';
import { watchWeight } from '../early-warning/watch-weight.ts';
import type { AlertFinding } from './assessment.ts';
import { engineTimes } from './engine-parameters.ts';
import type { Facts } from './read-facts.ts';

/** What an alert is about. */
export const alertTitles = {
  pressure: '家庭血压',
  glucose: '血糖',
  oxygen: '血氧',
  laboratory: '检验危急值',
} as const;

const order: Readonly<Record<AlertLevel, number>> = { critical: 0, red: 1, orange: 2, yellow: 3, none: 4 };

const none: readonly never[] = [];

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Alerts of what was measured lately and of the series behind it, the gravest first. */
export function findAlerts(facts: Facts): AlertFinding[] {
  const found: AlertFinding[] = [];
  const since = addDays(facts.day, 1 - valueOn(engineTimes, facts.day).alertDays);
  const fresh = (on: PlainDate | undefined): on is PlainDate => on !== undefined && on >= since;
  const add = (title: string, decision: Decision<Alert>, on: PlainDate) => {
    if (decision.kind === 'undecided' || decision.value.level === 'none') return;
    found.push(alertOf(title, decision, decision.value.level, decision.value.ruleId, on));
  };
  alertOnValues(facts, fresh, add);
  alertOnSeries(facts, found);
  return found.length > 1
    ? found.sort((a, b) => order[a.level] - order[b.level] || compare(a.line + a.title, b.line + b.title))
    : found;
}

type Add = (title: string, decision: Decision<Alert>, on: PlainDate) => void;

function alertOnValues(facts: Facts, fresh: (on: PlainDate | undefined) => on is PlainDate, add: Add): void {
  const { day } = facts;
  const symptoms = hasSigns(facts) ? true : undefined;
  const home = facts.series.hasHomePressure() ? facts.series.latestHomeDay() : undefined;
  if (home && fresh(home.on)) {
    const high = alertOnPressure({ ...home.high, symptoms }, day);
    const low = alertOnPressure({ ...home.low, symptoms }, day);
    const isLow = low.kind === 'decided' && low.value.ruleId === 'AL-BP-05';
    add(alertTitles.pressure, high, home.on);
    if (isLow && !(high.kind === 'decided' && high.value.ruleId === 'AL-BP-05'))
      add(alertTitles.pressure, low, home.on);
  }
  const diabetic =
    facts.conditions.includes('type-2-diabetes') || facts.conditions.includes('type-1-diabetes');
  for (const [kind, fasting] of glucoseKinds) {
    const on = facts.latestOn(kind);
    if (!fresh(on)) continue;
    const alert = alertOnGlucose({ glucose: facts.latest(kind), fasting, symptoms }, day);
    // Where diabetes is not known only the dangerous ends speak: too low to think, or high enough to be it.
    if (diabetic || (alert.kind === 'decided' && /-0[1345]$/.test(alert.value.ruleId)))
      add(alertTitles.glucose, alert, on);
  }
  const copd = facts.conditions.includes('copd');
  const spo2On = facts.latestOn('spo2');
  if (fresh(spo2On))
    add(
      alertTitles.oxygen,
      alertOnOxygen({ spo2: facts.latest('spo2'), copd, usual: facts.previous('spo2'), symptoms }, day),
      spo2On,
    );
  const pulseOn = facts.latestOn('heart-rate');
  if (fresh(pulseOn)) {
    const before = facts.previous('heart-rate');
    const heartRate = facts.latest('heart-rate');
    const fast = (rate: number | undefined) => rate !== undefined && rate >= 100;
    add(
      '心率',
      alertOnPulse(
        {
          heartRate,
          repeated: fast(heartRate) && fast(before),
          onBetaBlocker: facts.classes.has('BB_S') || facts.classes.has('BB_NS'),
        },
        day,
      ),
      pulseOn,
    );
  }
  const [breathOn, heatOn] = [facts.latestOn('respiratory-rate'), facts.latestOn('temperature')];
  if (fresh(breathOn))
    add('呼吸', alertOnOther({ respiratoryRate: facts.latest('respiratory-rate') }, day), breathOn);
  if (fresh(heatOn) && (copd || diabetic))
    add(
      '体温',
      alertOnOther({ temperature: facts.latest('temperature'), chronicDisease: true }, day),
      heatOn,
    );
  const own = facts.record.criticalValues;
  for (const test of laboratoryTests) {
    const on = facts.latestOn(test);
    if (fresh(on))
      add(alertTitles.laboratory, alertOnLaboratory({ test, value: facts.latest(test), own }, day), on);
  }
}

const hasSigns = ({ record: { dangerSigns } }: Facts) =>
  dangerSigns !== undefined && Object.values(dangerSigns).some((signs) => signs.length > 0);

export const laboratoryTests = ['potassium', 'sodium', 'haemoglobin', 'platelets'] as const;

export const glucoseKinds = [
  ['fasting-glucose', true],
  ['random-glucose', false],
  ['glucose-2h', false],
] as const;

function alertOnSeries(facts: Facts, found: AlertFinding[]): void {
  const { day, series } = facts;
  const addAll = (title: string, decision: Decision<readonly TrendAlert[]>) => {
    if (decision.kind === 'undecided') return;
    for (const { ruleId, level } of decision.value)
      if (level !== 'none') {
        const own = decision.reasons.filter((one) => one.code === ruleId);
        found.push(alertOf(title, { ...decision, reasons: own }, level, ruleId, day));
      }
  };
  if (series.hasHomePressure()) {
    const readings = series.homePressures();
    addAll('家庭血压趋势', watchPressure({ readings }, day));
    addAll('漏测', watchAdherence({ lastPressureOn: readings.at(-1)?.on }, day));
  }
  const glucoses = series.glucoseReadings();
  if (glucoses.length > 0 && facts.conditions.includes('type-2-diabetes'))
    addAll('血糖趋势', watchGlucose({ readings: glucoses }, day));
  const weights = series.weights();
  if (weights.length > 1) {
    const trend = watchWeight({ weights }, day);
    if (trend.kind === 'decided' && trend.value.level !== 'none')
      found.push(alertOf('体重', trend, trend.value.level, trend.value.ruleId, day));
  }
  for (const { name, suppliedTo } of facts.record.medicines)
    if (suppliedTo !== undefined) addAll(`取药：${name}`, watchAdherence({ suppliedTo }, day));
}

function alertOf(
  title: string,
  decision: { readonly reasons: readonly Reason[]; readonly rule: RuleRef },
  level: Exclude<AlertLevel, 'none'>,
  line: string,
  on: PlainDate,
): AlertFinding {
  return {
    title,
    outcome: alertLabels[level],
    tone: level === 'critical' || level === 'red' ? 'bad' : 'caution',
    reasons: decision.reasons,
    missing: none,
    rule: decision.rule,
    level,
    line,
    on,
  };
}
