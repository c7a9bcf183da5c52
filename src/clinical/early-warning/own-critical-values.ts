import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { laboratoryCritical, ownCriticalRanges } from './alert-parameters.ts';

/** A county's own critical ends by test; an end it leaves out is the default's. */
export type OwnCriticalValues = Readonly<
  Record<string, { readonly low?: number | undefined; readonly high?: number | undefined }>
>;

/** One end a county may set, with the default and how far the lists of hospitals reach. */
export interface CriticalEnd {
  readonly test: string;
  readonly name: string;
  readonly unit: string;
  readonly end: 'low' | 'high';
  readonly usual: number;
  readonly range: readonly [number, number];
}

/** The critical ends a county may set on a day, in the order of the list. */
export function criticalEnds(day: PlainDate): readonly CriticalEnd[] {
  const usual = valueOn(laboratoryCritical, day);
  return Object.entries(valueOn(ownCriticalRanges, day)).flatMap(([test, own]) =>
    (['low', 'high'] as const).flatMap((end): CriticalEnd[] => {
      const [range, value, name] = [own[end], usual[test]?.[end], usual[test]?.name];
      return range && value !== undefined && name !== undefined
        ? [{ test, name, unit: own.unit, end, usual: value, range }]
        : [];
    }),
  );
}

/** The critical values in force while a county has said nothing. */
export function defaultCriticalValues(day: PlainDate): OwnCriticalValues {
  const values: Record<string, { low?: number; high?: number }> = {};
  for (const { test, end, usual } of criticalEnds(day)) values[test] = { ...values[test], [end]: usual };
  return values;
}
