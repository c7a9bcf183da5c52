import { parameter, valueOn } from '#kernel/dated.ts';
import { ageInYears, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import type { Condition } from '../conditions.ts';
import { recognizeMedicine } from '../medicines/recognize-medicine.ts';
import type { AssessedProgram, PatientRecord, RecordedVisit } from './patient-record.ts';

interface KindLimits {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** A value in this other unit looks like this. */
  readonly other?: { readonly min: number; readonly max: number; readonly hint: string };
}

/** What a reading can be at all; outside it is a slip, often of the unit. */
export const plausibleReadings = parameter<Readonly<Record<string, KindLimits>>>({
  id: 'ENGINE.plausible',
  label: '可信的测量范围（范围外的读数指出并不采用）',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：输入合理性',
      value: {
        sbp: { name: '收缩压', min: 60, max: 300 },
        dbp: { name: '舒张压', min: 30, max: 200 },
        'heart-rate': { name: '心率', min: 25, max: 220 },
        weight: { name: '体重', min: 20, max: 250 },
        height: { name: '身高', min: 100, max: 220, other: { min: 1, max: 2.2, hint: '像是以米为单位' } },
        bmi: { name: '体质指数', min: 10, max: 80 },
        waist: { name: '腰围', min: 40, max: 200 },
        'fasting-glucose': {
          name: '空腹血糖',
          min: 1,
          max: 50,
          other: { min: 50, max: 900, hint: '像是以mg/dL为单位' },
        },
        'random-glucose': {
          name: '随机血糖',
          min: 1,
          max: 50,
          other: { min: 50, max: 900, hint: '像是以mg/dL为单位' },
        },
        hba1c: { name: '糖化血红蛋白', min: 3.5, max: 20 },
        spo2: { name: '血氧饱和度', min: 50, max: 100 },
        'respiratory-rate': { name: '呼吸频率', min: 5, max: 60 },
        temperature: { name: '体温', min: 33, max: 43 },
        'total-cholesterol': {
          name: '总胆固醇',
          min: 1,
          max: 20,
          other: { min: 50, max: 800, hint: '像是以mg/dL为单位' },
        },
        ldl: {
          name: '低密度脂蛋白',
          min: 0.2,
          max: 15,
          other: { min: 20, max: 600, hint: '像是以mg/dL为单位' },
        },
        hdl: {
          name: '高密度脂蛋白',
          min: 0.2,
          max: 4,
          other: { min: 10, max: 160, hint: '像是以mg/dL为单位' },
        },
        triglycerides: { name: '甘油三酯', min: 0.1, max: 50 },
        creatinine: {
          name: '血肌酐',
          min: 15,
          max: 2500,
          other: { min: 0.2, max: 14.9, hint: '像是以mg/dL为单位' },
        },
        potassium: { name: '血钾', min: 1.5, max: 9 },
        sodium: { name: '血钠', min: 90, max: 190 },
        acr: { name: '尿白蛋白肌酐比', min: 0, max: 20000 },
        cat: { name: 'CAT', min: 0, max: 40 },
        exacerbations: { name: '近12个月急性加重次数', min: 0, max: 30 },
        'exacerbation-admissions': { name: '近12个月因加重住院次数', min: 0, max: 30 },
        'fev1-percent-predicted': { name: 'FEV1占预计值', min: 5, max: 150 },
      },
    },
  ],
});

/** No record is older than this. */
const earliestDay = plainDate('1949-10-01');
/** Youngest age at which these are believed without asking. */
const youngest: Readonly<Partial<Record<Condition, number>>> = { copd: 15, hypertension: 3 };

/** Of a kind of reading: the latest, and the last of an earlier day. */
interface Kept {
  value: number;
  on: PlainDate;
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
  /** The one before the latest. */
  previous(kind: string): number | undefined;
  /** Filed visits until the day, newest first, by programme. */
  readonly visits: Readonly<Record<AssessedProgram, readonly RecordedVisit[]>>;
  readonly medicines: readonly { readonly code: string; readonly dailyDose?: number | undefined }[];
  readonly classes: ReadonlySet<string>;
  readonly unknownMedicines: readonly string[];
}

/**
 * Reads a record as of a day: latest and previous believable reading of each kind in one pass, medicines recognized,
 * and everything that cannot be right named and set aside. Never throws.
 */
