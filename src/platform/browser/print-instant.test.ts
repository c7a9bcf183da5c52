import { expect, it } from 'vitest';
import { printInstant, printInstantDay, printInstantTime } from './print-instant.ts';

it('reads a clock as people in China do, also just after midnight there', () => {
  const late = '2026-11-23T16:05:00Z';
  expect(printInstant(late)).toBe('2026/11/24 00:05:00');
  expect(printInstantDay(late)).toBe('2026/11/24');
  expect(printInstantTime(late)).toBe('00:05');
});
