import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { readingDay } from './reading-day.ts';

const visitOn = plainDate('2026-11-24');

describe('the day of a reading', () => {
  it.each([
    ['not said', undefined, '2026-11-24'],
    ['empty', '', '2026-11-24'],
    ['only a month', '2026-08', '2026-11-24'],
    ['no day of a calendar', '2026-02-30', '2026-11-24'],
    ['not a text', 20260801, '2026-11-24'],
    ['after the visit', '2026-11-25', '2026-11-24'],
    ['the day of the visit', '2026-11-24', '2026-11-24'],
    ['the day before', '2026-11-23', '2026-11-23'],
    ['months before', '2026-03-01', '2026-03-01'],
  ])('is, when the examination’s day is %s, %j → %s', (_, hba1cDate, on) => {
    expect(readingDay('hba1c', { hba1c: 7.2, hba1cDate }, visitOn)).toBe(on);
  });

  it('is the visit’s for what was measured there', () => {
    for (const id of ['fpg', 'sbp', 'weight'])
      expect(readingDay(id, { [id]: 6, hba1c: 7.2, hba1cDate: '2026-03-01' }, visitOn)).toBe(visitOn);
  });
});
