import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { testRules } from '#test/support/rule-cases.ts';
import { classifyKidneyDisease } from './classify-kidney-disease.ts';
import { estimateFiltration } from './estimate-filtration.ts';
import { findKidneyReferral } from './find-kidney-referral.ts';
import { kidneyRules } from './rules.ts';

testRules(kidneyRules);

const day = plainDate('2026-01-05');
const sex = fc.constantFrom('male' as const, 'female' as const);
const equation = fc.constantFrom('ckd-epi-2009' as const, 'ckd-epi-2021' as const);

describe('CKD-01 over all inputs', () => {
  const egfr = (facts: Parameters<typeof estimateFiltration>[0]) => {
    const decision = estimateFiltration(facts, day);
    if (decision.kind === 'undecided') throw new Error(decision.missing.join());
    return decision.value.egfr;
  };
  it('falls as creatinine or age rises', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 15, max: 2499 }),
        fc.integer({ min: 18, max: 119 }),
        sex,
        equation,
        (creatinine, ageYears, who, by) => {
          const here = egfr({ creatinine, ageYears, sex: who, equation: by });
          expect(egfr({ creatinine: creatinine + 1, ageYears, sex: who, equation: by })).toBeLessThan(here);
          expect(egfr({ creatinine, ageYears: ageYears + 1, sex: who, equation: by })).toBeLessThan(here);
        },
      ),
    );
  });
  it('never throws', () => {
    fc.assert(
      fc.property(fc.option(fc.double(), { nil: undefined }), fc.double(), (creatinine, ageYears) => {
        estimateFiltration({ creatinine, ageYears, sex: 'male' }, day);
        classifyKidneyDisease({ egfr: creatinine, acr: ageYears }, day);
        findKidneyReferral({ egfr: creatinine, acr: ageYears, potassium: creatinine }, day);
      }),
    );
  });
});

describe('CKD-02 over all inputs', () => {
  const order = ['low', 'moderate', 'high', 'very-high'];
  it('is total within range, and never milder for a lower rate or more albumin', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 249, noNaN: true }),
        fc.double({ min: 0, max: 19000, noNaN: true }),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        (egfr, acr, more) => {
          const at = (rate: number, ratio: number) => {
            const decision = classifyKidneyDisease({ egfr: rate, acr: ratio }, day);
            if (decision.kind === 'undecided') throw new Error(decision.missing.join());
            return order.indexOf(decision.value.risk);
          };
          expect(at(egfr - 1, acr)).toBeGreaterThanOrEqual(at(egfr, acr));
          expect(at(egfr, acr + more)).toBeGreaterThanOrEqual(at(egfr, acr));
        },
      ),
    );
  });
});
