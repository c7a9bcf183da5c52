import { expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { waitWords } from './wait-words.ts';

it.each([
  ['2026-11-23', '1天'],
  ['2026-10-25', '30天'],
  ['2026-10-24', '1个月'],
  ['2025-11-25', '11个月'],
  ['2025-11-24', '1年'],
  ['2025-03-01', '1年8个月'],
  ['2020-01-05', '6年10个月'],
])('since %s it waits %s', (since, words) => {
  expect(waitWords(plainDate(since), plainDate('2026-11-24'))).toBe(words);
});
