import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { testRules } from '#test/support/rule-cases.ts';
import { strokeRules } from './rules.ts';
import { type StrokeScreenFacts, screenStrokeRisk } from './screen-stroke-risk.ts';
import { type StrokeSign, strokeSigns, triageStrokeSigns } from './triage-stroke-signs.ts';

testRules(strokeRules);

const day = plainDate('2026-01-05');

const person: fc.Arbitrary<StrokeScreenFacts> = fc.record({
  ageYears: fc.integer({ min: 40, max: 110 }),
  sbp: fc.integer({ min: 100, max: 220 }),
  dbp: fc.integer({ min: 40, max: 90 }),
  pressureTreated: fc.boolean(),
  valvularDisease: fc.boolean(),
  smoker: fc.boolean(),
  dyslipidaemia: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
  active: fc.boolean(),
  bmi: fc.double({ min: 15, max: 45, noNaN: true }),
  familyHistoryStroke: fc.boolean(),
  conditions: fc.subarray(['hypertension', 'type-2-diabetes', 'atrial-fibrillation', 'tia'] as const),
});

const order = ['low', 'moderate', 'high'];

describe('STK-01 over all inputs', () => {
  const level = (facts: StrokeScreenFacts) => {
    const decision = screenStrokeRisk(facts, day);
    if (decision.kind === 'undecided') throw new Error(decision.missing.join());
    return order.indexOf(decision.value.level);
  };
  it('is total when complete, and never falls when a factor is added', () => {
    fc.assert(
      fc.property(person, (facts) => {
        const here = level(facts);
        expect(level({ ...facts, smoker: true })).toBeGreaterThanOrEqual(here);
        expect(level({ ...facts, sbp: 220 })).toBeGreaterThanOrEqual(here);
        expect(level({ ...facts, conditions: ['ischaemic-stroke'] })).toBe(2);
      }),
    );
  });
  it('answers an incomplete person only with high, and then as when complete', () => {
    fc.assert(
      fc.property(person, fc.subarray(['smoker', 'active', 'bmi', 'dyslipidaemia', 'sbp']), (facts, gone) => {
        const part = { ...facts, ...Object.fromEntries(gone.map((name) => [name, undefined])) };
        const decision = screenStrokeRisk(part, day);
        if (decision.kind === 'undecided') return;
        if (!decision.value.complete) expect(decision.value.level).toBe('high');
        expect(order.indexOf(decision.value.level)).toBe(level(facts));
      }),
    );
  });
});

describe('STK-02 over all inputs', () => {
  it('any sign that may be sudden is critical', () => {
    const signs = Object.keys(strokeSigns) as StrokeSign[];
    fc.assert(
      fc.property(
        fc.constantFrom(...signs),
        fc.record({ sudden: fc.constantFrom(true, undefined), minutesSinceOnset: fc.double() }),
        (sign, more) => {
          const decision = triageStrokeSigns({ ...more, [sign]: true }, day);
          expect(decision.kind === 'decided' && decision.value.severity).toBe('critical');
        },
      ),
    );
  });
});
