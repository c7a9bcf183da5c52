import { valueOn } from '#kernel/dated.ts';
import type { Reason } from '#kernel/decision.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  earlierOf,
  laterOf,
  type PlainDate,
  plainDate,
  plainDateOf,
  quarterOf,
} from '#kernel/plain-date.ts';
import {
  checkupCurrentMonths,
  checkupRequiredAfterMonths,
  minimumDaysBetweenCountedVisits,
  minimumManagedDaysOfQuarter,
  visitsPerYear,
} from '#standards/indicators/hypertension-management.ts';

/** A valid, current follow-up sheet as the count sees it; its control verdicts were stored when it was written. */
export interface CountedVisit {
  readonly on: PlainDate;
  readonly faceToFace: boolean;
  /** Every required item of the sheet is filled. */
  readonly complete: boolean;
  readonly sbp: number | null;
  readonly dbp: number | null;
  /** null: the rule could not decide. */
  readonly controlledStatutory: boolean | null;
  readonly controlledClinical: boolean | null;
}

export interface ManagementYearFacts {
  readonly year: number;
  readonly asOf: PlainDate;
  readonly enrolledOn: PlainDate;
  readonly closedOn: PlainDate | null;
  readonly closeReason: string | null;
  /** Any order. */
  readonly visits: readonly CountedVisit[];
  /** Days of annual checkups, any order, also of earlier years. */
  readonly checkups: readonly PlainDate[];
}

export interface ManagementYear {
  readonly managed: boolean;
  readonly standard: boolean;
  readonly standardReasons: readonly Reason[];
  readonly lastVisit: CountedVisit | null;
  /** false when there was no visit; null only when the last reading could not be judged. */
  readonly controlledStatutory: boolean | null;
  readonly controlledClinical: boolean | null;
  readonly controlReasons: readonly Reason[];
  readonly validFrom: PlainDate;
  /** Last day on which this judgement still holds without new facts. */
  readonly validThrough: PlainDate;
}

const FOREVER = plainDate('9999-12-31');

const startOfYear = (year: number) => plainDateOf(year, 1, 1);
const endOfYear = (year: number) => plainDateOf(year, 12, 31);
const startOfQuarter = (year: number, quarter: number) => plainDateOf(year, quarter * 3 - 2, 1);
const endOfQuarter = (year: number, quarter: number) =>
  addDays(addMonths(startOfQuarter(year, quarter), 3), -1);

/**
 * Judges one person's year in a programme: in the denominator or not, served as required or not (policy B, running
 * value during the year), last reading controlled or not on both tracks; with reasons and how long it holds.
 * @source 国家基本公共卫生服务规范（第三版） 规范管理率、血压控制率
 */
export function judgeManagementYear(facts: ManagementYearFacts): ManagementYear {
  const { year, asOf } = facts;
  const from = startOfYear(year);
  const until = earlierOf(asOf, endOfYear(year));
  const validThrough = nextChangeAfter(facts, until);
  const notManaged = whyNotManaged(facts, from, until);
  if (notManaged) {
    return {
      managed: false,
      standard: false,
      standardReasons: [notManaged],
      lastVisit: null,
      controlledStatutory: null,
      controlledClinical: null,
      controlReasons: [notManaged],
      validFrom: asOf,
      validThrough,
    };
  }
  const interval = { from: laterOf(facts.enrolledOn, from), to: earlierOf(facts.closedOn ?? until, until) };
  const visits = facts.visits
    .filter((visit) => visit.on >= interval.from && visit.on <= interval.to)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const shortfalls = [
    ...findVisitShortfalls(facts, visits, interval, until),
    ...findCheckupShortfall(facts, until),
  ];
  const lastVisit = visits.at(-1) ?? null;
  return {
    managed: true,
    standard: shortfalls.length === 0,
    standardReasons: shortfalls.length > 0 ? shortfalls : [servedAsRequired(visits, until)],
    lastVisit,
    controlledStatutory: lastVisit === null ? false : lastVisit.controlledStatutory,
    controlledClinical: lastVisit === null ? false : lastVisit.controlledClinical,
    controlReasons: [explainControl(lastVisit, year)],
    validFrom: asOf,
    validThrough,
  };
}

function whyNotManaged(facts: ManagementYearFacts, from: PlainDate, until: PlainDate): Reason | undefined {
  if (facts.closeReason === 'wrong-diagnosis')
    return { code: 'wrong-diagnosis', text: '诊断有误已结案，不计入分子和分母。' };
  if (facts.enrolledOn > until)
    return { code: 'enrolled-later', text: `${facts.enrolledOn} 才纳入管理，不在本期内。` };
  if (facts.closedOn !== null && facts.closedOn < from)
    return { code: 'closed-before', text: `${facts.closedOn} 已结案，本年度不在管。` };
  return undefined;
}

