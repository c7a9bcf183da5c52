/**
 * A calendar day as the county states it: `YYYY-MM-DD`, no time, no zone.
 * Never a JS `Date`: eight local midnights of 1919–1949 do not exist in Asia/Shanghai and birth days shift.
 */
export type PlainDate = string & { readonly __plainDate: unique symbol };

/** A moment, ISO 8601 in UTC with `Z`. Data about when the server heard of something, never order. */
export type Instant = string & { readonly __instant: unique symbol };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;

/** Days in a month of the Gregorian calendar; month is 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Parses `YYYY-MM-DD`; undefined when the text is not a real day between years 1000 and 9999. */
export function parsePlainDate(text: string): PlainDate | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return text as PlainDate;
}

/** The day written in the text; throws a RangeError when it is not a real day. For literals and trusted rows. */
export function plainDate(text: string): PlainDate {
  const day = parsePlainDate(text);
  if (day === undefined) throw new RangeError(`not a calendar day: ${JSON.stringify(text).slice(0, 40)}`);
  return day;
}

/** Year, month (1–12) and day of month. */
export function datePartsOf(day: PlainDate): { year: number; month: number; day: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

/** The day with these parts; throws a RangeError when there is none. */
export function plainDateOf(year: number, month: number, day: number): PlainDate {
  const pad = (n: number, width: number) => String(n).padStart(width, '0');
  return plainDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
}

/** Days since 1970-01-01, negative before it. */
export function epochDayOf(day: PlainDate): number {
  return Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;
}

/** The day so many days after 1970-01-01. */
export function fromEpochDay(epochDay: number): PlainDate {
  return plainDate(new Date(epochDay * MS_PER_DAY).toISOString().slice(0, 10));
}

/** The day `days` later (earlier when negative). */
export function addDays(day: PlainDate, days: number): PlainDate {
  return fromEpochDay(epochDayOf(day) + days);
}

/** The same day of the month `months` later, or the month's last day when it is shorter. */
export function addMonths(day: PlainDate, months: number): PlainDate {
  const parts = datePartsOf(day);
  const index = parts.year * 12 + (parts.month - 1) + months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  return plainDateOf(year, month, Math.min(parts.day, daysInMonth(year, month)));
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return epochDayOf(to) - epochDayOf(from);
}

/** Completed years on `on` of a person born on `birthDate` (29 February counts from 1 March in common years). */
export function ageInYears(birthDate: PlainDate, on: PlainDate): number {
  const [b, t] = [datePartsOf(birthDate), datePartsOf(on)];
  const before = t.month < b.month || (t.month === b.month && t.day < b.day);
  return t.year - b.year - (before ? 1 : 0);
}

/** Calendar quarter 1–4. */
export function quarterOf(day: PlainDate): 1 | 2 | 3 | 4 {
  return Math.ceil(datePartsOf(day).month / 3) as 1 | 2 | 3 | 4;
}

/** The calendar day it is in China (UTC+8, no summer time since 1991) at a moment. */
export function dayInChina(instant: Date): PlainDate {
  return plainDate(new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10));
}

/** The earlier of two days. */
export function earlierOf(a: PlainDate, b: PlainDate): PlainDate {
  return a <= b ? a : b;
}

/** The later of two days. */
export function laterOf(a: PlainDate, b: PlainDate): PlainDate {
  return a >= b ? a : b;
}
