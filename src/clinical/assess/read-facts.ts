import { valueOn } from '#kernel/dated.ts';
import type { Decision } from '#kernel/decision.ts';
import { ageInYears, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { roundTo } from '../answering.ts';
import { type Condition, conditionLabels } from '../conditions.ts';
import { judgePressureControl } from '../hypertension/judge-pressure-control.ts';
import { recognizeMedicine } from '../medicines/recognize-medicine.ts';
import { HomeSeries } from './home-series.ts';
import type { AssessedProgram, PatientRecord, RecordedMeasurement, RecordedVisit } from './patient-record.ts';
import { type KindLimits, plausibleReadings, unitConversions } from './plausible-readings.ts';

/** No record is older than this. */
const earliestDay = plainDate('1949-10-01');
/** Nobody alive was born before. */
const earliestBirth = plainDate('1900-01-01');
/** Youngest age at which these are believed without asking. */
const youngest: Readonly<Partial<Record<Condition, number>>> = {
  copd: 15,
  hypertension: 3,
  'type-2-diabetes': 8,
};

/** Of a kind of reading: the latest, and the last of an earlier day. */
interface Kept {
  readonly limits: KindLimits;
  value: number;
  on: PlainDate | undefined;
  before: number | undefined;
  beforeOn: PlainDate | undefined;
}

/** The facts the rules ask, drawn from a record once. */
export interface Facts {
  readonly record: PatientRecord;
  readonly day: PlainDate;
  readonly ageYears: number | undefined;
  readonly conditions: readonly Condition[];
  readonly problems: readonly string[];
  latest(kind: string): number | undefined;
  latestOn(kind: string): PlainDate | undefined;
  /** Only when it was taken on the day of assessment. */
  today(kind: string): number | undefined;
  /** The one before the latest. */
  previous(kind: string): number | undefined;
  /** Filed visits until the day, newest first, by programme. */
  readonly visits: Readonly<Record<AssessedProgram, readonly RecordedVisit[]>>;
  readonly medicines: readonly { readonly code: string; readonly dailyDose?: number | undefined }[];
  readonly classes: ReadonlySet<string>;
  readonly unknownMedicines: readonly string[];
  readonly series: HomeSeries;
  /** Whether the latest pressure is controlled; asked by many rules, answered once. */
  pressureControl(track: 'public-health' | 'clinical'): Decision<'controlled' | 'not-controlled'>;
}

/**
 * Reads a record as of a day: latest and previous believable reading of each kind in one pass, medicines recognized,
 * and everything that cannot be right named and set aside. Never throws, and does not care in which order things stand.
 */
export function readFacts(record: PatientRecord, day: PlainDate): Facts {
  const problems = new Set<string>();
  const born = record.birthDate;
  const believable = born === undefined || (born <= day && born >= earliestBirth);
  if (born !== undefined && !believable) problems.add(`出生日期 ${born} 不可信。`);
  const ageYears = born !== undefined && believable ? ageInYears(born, day) : undefined;
  const floor = believable && born !== undefined && born > earliestDay ? born : earliestDay;
  const series = new HomeSeries(day);
  const kept = keepReadings(record.measurements, day, floor, problems, series);
  const [sbp, dbp] = [kept.get('sbp'), kept.get('dbp')];
  if (sbp?.on && sbp.on === dbp?.on && sbp.value <= dbp.value) {
    problems.add(`收缩压 ${sbp.value} 不高于舒张压 ${dbp.value}。`);
    sbp.on = undefined;
    dbp.on = undefined;
  }
  indexFromWeight(kept);
  if (record.sex === 'male' && record.pregnancy !== undefined && record.pregnancy !== 'no')
    problems.add('男性登记为妊娠、备孕或哺乳。');
  const conditions = conditionsOf(record, day, problems);
  const unknownMedicines: string[] = [];
  const classes = new Set<string>();
  const medicines: { code: string; dailyDose?: number | undefined }[] = [];
  for (const { name, dailyDose } of record.medicines) {
    const found = recognized(name);
    if (!found) {
      unknownMedicines.push(name);
      continue;
    }
    for (const one of found.classes) classes.add(one);
    const isDose = dailyDose !== undefined && dailyDose > 0 && Number.isFinite(dailyDose);
    if (dailyDose !== undefined && !isDose) problems.add(`${name} 每日剂量 ${dailyDose} 不可信。`);
    medicines.push({ code: found.code, dailyDose: isDose ? dailyDose : undefined });
  }
  medicines.sort(byCode);
  unknownMedicines.sort();
  const control: Partial<Record<'public-health' | 'clinical', Decision<'controlled' | 'not-controlled'>>> =
    {};
  const readingOf = (kind: string) => {
    const one = kept.get(kind);
    return one?.on === undefined ? undefined : one.value;
  };
  return {
    record,
    day,
    ageYears,
    conditions,
    problems: problems.size > 1 ? [...problems].sort() : [...problems],
    latest: readingOf,
    latestOn: (kind) => kept.get(kind)?.on,
    today: (kind) => (kept.get(kind)?.on === day ? readingOf(kind) : undefined),
    previous: (kind) => kept.get(kind)?.before,
    visits: visitsByProgram(record, day),
    medicines,
    classes,
    unknownMedicines,
    series,
    pressureControl: (track) => {
      let held = control[track];
      if (!held) {
        held = judgePressureControl({ sbp: readingOf('sbp'), dbp: readingOf('dbp'), ageYears }, day, track);
        control[track] = held;
      }
      return held;
    },
  };
}

const byCode = (
  a: { code: string; dailyDose?: number | undefined },
  b: { code: string; dailyDose?: number | undefined },
) => (a.code < b.code ? -1 : a.code > b.code ? 1 : (a.dailyDose ?? 0) - (b.dailyDose ?? 0));

function keepReadings(
  measurements: readonly RecordedMeasurement[],
  day: PlainDate,
  floor: PlainDate,
  problems: Set<string>,
  series: HomeSeries,
): Map<string, Kept> {
  const limits = valueOn(plausibleReadings, day);
  const kept = new Map<string, Kept>();
  let [checkedOn, isInTime] = ['' as PlainDate, false];
  for (const reading of measurements) {
    const { kind, on } = reading;
    let held = kept.get(kind);
    if (held === undefined) {
      const known = Object.hasOwn(limits, kind) ? limits[kind] : undefined;
      if (known === undefined) continue;
      held = { limits: known, value: 0, on: undefined, before: undefined, beforeOn: undefined };
      kept.set(kind, held);
    }
    const known = held.limits;
    // Readings of one visit share its day; it is looked at once.
    if (on !== checkedOn) {
      checkedOn = on;
      isInTime = on <= day && on >= floor;
    }
    if (!isInTime) {
      problems.add(`${known.name}的日期 ${on} 不可信。`);
      continue;
    }
    const value =
      reading.unit === undefined || reading.unit === known.unit
        ? reading.value
        : converted(reading, known, day, problems);
    if (value === undefined) continue;
    if (!(value >= known.min && value <= known.max)) {
      const isOther = known.other && value >= known.other.min && value <= known.other.max;
      problems.add(`${known.name} ${value} 不可信${isOther ? `（${known.other?.hint}）` : ''}。`);
      continue;
    }
    if (on >= series.since) series.add(kind, value, on, reading.context);
    if (held.on === undefined) {
      held.value = value;
      held.on = on;
    } else if (on > held.on) {
      held.before = held.value;
      held.beforeOn = held.on;
      held.value = value;
      held.on = on;
    } else if (on === held.on) {
      if (isWorse(known, value, held.value)) held.value = value;
    } else if (held.beforeOn === undefined || on > held.beforeOn) {
      held.before = value;
      held.beforeOn = on;
    } else if (on === held.beforeOn && held.before !== undefined && isWorse(known, value, held.before))
      held.before = value;
  }
  return kept;
}

function isWorse({ worse }: KindLimits, value: number, than: number): boolean {
  if (worse === undefined) return value > than;
  if (worse === 'low') return value < than;
  const low = Math.min(value, than);
  return low <= worse.lowUpTo ? value < than : value > than;
}

function converted(
  { kind, value, unit }: RecordedMeasurement,
  known: KindLimits,
  day: PlainDate,
  problems: Set<string>,
): number | undefined {
  const table = valueOn(unitConversions, day);
  const key = `${kind}|${unit}`;
  const how = Object.hasOwn(table, key) ? table[key] : undefined;
  if (how) return roundTo(value * how.times + (how.plus ?? 0), 2);
  problems.add(`${known.name}的单位 ${unit} 不认识，没有采用。`);
  return undefined;
}

/** The index worked out from weight and height when the sheet has none as recent. */
function indexFromWeight(kept: Map<string, Kept>): void {
  const [weight, height, bmi] = [kept.get('weight'), kept.get('height'), kept.get('bmi')];
  if (!weight?.on || !height?.on || (bmi?.on !== undefined && bmi.on >= weight.on)) return;
  const value = roundTo(weight.value / (height.value / 100) ** 2, 1);
  kept.set('bmi', {
    limits: weight.limits,
    value,
    on: weight.on,
    before: bmi?.on === undefined ? undefined : bmi.value,
    beforeOn: bmi?.on,
  });
}

function visitsByProgram(record: PatientRecord, day: PlainDate): Facts['visits'] {
  const visits: Record<AssessedProgram, RecordedVisit[]> = {
    hypertension: [],
    'type-2-diabetes': [],
    copd: [],
  };
  for (const visit of record.visits)
    if (visit.on <= day && Object.hasOwn(visits, visit.program)) visits[visit.program].push(visit);
  for (const list of Object.values(visits)) if (!isNewestFirst(list)) list.sort(newestFirst);
  return visits;
}

/** Of one day the graver class first, so that the order they stand in says nothing. */
const newestFirst = (a: RecordedVisit, b: RecordedVisit) =>
  a.on < b.on ? 1 : a.on > b.on ? -1 : (b.formClass ?? 0) - (a.formClass ?? 0);

function isNewestFirst(list: readonly RecordedVisit[]): boolean {
  for (let index = 1; index < list.length; index++)
    if (newestFirst(list[index - 1] as RecordedVisit, list[index] as RecordedVisit) > 0) return false;
  return true;
}

/** The programmes a person is in are conditions too; what cannot be at that age is named. */
function conditionsOf(record: PatientRecord, day: PlainDate, problems: Set<string>): readonly Condition[] {
  const all = new Set<Condition>();
  for (const one of record.conditions)
    if (Object.hasOwn(conditionLabels, one)) all.add(one);
    else problems.add(`病种代码 ${one} 不认识，没有采用。`);
  for (const { program, diagnosedOn } of record.programs) {
    all.add(program);
    const least = youngest[program];
    if (!diagnosedOn || least === undefined) continue;
    if (diagnosedOn > day || diagnosedOn < earliestBirth) {
      problems.add(`${conditionLabels[program]}确诊日期 ${diagnosedOn} 不可信。`);
      continue;
    }
    if (!record.birthDate) continue;
    const then = diagnosedOn < record.birthDate ? -1 : ageInYears(record.birthDate, diagnosedOn);
    if (then < least)
      problems.add(
        `${conditionLabels[program]}确诊年龄 ${then < 0 ? '早于出生' : `${then} 岁`} 不可信，请核对诊断。`,
      );
  }
  return all.size > 1 ? [...all].sort() : [...all];
}

const remembered = new Map<string, ReturnType<typeof recognizeMedicine>>();
const mostRemembered = 2000;

/** Names repeat from person to person; what a name means does not change. */
function recognized(name: string): ReturnType<typeof recognizeMedicine> {
  if (remembered.has(name)) return remembered.get(name);
  const found = recognizeMedicine(name);
  if (remembered.size < mostRemembered) remembered.set(name, found);
  return found;
}
