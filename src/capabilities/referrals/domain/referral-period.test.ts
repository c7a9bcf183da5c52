import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { periodShape, periodsToChoose, referralPeriod, runningYear } from './referral-period.ts';

describe('a period', () => {
  it.each([
    ['2026', '2026 年', '2026-01-01', '2026-12-31'],
    ['2026-Q1', '2026 年 第 1 季度', '2026-01-01', '2026-03-31'],
    ['2026-Q4', '2026 年 第 4 季度', '2026-10-01', '2026-12-31'],
    ['2026-02', '2026 年 2 月', '2026-02-01', '2026-02-28'],
    ['2024-02', '2024 年 2 月', '2024-02-01', '2024-02-29'],
    ['2026-12', '2026 年 12 月', '2026-12-01', '2026-12-31'],
  ])('%s is %s, %s to %s', (key, label, from, to) => {
    expect(referralPeriod(key)).toEqual({ key, label, from, to });
  });

  it.each(['', '26', '2026-', '2026-Q0', '2026-Q5', '2026-00', '2026-13', '2026-1', '2026-Q1 '])(
    '"%s" is none',
    (key) => {
      expect(periodShape.test(key)).toBe(false);
      expect(() => referralPeriod(key)).toThrow(RangeError);
    },
  );

  it('follows the one before without a day between or twice, in months and in quarters', () => {
    for (const group of periodsToChoose(plainDate('2026-11-24'))) {
      const forward = group.periods.toReversed();
      for (const [index, one] of forward.entries())
        if (index > 0) expect(one.from).toBe(addDays(forward[index - 1]?.to ?? one.to, 1));
    }
  });

  it('offers what has begun, the latest first, back to the first day of last year', () => {
    const offered = periodsToChoose(plainDate('2026-04-01')).map(({ periods }) =>
      periods.map(({ key }) => key),
    );
    expect(offered.map((keys) => [keys[0], keys.at(-1)])).toEqual([
      ['2026', '2025'],
      ['2026-Q2', '2025-Q1'],
      ['2026-04', '2025-01'],
    ]);
    expect(runningYear(plainDate('2026-04-01')).key).toBe('2026');
  });
});