interface Interval {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Quarters of the year that are over for this person: ended by `until`, or ended by closing. */
function quartersOver(facts: ManagementYearFacts, interval: Interval, until: PlainDate): number[] {
  const first = quarterOf(interval.from);
  const quarters: number[] = [];
  for (let quarter: number = first; quarter <= 4; quarter++) {
    const closedInside =
      facts.closedOn !== null && facts.closedOn <= until && quarter === quarterOf(interval.to);
    if (endOfQuarter(facts.year, quarter) <= interval.to || closedInside) quarters.push(quarter);
  }
  return quarters;
}

function managedDaysOf(quarter: number, year: number, interval: Interval): number {
  const from = laterOf(startOfQuarter(year, quarter), interval.from);
  const to = earlierOf(endOfQuarter(year, quarter), interval.to);
  return Math.max(0, daysBetween(from, to) + 1);
}

function findVisitShortfalls(
  facts: ManagementYearFacts,
  visits: readonly CountedVisit[],
  interval: Interval,
  until: PlainDate,
): Reason[] {
  const over = quartersOver(facts, interval, until);
  const enoughDays = valueOn(minimumManagedDaysOfQuarter, until);
  const closed = facts.closedOn !== null && facts.closedOn <= until;
  const asked = closed ? over.filter((q) => managedDaysOf(q, facts.year, interval) >= enoughDays) : over;
  const required = Math.min(asked.length, valueOn(visitsPerYear, until));
  const counted = countSpaced(
    visits.filter((visit) => visit.faceToFace && visit.complete),
    valueOn(minimumDaysBetweenCountedVisits, until),
  );
  const shortfalls: Reason[] = [];
  if (counted < required) {
    shortfalls.push({
      code: 'too-few-visits',
      text: `截至 ${until} 应有面对面随访 ${required} 次，实有 ${counted} 次。`,
    });
  }
  for (const quarter of over) {
    if (managedDaysOf(quarter, facts.year, interval) < enoughDays) continue;
    const seen = visits.some((v) => v.faceToFace && v.complete && quarterOf(v.on) === quarter);
    if (!seen) shortfalls.push({ code: `no-visit-q${quarter}`, text: `第${quarter}季度没有面对面随访。` });
  }
  return shortfalls;
}

/** Visits that lie at least `spacing` days after the last counted one; `visits` in order of day. */
function countSpaced(visits: readonly CountedVisit[], spacing: number): number {
  let counted = 0;
  let last: PlainDate | undefined;
  for (const visit of visits) {
    if (last !== undefined && daysBetween(last, visit.on) < spacing) continue;
    counted += 1;
    last = visit.on;
  }
  return counted;
}

function findCheckupShortfall(facts: ManagementYearFacts, until: PlainDate): Reason[] {
  const requiredFrom = addMonths(facts.enrolledOn, valueOn(checkupRequiredAfterMonths, until));
  if ((facts.closedOn ?? until) < requiredFrom || until < requiredFrom) return [];
  const inYear = facts.checkups.some((day) => day >= startOfYear(facts.year) && day <= until);
  if (inYear) return [];
  const yearOver = until === endOfYear(facts.year);
  const last = lastOnOrBefore(facts.checkups, until);
  if (!yearOver && last !== undefined && until <= addMonths(last, valueOn(checkupCurrentMonths, until)))
    return [];
  const text = last === undefined ? '没有年度健康体检记录。' : `本年度没有健康体检，上次体检在 ${last}。`;
  return [{ code: 'no-annual-checkup', text }];
}

function lastOnOrBefore(days: readonly PlainDate[], until: PlainDate): PlainDate | undefined {
  return days
    .filter((day) => day <= until)
    .reduce<PlainDate | undefined>((a, b) => (a && a > b ? a : b), undefined);
}

function servedAsRequired(visits: readonly CountedVisit[], until: PlainDate): Reason {
  const faceToFace = visits.filter((visit) => visit.faceToFace && visit.complete).length;
  return {
    code: 'served-as-required',
    text: `截至 ${until} 已面对面随访 ${faceToFace} 次，各季度均有，体检未缺。`,
  };
}

function explainControl(last: CountedVisit | null, year: number): Reason {
  if (last === null) return { code: 'no-visit', text: `${year} 年没有有效随访，按未达标计。` };
  const reading = last.sbp === null || last.dbp === null ? '血压未测' : `血压 ${last.sbp}/${last.dbp} mmHg`;
  return { code: 'last-visit', text: `最近一次随访 ${last.on}，${reading}。` };
}

/** The last day before the judgement can change by the calendar alone. */
function nextChangeAfter(facts: ManagementYearFacts, until: PlainDate): PlainDate {
  const yearEnd = endOfYear(facts.year);
  if (facts.asOf >= yearEnd) return FOREVER;
  const days = [1, 2, 3, 4].map((quarter) => endOfQuarter(facts.year, quarter));
  days.push(facts.enrolledOn, startOfYear(facts.year));
  days.push(addMonths(facts.enrolledOn, valueOn(checkupRequiredAfterMonths, until)));
  if (facts.closedOn !== null) days.push(facts.closedOn);
  for (const day of facts.checkups) {
    days.push(day, addDays(addMonths(day, valueOn(checkupCurrentMonths, until)), 1));
  }
  for (const visit of facts.visits) days.push(visit.on);
  const next = days.filter((day) => day > facts.asOf).reduce((a, b) => earlierOf(a, b), yearEnd);
  return addDays(next, -1);
}
