import type { PlainDate } from '#kernel/plain-date.ts';

/** Days of one year on which the calendar of work departs from Monday to Friday. */
export interface HolidayYear {
  readonly year: number;
  readonly source: string;
  readonly certainty: 'found' | 'from-knowledge';
  /** First and last day of each holiday. */
  readonly off: readonly (readonly [from: string, to: string])[];
  /** Weekend days worked instead. */
  readonly worked: readonly string[];
}

/**
 * Public holidays with the days worked for them, as they are announced for one year at a time.
 * @source 国务院办公厅关于2026年部分节假日安排的通知
 */
export const holidayYears: readonly HolidayYear[] = [
  {
    year: 2026,
    source: '国务院办公厅关于2026年部分节假日安排的通知',
    certainty: 'from-knowledge',
    off: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
];

/**
 * Holidays of the sun's calendar, the same in every year: month and day.
 * @source 全国年节及纪念日放假办法（2024年修订）
 */
const everyYear: readonly string[] = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];

/** Whether the day is a public holiday; of years not listed only what is the same in every year is known. */
export function isPublicHoliday(day: PlainDate): boolean {
  return (
    everyYear.includes(day.slice(5)) ||
    holidayYears.some((one) => one.off.some(([from, to]) => day >= from && day <= to))
  );
}

/** Whether the year's holidays are known. */
export function knowsHolidaysOf(day: PlainDate): boolean {
  return holidayYears.some((one) => String(one.year) === day.slice(0, 4));
}
