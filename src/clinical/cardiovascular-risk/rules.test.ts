import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { testRules } from '#test/support/rule-cases.ts';
import { riskCategoryOf, toTenth } from './china-par.ts';
import { factsOf, officialVectors, ownVectors, paperVectors } from './estimate-ten-year-risk.rule.ts';
import { estimateTenYearRisk, type TenYearRiskFacts } from './estimate-ten-year-risk.ts';
import { judgeLifetimeRisk } from './judge-lifetime-risk.ts';
import { cardiovascularRiskRules } from './rules.ts';

testRules(cardiovascularRiskRules);

const day = plainDate('2026-01-05');

function risk(facts: TenYearRiskFacts) {
  const decision = estimateTenYearRisk(facts, day);
  if (decision.kind === 'undecided') throw new Error(decision.missing.join());
  if (decision.value.path === 'secondary-prevention') throw new Error('secondary prevention');
  return decision.value;
}

describe('CVD-01 against the official site and the printed figures', () => {
  it.each(officialVectors)('is within 0.1 of the site: %j', (profile, official, shown, ours, category) => {
    const value = risk(factsOf(profile));
    expect(Math.abs(value.exactPercent - official)).toBeLessThan(0.1);
    expect(Math.abs(value.exactPercent - ours)).toBeLessThan(0.0051);
    expect(value.percent).toBe(shown);
    expect(value.category).toBe(category);
  });
  it('shows the site’s own figure, but for examples 4 and 9', () => {
    const other = officialVectors.flatMap(([profile, official], i) =>
      risk(factsOf(profile)).percent === official ? [] : [i + 1],
    );
    expect(other).toEqual([4, 9]);
  });
  it.each(ownVectors)('gives the reconstructed figure: %j', (profile, ours) => {
    expect(Math.abs(risk(factsOf(profile)).exactPercent - ours)).toBeLessThan(0.0051);
  });
  it.each(paperVectors)('gives the figure beside the paper’s: %j', (profile, paper, ours) => {
    const { exactPercent } = risk(factsOf(profile));
    expect(Math.abs(exactPercent - ours)).toBeLessThan(0.0051);
    expect(Math.abs(exactPercent - paper)).toBeLessThan(0.5);
  });
});

describe('CVD-01 categories', () => {
  it.each([
    [0, 'low'],
    [4.94, 'low'],
    [4.95, 'moderate'],
    [5, 'moderate'],
    [9.94, 'moderate'],
    [9.95, 'high'],
    [10, 'high'],
  ] as const)('%d %% is %s', (percent, category) => {
    expect(riskCategoryOf(percent, day)).toBe(category);
  });
  it('rounds half up', () => {
    expect([4.94, 4.95, 9.94, 9.95].map(toTenth)).toEqual([4.9, 5, 9.9, 10]);
  });
});

const person: fc.Arbitrary<TenYearRiskFacts> = fc.record({
  sex: fc.constantFrom('male' as const, 'female' as const),
  ageYears: fc.integer({ min: 20, max: 85 }),
  north: fc.boolean(),
  urban: fc.boolean(),
  waistCm: fc.integer({ min: 50, max: 130 }),
  totalCholesterol: fc.double({ min: 2, max: 11, noNaN: true }),
  hdl: fc.double({ min: 0.5, max: 4, noNaN: true }),
  sbp: fc.integer({ min: 70, max: 200 }),
  pressureTreated: fc.boolean(),
  smoker: fc.boolean(),
  familyHistoryCvd: fc.boolean(),
  pregnant: fc.constant(false),
  conditions: fc.constantFrom([], ['type-2-diabetes' as const]),
});

describe('CVD-01 over all inputs', () => {
  it('is total within its ranges, between 0 and 100, figure and category agreeing', () => {
    fc.assert(
      fc.property(person, (facts) => {
        const { percent, exactPercent, category } = risk(facts);
        expect(exactPercent).toBeGreaterThanOrEqual(0);
        expect(exactPercent).toBeLessThanOrEqual(100);
        expect(category).toBe(percent >= 10 ? 'high' : percent >= 5 ? 'moderate' : 'low');
      }),
    );
  });
  it('is lower without diabetes, and lower in the south', () => {
    fc.assert(
      fc.property(person, (facts) => {
        const here = risk(facts).exactPercent;
        expect(risk({ ...facts, conditions: [] }).exactPercent).toBeLessThanOrEqual(here);
        expect(risk({ ...facts, north: false }).exactPercent).toBeLessThanOrEqual(here);
      }),
    );
  });
  it('never answers when one input is taken away', () => {
    const needed = [
      'sex',
      'ageYears',
      'north',
      'waistCm',
      'totalCholesterol',
      'hdl',
      'sbp',
      'smoker',
    ] as const;
    fc.assert(
      fc.property(person, fc.constantFrom(...needed), (facts, name) => {
        expect(estimateTenYearRisk({ ...facts, [name]: undefined }, day).kind).toBe('undecided');
      }),
    );
  });
  it('never throws on wild figures', () => {
    fc.assert(
      fc.property(person, fc.double(), fc.double(), (facts, sbp, hdl) => {
        estimateTenYearRisk({ ...facts, sbp, hdl }, day);
        judgeLifetimeRisk({ ageYears: 40, category: 'low', sbp, hdl }, day);
      }),
    );
  });
});
