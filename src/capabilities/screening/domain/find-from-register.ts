import type { CourseSource, CourseState } from '#capabilities/enrollment/domain/condition-course.ts';
import { evaluateCommunityScreening } from '#capabilities/records/domain/evaluate-pressure-and-glucose.ts';
import type { ScreeningFinding } from '#capabilities/records/domain/screening-evaluation.ts';
import { screeningMonths } from '#clinical/hypertension/diagnosis-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import { addMonths, ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { type CourseMove, planCourseMove } from './plan-course-move.ts';

/** A reading that stands in the record, with the day and the work it was taken in. */
export interface HeldReading {
  readonly on: PlainDate;
  readonly source: CourseSource;
}

/** What the record of one person holds that may speak of hypertension or diabetes nobody has followed up. */
export interface RecordFacts {
  readonly birthDate: PlainDate;
  readonly sex: string;
  /** Codes of the diseases of father, mother, siblings, children. */
  readonly family: readonly string[];
  readonly managed: readonly string[];
  /** The latest course of each disease, closed ones too. */
  readonly courses: Readonly<Record<string, { readonly state: CourseState; readonly since: PlainDate }>>;
  readonly pressure: (HeldReading & { readonly sbp: number; readonly dbp: number }) | undefined;
  readonly glucose: (HeldReading & { readonly fpg: number }) | undefined;
  readonly bmi: number | undefined;
}

export interface FoundInRecord {
  readonly finding: ScreeningFinding;
  readonly move: CourseMove;
  readonly source: CourseSource;
}

/** The first day of readings that still speak: by then the norm wants a healthy adult measured again. */
export const oldestReading = (today: PlainDate): PlainDate =>
  addMonths(today, -valueOn(screeningMonths, today).plain);

/**
 * What readings of other work say of people on no list: judged by the same rule as the screening sheet. Age or family
 * alone put nobody on a list here, only a reading does; what somebody judged after the reading stands.
 */
export function findFromRegister(facts: RecordFacts, today: PlainDate): FoundInRecord[] {
  return [...findPressure(facts, today), ...findGlucose(facts, today)];
}

function findPressure(facts: RecordFacts, today: PlainDate): FoundInRecord[] {
  const { pressure, bmi } = facts;
  if (!pressure) return [];
  const { publicHealthHighNormal: from, bmiFrom } = valueOn(screeningMonths, today);
  const isMeasured =
    pressure.sbp >= from.sbp || pressure.dbp >= from.dbp || (bmi !== undefined && bmi >= bmiFrom);
  if (!isMeasured) return [];
  const { sbp, dbp } = pressure;
  const what = `血压 ${sbp}/${dbp} mmHg`;
  return judge(facts, 'hypertension', pressure, what, { sbp, dbp }, today);
}

function findGlucose(facts: RecordFacts, today: PlainDate): FoundInRecord[] {
  const { glucose } = facts;
  if (!glucose) return [];
  return judge(
    facts,
    'type-2-diabetes',
    glucose,
    `空腹血糖 ${glucose.fpg} mmol/L`,
    { fpg: glucose.fpg },
    today,
  );
}

function judge(
  facts: RecordFacts,
  condition: 'hypertension' | 'type-2-diabetes',
  reading: HeldReading,
  what: string,
  values: Readonly<Record<string, number>>,
  today: PlainDate,
): FoundInRecord[] {
  if (reading.on < oldestReading(today) || facts.managed.includes(condition)) return [];
  const answers = {
    ...values,
    ...(facts.bmi === undefined ? {} : { bmi: facts.bmi }),
    familyHypertension: facts.family.includes('2') ? '1' : '2',
    familyDiabetes: facts.family.includes('3') ? '1' : '2',
  };
  const subject = { ageYears: ageInYears(facts.birthDate, reading.on), sex: facts.sex, pressures: [] };
  const { findings } = evaluateCommunityScreening(answers, subject, reading.on);
  const finding = findings.find((one) => one.condition === condition);
  if (!finding || finding.state === 'normal' || isSettled(facts, finding, reading)) return [];
  const held = facts.courses[condition]?.state;
  const move = planCourseMove(held === undefined || held === 'closed' ? 'none' : held, finding, reading.on);
  if (!move) return [];
  const reason = `从档案识别：${reading.on} ${what}。${move.reason}`.slice(0, 400);
  // Found only today: a day that has passed meanwhile becomes today, and a suspicion has the county's days from now on.
  const dueOn = move.dueOn !== undefined && move.dueOn < today ? today : move.dueOn;
  return [{ finding, move: { ...move, reason, dueOn }, source: reading.source }];
}

/** Whether somebody is already at it, or judged the person on or after the day of the reading. */
function isSettled(facts: RecordFacts, finding: ScreeningFinding, reading: HeldReading): boolean {
  const held = facts.courses[finding.condition];
  if (!held) return false;
  if (held.state === 'high-risk') return finding.state === 'high-risk' || held.since >= reading.on;
  return (held.state !== 'normal' && held.state !== 'closed') || held.since >= reading.on;
}
