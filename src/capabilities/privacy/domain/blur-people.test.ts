import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ageBandOf,
  anyTownship,
  blurPeople,
  type KnownElsewhere,
  shiftOf,
  smallestGroupOf,
} from './blur-people.ts';
import { harmlessCell, toCsv } from './csv-text.ts';

const rules = { ageBandYears: 5, oldestBandFrom: 90 };

describe('an age', () => {
  it.each([
    [64, '60–64'],
    [65, '65–69'],
    [89, '85–89'],
    [90, '90及以上'],
    [117, '90及以上'],
    [0, '0–4'],
  ])('%i stands as %s', (age, band) => {
    expect(ageBandOf(age, rules)).toBe(band);
  });
});

describe('a shift of days', () => {
  it('is never none and never more than allowed, whatever the number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 1, max: 400 }),
        (number, most) => {
          const days = shiftOf(number, most);
          expect(days).not.toBe(0);
          expect(Math.abs(days)).toBeLessThanOrEqual(most);
        },
      ),
      { seed: 5 },
    );
  });
  it('takes every value', () => {
    const seen = new Set(Array.from({ length: 60 }, (_, number) => shiftOf(number, 3)));
    expect([...seen].toSorted((a, b) => a - b)).toEqual([-3, -2, -1, 1, 2, 3]);
  });
});

const anyone = fc.record({
  sex: fc.constantFrom('男', '女'),
  ageBand: fc.constantFrom('60–64', '65–69', '90及以上'),
  township: fc.constantFrom('甲乡', '乙乡', '丙镇'),
  diseases: fc.constantFrom('高血压', '无'),
});

describe('people in an extract', () => {
  it('never stand in a group smaller than asked, and none is counted twice', () => {
    fc.assert(
      fc.property(
        fc.array(anyone, { maxLength: 120 }),
        fc.integer({ min: 2, max: 12 }),
        (people, smallest) => {
          const { kept, blurred, leftOut } = blurPeople<KnownElsewhere>(people, smallest);
          expect(kept.length + leftOut).toBe(people.length);
          expect(blurred).toBe(kept.filter((one) => one.township === anyTownship).length);
          expect(smallestGroupOf(kept) ?? smallest).toBeGreaterThanOrEqual(smallest);
        },
      ),
      { seed: 6 },
    );
  });
  it('who are too few in their township are counted for the county, and left out when still too few', () => {
    const of = (township: string, n: number, diseases = '高血压') =>
      Array.from({ length: n }, () => ({ sex: '男', ageBand: '65–69', township, diseases }));
    const people = [...of('甲乡', 5), ...of('乙乡', 4), ...of('丙镇', 1), ...of('丙镇', 4, '慢阻肺病')];
    const { kept, blurred, leftOut } = blurPeople(people, 5);
    expect([kept.length, blurred, leftOut]).toEqual([10, 5, 4]);
  });
});

describe('a cell for a spreadsheet', () => {
  it.each(['=1+1', '+86', '-2', '@SUM', ' =cmd', '\t=1', '＝1', '|x', '%0'])('%j cannot run', (text) => {
    expect(harmlessCell(text)).toBe(`'${text}`);
  });
  it.each(['甲乡', '60–64', 'R01', ''])('%j stays', (text) => {
    expect(harmlessCell(text)).toBe(text);
  });
  it('is quoted, with quotes doubled; numbers stay numbers', () => {
    expect(toCsv([['a"b', 1.5, null]])).toBe('\ufeff"a""b",1.5,\r\n');
  });
});
