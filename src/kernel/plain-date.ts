import { clockInChina } from './china-time.ts';
/**
 * A calendar day as the county states it: `YYYY-MM-DD`, no time, no zone.
 * Never a JS `Date`: eight local midnights of 1919–1949 do not exist in Asia/Shanghai and birth days shift.
 */
export type PlainDate = string & { readonly __plainDate: unique symbol };

/** A moment, ISO 8601 in UTC with `Z`. Data about when the server heard of something, never order. */
export type Instant = string & { readonly __instant: unique symbol };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days in a month of the Gregorian calendar; month is 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Parses `YYYY-MM-DD`; undefined when the text is not a real day between years 1000 and 9999. */
export function parsePlainDate(text: string): PlainDate | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isRealDay(year, month, day) ? (text as PlainDate) : undefined;
}

function isRealDay(year: number, month: number, day: number): boolean {
  const isInRange = year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1;
  return isInRange && Number.isInteger(year) && Number.isInteger(day) && day <= daysInMonth(year, month);
}

/** The day written in the text; throws a RangeError when it is not a real day. For literals and trusted rows. */
/* @__NO_SIDE_EFFECTS__ */
export function plainDate(text: string): PlainDate {
  const day = parsePlainDate(text);
  if (day === undefined) throw new RangeError(`not a calendar day: ${JSON.stringify(text).slice(0, 40)}`);
  return day;
}

/** The number of the two digits that stand there. */
const digitsOf = (day: PlainDate, at: number) => (day.charCodeAt(at) - 48) * 10 + day.charCodeAt(at + 1) - 48;

const twoDigits = Array.from({ length: 32 }, (_, number) => String(number).padStart(2, '0'));

/** Year, month (1–12) and day of month. */
export function datePartsOf(day: PlainDate): { year: number; month: number; day: number } {
  return {
    year: digitsOf(day, 0) * 100 + digitsOf(day, 2),
    month: digitsOf(day, 5),
    day: digitsOf(day, 8),
  };
}

/** The day with these parts; throws a RangeError when there is none. */
export function plainDateOf(year: number, month: number, day: number): PlainDate {
  if (!isRealDay(year, month, day)) throw new RangeError(`not a calendar day: ${year}-${month}-${day}`);
  return `${year}-${twoDigits[month]}-${twoDigits[day]}` as PlainDate;
}

/** Days since 1970-01-01, negative before it. Counts years from March, so that the leap day ends them. */
export function epochDayOf(day: PlainDate): number {
  const year = digitsOf(day, 0) * 100 + digitsOf(day, 2);
  const month = digitsOf(day, 5);
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + digitsOf(day, 8) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Days asked for lately, each in the place its number gives: rules and calendars ask for the same few years over and over. */
const lately: { readonly epochDay: number; readonly day: PlainDate }[] = [];
const mostLately = 2048;

/** The day so many days after 1970-01-01; the inverse of `epochDayOf`. */
export function fromEpochDay(epochDay: number): PlainDate {
  const place = epochDay & (mostLately - 1);
  const known = lately[place];
  if (known?.epochDay === epochDay) return known.day;
  const day = reckonDay(epochDay);
  lately[place] = { epochDay, day };
  return day;
}

function reckonDay(epochDay: number): PlainDate {
  const days = epochDay + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (!(year >= 1000 && year <= 9999)) throw new RangeError(`not a calendar day: ${epochDay}`);
  return `${year}-${twoDigits[month]}-${twoDigits[day]}` as PlainDate;
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

/** The calendar day it is in China at a moment. */
export function dayInChina(instant: Date): PlainDate {
  return plainDate(clockInChina(instant).slice(0, 10));
}

/** The earlier of two days. */
export function earlierOf(a: PlainDate, b: PlainDate): PlainDate {
  return a <= b ? a : b;
}

/** The later of two days. */
export function laterOf(a: PlainDate, b: PlainDate): PlainDate {
  return a >= b ? a : b;
}

/** The day a form is about, as typed; undefined while it is none, or one that has not come yet. */
export function dayTyped(value: unknown, today: PlainDate): PlainDate | undefined {
  const day = typeof value === 'string' ? parsePlainDate(value) : undefined;
  return day !== undefined && day <= today ? day : undefined;
}
