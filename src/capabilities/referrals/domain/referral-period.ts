import { addDays, addMonths, datePartsOf, type PlainDate, plainDate, quarterOf } from '#kernel/plain-date.ts';

/** A year, quarter or month of the calendar in China: `2026`, `2026-Q4`, `2026-11`. */
export interface ReferralPeriod {
  readonly key: string;
  readonly label: string;
  readonly from: PlainDate;
  /** The last day of it. */
  readonly to: PlainDate;
}

/** What a period's key looks like. */
export const periodShape = /^[12]\d{3}(-(Q[1-4]|0[1-9]|1[0-2]))?$/;

/** The period written in the key, as `periodShape` has it. */
export function referralPeriod(key: string): ReferralPeriod {
  if (!periodShape.test(key)) throw new RangeError('not a period');
  const [year = '', part] = key.split('-');
  const quarter = part?.startsWith('Q') ? Number(part.slice(1)) : undefined;
  const first = quarter === undefined ? Number(part ?? '1') : quarter * 3 - 2;
  const months = part === undefined ? 12 : quarter === undefined ? 1 : 3;
  const from = plainDate(`${year}-${String(first).padStart(2, '0')}-01`);
  const name =
    part === undefined ? '' : quarter === undefined ? ` ${Number(part)} 月` : ` 第 ${quarter} 季度`;
  return { key, label: `${year} 年${name}`, from, to: addDays(addMonths(from, months), -1) };
}

/** The running year. */
export const runningYear = (today: PlainDate): ReferralPeriod => referralPeriod(today.slice(0, 4));

/** Periods one may choose on a day: this year and the last, and their quarters and months that have begun, the latest first. */
export function periodsToChoose(today: PlainDate): { label: string; periods: ReferralPeriod[] }[] {
  const { year, month } = datePartsOf(today);
  const both = (most: number, now: number, keyOf: (year: number, n: number) => string) => [
    ...Array.from({ length: now }, (_, n) => keyOf(year, now - n)),
    ...Array.from({ length: most }, (_, n) => keyOf(year - 1, most - n)),
  ];
  const groups = {
    按年: [String(year), String(year - 1)],
    按季: both(4, quarterOf(today), (of, n) => `${of}-Q${n}`),
    按月: both(12, month, (of, n) => `${of}-${String(n).padStart(2, '0')}`),
  };
  return Object.entries(groups).map(([label, keys]) => ({ label, periods: keys.map(referralPeriod) }));
}
