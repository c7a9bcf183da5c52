import type { PlainDate } from '#kernel/plain-date.ts';

/** A reading: day, value, and where it was taken when that is said. */
export type PhoneReading = readonly [on: PlainDate, value: number, context?: string];

/**
 * A filed sheet as it travels, by place so that 50,000 people fit a village connection: day, form, mode, class (0 for
 * none), who, and its readings by kind; a test done before the visit has its own day.
 */
export type WireVisit = readonly [
  on: PlainDate,
  form: string,
  mode: string | null,
  formClass: 0 | 1 | 2 | 3 | 4,
  by: string,
  readings: Readonly<
    Record<
      string,
      | number
      | readonly [value: number, context: string]
      | readonly [value: number, context: string | null, on: PlainDate]
    >
  >,
];

/** The readings of sheets by kind, newest first as the sheets are, those with a day of their own put in their place. */
export function seriesOf(sheets: readonly WireVisit[]): Record<string, PhoneReading[]> {
  const series: Record<string, PhoneReading[]> = {};
  const outOfPlace = new Set<PhoneReading[]>();
  for (const [visitOn, , , , , readings] of sheets) {
    for (const [kind, reading] of Object.entries(readings)) {
      const line = series[kind] ?? [];
      series[kind] = line;
      const [value, context, on = visitOn] = typeof reading === 'number' ? [reading] : reading;
      line.push(typeof context === 'string' ? [on, value, context] : [on, value]);
      if (on !== visitOn) outOfPlace.add(line);
    }
  }
  for (const line of outOfPlace) line.sort(newestReadingFirst);
  return series;
}

/** By the day it was measured: what is typed or reported late must not pass for the latest. */
export const newestReadingFirst = (a: PhoneReading, b: PhoneReading): number =>
  a[0] < b[0] ? 1 : a[0] > b[0] ? -1 : 0;
