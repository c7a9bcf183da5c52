import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { HomeSeries } from './home-series.ts';

const day = plainDate('2026-11-24');
type Reading = readonly [kind: string, value: number, ago: number, context?: string];
const seriesOf = (readings: readonly Reading[]) => {
  const series = new HomeSeries(day);
  for (const [kind, value, ago, context] of readings) series.add(kind, value, addDays(day, -ago), context);
  return series;
};

describe('home readings for the trends', () => {
  it('are one mean a day, oldest first, of days that have both values', () => {
    const series = seriesOf([
      ['sbp', 150, 1, 'home'],
      ['dbp', 90, 1, 'home'],
      ['sbp', 140, 1, 'home'],
      ['dbp', 84, 1, 'home'],
      ['sbp', 132, 3, 'home'],
      ['dbp', 80, 3, 'home'],
      ['sbp', 190, 0, 'home'],
    ]);
    expect(series.homePressures()).toEqual([
      { on: addDays(day, -3), sbp: 132, dbp: 80 },
      { on: addDays(day, -1), sbp: 145, dbp: 87 },
    ]);
    expect(series.latestHomeDay()).toEqual({
      on: addDays(day, -1),
      high: { sbp: 150, dbp: 90 },
      low: { sbp: 140, dbp: 84 },
    });
  });
  it('are not the pressures of the office', () => {
    const series = seriesOf([
      ['sbp', 150, 1, 'office'],
      ['dbp', 90, 1, 'office'],
    ]);
    expect([series.hasHomePressure(), series.homePressures(), series.latestHomeDay()]).toEqual([
      false,
      [],
      undefined,
    ]);
  });
  it('tell fasting glucose from the rest, and weights by day', () => {
    const series = seriesOf([
      ['glucose-2h', 9.8, 1],
      ['fasting-glucose', 6.5, 2],
      ['weight', 70, 1],
      ['weight', 71, 9],
      ['height', 170, 1],
    ]);
    expect(series.glucoseReadings().map(({ value, fasting }) => [value, fasting])).toEqual([
      [6.5, true],
      [9.8, false],
    ]);
    expect(series.weights().map((one) => one.kg)).toEqual([71, 70]);
  });
  it('say the same in whatever order they came in', () => {
    const reading = fc.tuple(
      fc.constantFrom('sbp', 'dbp', 'fasting-glucose', 'weight'),
      fc.integer({ min: 40, max: 220 }),
      fc.integer({ min: 0, max: 9 }),
      fc.constant('home'),
    );
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 30 }), (readings) => {
        const [one, other] = [seriesOf(readings), seriesOf(readings.toReversed())];
        expect(other.homePressures()).toEqual(one.homePressures());
        expect(other.latestHomeDay()).toEqual(one.latestHomeDay());
        expect(other.glucoseReadings()).toEqual(one.glucoseReadings());
        expect(other.weights()).toEqual(one.weights());
      }),
    );
  });
});
