import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, epochDayOf, fromEpochDay, plainDate } from './plain-date.ts';

/** Days of the years 1000 to 9999, as days since 1970-01-01. */
const epochDay = fc.integer({ min: -354_285, max: 2_932_896 });

describe('calendar days', () => {
  it('are the days the proleptic calendar of ISO 8601 has', () => {
    fc.assert(
      fc.property(epochDay, (n) => {
        expect(fromEpochDay(n)).toBe(new Date(n * 86_400_000).toISOString().slice(0, 10));
        expect(epochDayOf(fromEpochDay(n))).toBe(n);
      }),
      { numRuns: 2000 },
    );
  });

  it('step over the leap day of a leap year only', () => {
    expect(addDays(plainDate('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(plainDate('2024-02-29'), 1)).toBe('2024-03-01');
    expect(addDays(plainDate('2025-02-28'), 1)).toBe('2025-03-01');
    expect(addDays(plainDate('2000-03-01'), -1)).toBe('2000-02-29');
    expect(addDays(plainDate('1900-03-01'), -1)).toBe('1900-02-28');
    expect(daysBetween(plainDate('2026-12-31'), plainDate('2027-01-01'))).toBe(1);
  });

  it('end where four digits end', () => {
    expect(() => addDays(plainDate('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(plainDate('1000-01-01'), -1)).toThrow(RangeError);
  });
});
