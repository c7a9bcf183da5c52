import { expect, it } from 'vitest';
import { minutesBetween, printInterval } from './print-interval.ts';

it('says minutes, hours and days as people do', () => {
  const said = [0, 59, 60, 61, 2879, 2880].map(printInterval);
  expect(said).toEqual(['0 分钟', '59 分钟', '1 小时', '1 小时 1 分', '47 小时 59 分', '2 天']);
  expect(minutesBetween('2026-11-24T02:00:00Z', '2026-11-24T02:08:59.000Z')).toBe(8);
  expect(minutesBetween('2026-11-24T02:00:00Z', '2026-11-24T01:00:00Z')).toBe(0);
});
