import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { checkRefusal } from './check-refusal.ts';

const today = plainDate('2026-11-24');
const lacks = (note: string | undefined, reviewOn: string | undefined, after = '2026-11-24') =>
  checkRefusal({
    note,
    reviewOn: reviewOn === undefined ? undefined : plainDate(reviewOn),
    after: plainDate(after),
    today,
  }).map((one) => one.path);

describe('a refusal', () => {
  it('says why, and when to ask again: from the day after to a year from today', () => {
    expect(lacks('不愿意', '2026-11-25')).toEqual([]);
    expect(lacks('不愿意', '2027-11-25')).toEqual([]);
    expect(lacks('不愿意', '2027-11-26')).toEqual(['reviewOn']);
    expect(lacks('不愿意', '2026-11-24')).toEqual(['reviewOn']);
    expect(lacks(' ', undefined)).toEqual(['note', 'reviewOn']);
    expect(lacks(undefined, '2026-11-25')).toEqual(['note']);
  });

  it('of a phone that was offline holds by the day of the refusal', () => {
    expect(lacks('不愿意', '2026-11-20', '2026-11-19')).toEqual([]);
    expect(lacks('不愿意', '2026-11-19', '2026-11-19')).toEqual(['reviewOn']);
  });
});