export function readFacts(record: PatientRecord, day: PlainDate): Facts {
  const limits = valueOn(plausibleReadings, day);
  const problems = new Set<string>();
  const kept = new Map<string, Kept>();
  const born = record.birthDate;
  const believable = born === undefined || (born <= day && born >= plainDateFloor);
  if (born !== undefined && !believable) problems.add(`出生日期 ${born} 不可信。`);
  const ageYears = born !== undefined && believable ? ageInYears(born, day) : undefined;
  const floor = born !== undefined && born > earliestDay ? born : earliestDay;
  let [checkedOn, isInTime] = ['' as PlainDate, false];
  for (const { kind, value, on } of record.measurements) {
    const known = limits[kind];
    if (known === undefined) continue;
    // Readings of one visit share its day; it is looked at once.
    if (on !== checkedOn) {
      checkedOn = on;
      isInTime = on <= day && on >= floor;
    }
    if (!isInTime) {
      problems.add(`${known.name}的日期 ${on} 不可信。`);
      continue;
    }
    if (!(value >= known.min && value <= known.max)) {
      const isOther = known.other && value >= known.other.min && value <= known.other.max;
      problems.add(`${known.name} ${value} 不可信${isOther ? `（${known.other?.hint}）` : ''}。`);
      continue;
    }
    const held = kept.get(kind);
    if (held === undefined) kept.set(kind, { value, on, before: undefined, beforeOn: undefined });
    else if (on >= held.on) {
      if (on > held.on) {
        held.before = held.value;
        held.beforeOn = held.on;
      }
      held.value = value;
      held.on = on;
    } else if (held.beforeOn === undefined || on > held.beforeOn) {
      held.before = value;
      held.beforeOn = on;
    }
  }
  const [sbp, dbp] = [kept.get('sbp'), kept.get('dbp')];
  if (sbp && dbp && sbp.on === dbp.on && sbp.value <= dbp.value) {
    problems.add(`收缩压 ${sbp.value} 不高于舒张压 ${dbp.value}。`);
    kept.delete('sbp');
    kept.delete('dbp');
  }
  if (record.sex === 'male' && record.pregnancy !== undefined && record.pregnancy !== 'no')
    problems.add('男性登记为妊娠或哺乳。');
  const conditions = conditionsOf(record, problems);
  const unknownMedicines: string[] = [];
  const classes = new Set<string>();
  const medicines = record.medicines.flatMap(({ name, dailyDose }) => {
    const found = recognized(name);
    if (!found) {
      unknownMedicines.push(name);
      return [];
    }
    for (const one of found.classes) classes.add(one);
    return [{ code: found.code, dailyDose }];
  });
  return {
    record,
    day,
    ageYears,
    conditions,
    problems: [...problems],
    latest: (kind) => kept.get(kind)?.value,
    latestOn: (kind) => kept.get(kind)?.on,
    previous: (kind) => kept.get(kind)?.before,
    visits: visitsByProgram(record, day),
    medicines,
    classes,
    unknownMedicines,
  };
}

function visitsByProgram(record: PatientRecord, day: PlainDate): Facts['visits'] {
  const visits: Record<AssessedProgram, RecordedVisit[]> = {
    hypertension: [],
    'type-2-diabetes': [],
    copd: [],
  };
  for (const visit of record.visits) if (visit.on <= day) visits[visit.program].push(visit);
  for (const list of Object.values(visits)) if (!isNewestFirst(list)) list.sort(newestFirst);
  return visits;
}

const newestFirst = (a: RecordedVisit, b: RecordedVisit) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0);

const isNewestFirst = (list: readonly RecordedVisit[]) =>
  list.every((one, index) => index === 0 || (list[index - 1] as RecordedVisit).on >= one.on);

const plainDateFloor = plainDate('1890-01-01');

/** The programmes a person is in are conditions too; what cannot be at that age is named and set aside. */
function conditionsOf(record: PatientRecord, problems: Set<string>): readonly Condition[] {
  const all = new Set<Condition>([...record.conditions, ...record.programs.map((one) => one.program)]);
  for (const { program, diagnosedOn } of record.programs) {
    const least = youngest[program];
    if (!diagnosedOn || !record.birthDate || least === undefined) continue;
    const then = diagnosedOn < record.birthDate ? -1 : ageInYears(record.birthDate, diagnosedOn);
    if (then < least) problems.add(`确诊年龄 ${then < 0 ? '早于出生' : `${then} 岁`} 不可信，请核对诊断。`);
  }
  return [...all];
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
