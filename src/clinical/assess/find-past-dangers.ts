import { valueOn } from '#kernel/dated.ts';
import type { Decision } from '#kernel/decision.ts';
import { daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import { because } from '../answering.ts';
import { detectBreathingCrisis } from '../copd/detect-breathing-crisis.ts';
import { detectGlucoseCrisis } from '../diabetes/detect-glucose-crisis.ts';
import { ageDanger, measureAgain } from '../early-warning/age-danger.ts';
import { type Alert, alertOnGlucose, alertOnLaboratory } from '../early-warning/alert-on-reading.ts';
import { detectFailureDanger } from '../heart/detect-failure-danger.ts';
import { detectPressureCrisis } from '../hypertension/detect-pressure-crisis.ts';
import { alertTitles, glucoseKinds, laboratoryTests } from './assess-alerts.ts';
import type { AlertFinding, PastDanger } from './assessment.ts';
import { plausibleReadings } from './plausible-readings.ts';
import type { Facts } from './read-facts.ts';

const noSigns: readonly string[] = [];

interface Found {
  readonly title: string;
  readonly on: PlainDate;
  readonly kind: string;
  readonly value: number;
}

/**
 * Dangerous values of earlier days that nobody has measured again, however long ago: no emergency of today, and not to be
 * lost. What an alert of the last days tells already is left to it.
 * @source 平台默认：急诊以当天为限；危急值见各自规则
 */
export function findPastDangers(facts: Facts, alerts: readonly AlertFinding[]): PastDanger[] {
  const { conditions, day } = facts;
  const found: Found[] = [];
  const look = (title: string, kind: string, judge: (value: number, on: PlainDate) => Decision<boolean>) => {
    const [value, on] = [facts.latest(kind), facts.latestOn(kind)];
    if (value === undefined || on === undefined || on >= day) return;
    const decision = judge(value, on);
    if (decision.kind === 'decided' && decision.value && !isTold(alerts, title, on))
      found.push({ title, on, kind, value });
  };
  look(alertTitles.pressure, 'sbp', (sbp, on) => detectPressureCrisis({ sbp, dangerSigns: noSigns }, on));
  look(alertTitles.pressure, 'dbp', (dbp, on) => detectPressureCrisis({ dbp, dangerSigns: noSigns }, on));
  const isDiabetic = conditions.includes('type-2-diabetes');
  for (const [kind, fasting] of glucoseKinds)
    look(alertTitles.glucose, kind, (glucose, on) =>
      isDiabetic
        ? detectGlucoseCrisis({ [fasting ? 'fpg' : 'randomGlucose']: glucose, dangerSigns: noSigns }, on)
        : isCritical(alertOnGlucose({ glucose, fasting }, on)),
    );
  if (conditions.includes('copd'))
    look(alertTitles.oxygen, 'spo2', (spo2, on) => detectBreathingCrisis({ spo2, dangerSigns: noSigns }, on));
  else if (conditions.includes('heart-failure') || conditions.includes('heart-failure-reduced'))
    look(alertTitles.oxygen, 'spo2', (spo2, on) => detectFailureDanger({ spo2 }, on));
  const own = facts.record.criticalValues;
  for (const test of laboratoryTests)
    look(alertTitles.laboratory, test, (value, on) =>
      isCritical(alertOnLaboratory({ test, value, own }, on)),
    );
  return found.length === 0 ? [] : tell(found, day);
}

const isTold = (alerts: readonly AlertFinding[], title: string, on: PlainDate) =>
  alerts.some(
    (one) => one.title === title && one.on === on && (one.level === 'critical' || one.level === 'red'),
  );

const isCritical = (decision: Decision<Alert>): Decision<boolean> =>
  decision.kind === 'undecided' ? decision : { ...decision, value: decision.value.level === 'critical' };

/** One of each matter and day: both numbers of a pressure are one danger. */
function tell(found: readonly Found[], day: PlainDate): PastDanger[] {
  const known = valueOn(plausibleReadings, day);
  const isSame = (a: Found, b: Found) => a.title === b.title && a.on === b.on;
  const words = ({ kind, value }: Found) => {
    const { name, unit } = known[kind] ?? { name: kind, unit: '' };
    return `${name} ${value} ${unit.replace(/[[\]]/g, '')}`;
  };
  return found
    .filter((one, place) => found.findIndex((other) => isSame(other, one)) === place)
    .map((one) => {
      const days = daysBetween(one.on, day);
      const values = found.filter((other) => isSame(other, one)).map(words);
      return {
        title: '危急值之后没有复测',
        outcome: `${days} 天前，请核实`,
        tone: 'bad',
        reasons: [
          because('past', `${days} 天前（${one.on}）${values.join('、')}，属危急值，之后没有复测。`),
          because('measure-again', measureAgain),
        ],
        missing: noSigns,
        rule: ageDanger({ foundOn: one.on }, day).rule,
        on: one.on,
        values,
      };
    });
}
