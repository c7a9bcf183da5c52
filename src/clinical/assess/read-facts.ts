import { valueOn } from '#kernel/dated.ts';
import type { Decision } from '#kernel/decision.ts';
import { inOrder } from '#kernel/in-order.ts';
import { addMonths, ageInYears, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { roundTo } from '../answering.ts';
import { type Condition, conditionLabels } from '../conditions.ts';
import { judgePressureControl } from '../hypertension/judge-pressure-control.ts';
import { pickedMedicine } from '../medicines/picked-medicine.ts';
import { recognizeMedicine } from '../medicines/recognize-medicine.ts';
import { engineTimes } from './engine-parameters.ts';
import { HomeSeries } from './home-series.ts';
import { keepReadings, type LatestReadings } from './latest-readings.ts';
import type { AssessedProgram, PatientRecord, RecordedVisit } from './patient-record.ts';

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

/** What the rules call missing that is worked out from a reading. */
const drawnFrom: Readonly<Record<string, string>> = { 血压分级: '收缩压', 是否达标: '收缩压' };

/** The facts the rules ask, drawn from a record once. */
export interface Facts {
  readonly record: PatientRecord;
  readonly day: PlainDate;
  readonly ageYears: number | undefined;
  readonly conditions: readonly Condition[];
  readonly problems: readonly string[];
  latest(kind: string): number | undefined;
  /** The latest unless it is too old to be judged by. */
  current(kind: string): number | undefined;
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
  /** Names of what is missing, each with the day it was last measured where that is too long ago. */
  withLastDays(missing: readonly string[]): readonly string[];
  /** Whether the pressure is controlled; asked by many rules, answered once. */
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
  const [sbp, dbp] = [kept.latest('sbp'), kept.latest('dbp')];
  const [sbpOn, dbpOn] = [kept.latestOn('sbp'), kept.latestOn('dbp')];
  if (sbp !== undefined && dbp !== undefined && sbpOn === dbpOn && sbp <= dbp) {
    problems.add(`收缩压 ${sbp} 不高于舒张压 ${dbp}。`);
    kept.drop('sbp');
    kept.drop('dbp');
  }
  indexFromWeight(kept);
  if (record.sex === 'male' && record.pregnancy !== undefined && record.pregnancy !== 'no')
    problems.add('男性登记为妊娠、备孕或哺乳。');
  const conditions = conditionsOf(record, day, problems);
  const { medicines, classes, unknown } = medicinesOf(record, problems);
  return new RecordFacts(record, day, kept, {
    ageYears,
    conditions,
    problems: problems.size > 1 ? [...problems].sort() : [...problems],
    visits: visitsByProgram(record, day),
    medicines,
    classes,
    unknownMedicines: unknown,
    series,
  });
}

type Drawn = Pick<
  Facts,
  'ageYears' | 'conditions' | 'problems' | 'visits' | 'medicines' | 'classes' | 'unknownMedicines' | 'series'
>;
type Control = Decision<'controlled' | 'not-controlled'>;

class RecordFacts implements Facts {
  readonly record: PatientRecord;
  readonly day: PlainDate;
  readonly ageYears: number | undefined;
  readonly conditions: readonly Condition[];
  readonly problems: readonly string[];
  readonly visits: Facts['visits'];
  readonly medicines: Facts['medicines'];
  readonly classes: ReadonlySet<string>;
  readonly unknownMedicines: readonly string[];
  readonly series: HomeSeries;
  private readonly kept: LatestReadings;
  private readonly judgedSince: PlainDate;
  private publicHealth: Control | undefined;
  private clinical: Control | undefined;

  constructor(record: PatientRecord, day: PlainDate, kept: LatestReadings, drawn: Drawn) {
    this.record = record;
    this.day = day;
    this.kept = kept;
    this.judgedSince = addMonths(day, -valueOn(engineTimes, day).readingMonths);
    this.ageYears = drawn.ageYears;
    this.conditions = drawn.conditions;
    this.problems = drawn.problems;
    this.visits = drawn.visits;
    this.medicines = drawn.medicines;
    this.classes = drawn.classes;
    this.unknownMedicines = drawn.unknownMedicines;
    this.series = drawn.series;
  }

  latest(kind: string): number | undefined {
    return this.kept.latest(kind);
  }

  latestOn(kind: string): PlainDate | undefined {
    return this.kept.latestOn(kind);
  }

  current(kind: string): number | undefined {
    const on = this.kept.latestOn(kind);
    return on !== undefined && on >= this.judgedSince ? this.kept.latest(kind) : undefined;
  }

  withLastDays(missing: readonly string[]): readonly string[] {
    if (missing.length === 0) return missing;
    return missing.map((name) => {
      const on = this.kept.latestOnByName(drawnFrom[name] ?? name);
      return on !== undefined && on < this.judgedSince ? `${name}（上次 ${on}）` : name;
    });
  }

  today(kind: string): number | undefined {
    return this.kept.latestOn(kind) === this.day ? this.kept.latest(kind) : undefined;
  }

  previous(kind: string): number | undefined {
    return this.kept.previous(kind);
  }

  pressureControl(track: 'public-health' | 'clinical'): Control {
    const held = track === 'clinical' ? this.clinical : this.publicHealth;
    if (held) return held;
    const judged = this.judgePressure(track);
    if (track === 'clinical') this.clinical = judged;
    else this.publicHealth = judged;
    return judged;
  }

  private judgePressure(track: 'public-health' | 'clinical'): Control {
    const { ageYears } = this;
    return judgePressureControl(
      { sbp: this.current('sbp'), dbp: this.current('dbp'), ageYears },
      this.day,
      track,
    );
  }
}

/** The medicines by code, in an order of their own, with their classes; names that are not known apart. */
function medicinesOf(record: PatientRecord, problems: Set<string>) {
  const unknown: string[] = [];
  const classes = new Set<string>();
  const medicines: { code: string; dailyDose?: number | undefined }[] = [];
  for (const { name, code, dailyDose } of record.medicines) {
    const found = pickedMedicine(name, code) ?? recognized(name);
    if (!found) {
      unknown.push(name);
      continue;
    }
    for (const one of found.classes) classes.add(one);
    const isDose = dailyDose !== undefined && dailyDose > 0 && Number.isFinite(dailyDose);
    if (dailyDose !== undefined && !isDose) problems.add(`${name} 每日剂量 ${dailyDose} 不可信。`);
    medicines.push({ code: found.code, dailyDose: isDose ? dailyDose : undefined });
  }
  if (unknown.length > 1) unknown.sort();
  return { medicines: inOrder(medicines, byCode), classes, unknown };
}

const byCode = (
  a: { code: string; dailyDose?: number | undefined },
  b: { code: string; dailyDose?: number | undefined },
) => (a.code < b.code ? -1 : a.code > b.code ? 1 : (a.dailyDose ?? 0) - (b.dailyDose ?? 0));

/** The index worked out from weight and height when the sheet has none as recent. */
function indexFromWeight(kept: LatestReadings): void {
  const [weight, height, on] = [kept.latest('weight'), kept.latest('height'), kept.latestOn('weight')];
  const known = kept.latestOn('bmi');
  if (weight === undefined || height === undefined || !on || (known && known >= on)) return;
  kept.derive('bmi', roundTo(weight / (height / 100) ** 2, 1), on);
}

function visitsByProgram(record: PatientRecord, day: PlainDate): Facts['visits'] {
  const visits: Record<AssessedProgram, RecordedVisit[]> = {
    hypertension: [],
    'type-2-diabetes': [],
    copd: [],
  };
  // Mostly kept oldest first, and asked for newest first.
  const { length } = record.visits;
  for (let index = length - 1; index >= 0; index--) {
    const visit = record.visits[index] as RecordedVisit;
    if (visit.on > day) continue;
    const { program } = visit;
    if (program === 'hypertension') visits.hypertension.push(visit);
    else if (program === 'type-2-diabetes') visits['type-2-diabetes'].push(visit);
    else if (program === 'copd') visits.copd.push(visit);
  }
  inOrder(visits.hypertension, newestFirst);
  inOrder(visits['type-2-diabetes'], newestFirst);
  inOrder(visits.copd, newestFirst);
  return visits;
}

/** Of one day the graver class first, so that the order they stand in says nothing. */
const newestFirst = (a: RecordedVisit, b: RecordedVisit) =>
  a.on < b.on ? 1 : a.on > b.on ? -1 : (b.formClass ?? 0) - (a.formClass ?? 0);

/** The programmes a person is in are conditions too; what cannot be at that age is named. */
function conditionsOf(record: PatientRecord, day: PlainDate, problems: Set<string>): readonly Condition[] {
  const all: Condition[] = [];
  for (const one of record.conditions)
    if (!Object.hasOwn(conditionLabels, one)) problems.add(`病种代码 ${one} 不认识，没有采用。`);
    else if (!all.includes(one)) all.push(one);
  for (const { program, diagnosedOn } of record.programs) {
    if (!all.includes(program)) all.push(program);
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
  return inOrder(all, byName);
}

const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const remembered = new Map<string, ReturnType<typeof recognizeMedicine>>();
const mostRemembered = 2000;

/** Names repeat from person to person; what a name means does not change. */
function recognized(name: string): ReturnType<typeof recognizeMedicine> {
  if (remembered.has(name)) return remembered.get(name);
  const found = recognizeMedicine(name);
  if (remembered.size < mostRemembered) remembered.set(name, found);
  return found;
}
