import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { testRules } from '#test/support/rule-cases.ts';
import type { Condition } from '../conditions.ts';
import { type CardiacDrug, cardiacDrugLabels } from './cardiac-drugs.ts';
import { checkCoronaryDrugs } from './check-coronary-drugs.ts';
import { checkFailureDrugs } from './check-failure-drugs.ts';
import { judgeWeightGain } from './judge-weight-gain.ts';
import { type CoronaryFacts, reviewCoronaryDisease } from './review-coronary-disease.ts';
import { heartRules } from './rules.ts';
import { scoreFibrillationStroke } from './score-fibrillation-stroke.ts';

testRules(heartRules);

const day = plainDate('2026-01-05');
const drug = fc.constantFrom(...(Object.keys(cardiacDrugLabels) as CardiacDrug[]));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const history = fc.subarray<Condition>([
  'heart-failure',
  'hypertension',
  'type-2-diabetes',
  'ischaemic-stroke',
  'myocardial-infarction',
  'stable-angina',
  'revascularization',
]);

describe('AF-01 over all inputs', () => {
  it('stays within 0–9, grows with age, and the 60 version is never lower', () => {
    const sex = fc.constantFrom('male' as const, 'female' as const);
    fc.assert(
      fc.property(fc.integer({ min: 18, max: 119 }), sex, history, (ageYears, who, more) => {
        const at = (age: number) => {
          const conditions: Condition[] = ['atrial-fibrillation', ...more];
          const decision = scoreFibrillationStroke({ ageYears: age, sex: who, conditions }, day);
          if (decision.kind === 'undecided') throw new Error(decision.missing.join());
          return decision.value;
        };
        const here = at(ageYears);
        expect(here.score).toBeGreaterThanOrEqual(0);
        expect(here.score).toBeLessThanOrEqual(9);
        expect(here.score60).toBeGreaterThanOrEqual(here.score);
        expect(at(ageYears + 1).score).toBeGreaterThanOrEqual(here.score);
        expect(at(ageYears + 1).score60).toBeGreaterThanOrEqual(here.score60);
      }),
    );
  });
});

describe('drug checks over all inputs', () => {
  it('never name as a gap what is taken or wholly contraindicated', () => {
    fc.assert(
      fc.property(
        history,
        fc.uniqueArray(drug),
        fc.uniqueArray(drug),
        maybe(fc.integer({ min: 0, max: 60 })),
        fc.integer({ min: 10, max: 70 }),
        (conditions, drugs, contraindicated, monthsSinceEvent, ejectionFraction) => {
          const facts = { conditions, drugs, contraindicated, monthsSinceEvent, ejectionFraction };
          for (const decision of [checkCoronaryDrugs(facts, day), checkFailureDrugs(facts, day)]) {
            if (decision.kind === 'undecided') continue;
            for (const gap of decision.value.gaps) {
              expect(drugs).not.toContain(gap);
              expect(contraindicated).not.toContain(gap);
            }
          }
        },
      ),
    );
  });
});

describe('HF-01-weight over all inputs', () => {
  it('never alerts less for more gain', () => {
    const order = ['none', 'orange', 'red'];
    const kg = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(kg, kg, kg, fc.boolean(), (gainDay, gainThreeDays, gainWeek, oedema) => {
        const at = (more: number) => {
          const facts = { gainDay, gainThreeDays: gainThreeDays + more, gainWeek, oedema, dyspnoea: false };
          const decision = judgeWeightGain(facts, day);
          if (decision.kind === 'undecided') throw new Error(decision.missing.join());
          return order.indexOf(decision.value);
        };
        expect(at(3)).toBeGreaterThanOrEqual(at(0));
      }),
    );
  });
});

describe('CHD-01 over all inputs', () => {
  it('never throws, and gives ninety days only when nothing is found', () => {
    const facts: fc.Arbitrary<CoronaryFacts> = fc.record({
      conditions: maybe(history),
      drugs: maybe(fc.uniqueArray(drug)),
      contraindicated: maybe(fc.uniqueArray(drug)),
      monthsSinceEvent: maybe(fc.double()),
      ldl: maybe(fc.double({ min: 0, max: 6 })),
      extremeRisk: maybe(fc.boolean()),
      sbp: maybe(fc.integer({ min: 0, max: 400 })),
      dbp: maybe(fc.integer({ min: 0, max: 300 })),
      heartRate: maybe(fc.integer()),
      smoker: maybe(fc.boolean()),
      restAngina: maybe(fc.boolean()),
      ccsNow: maybe(fc.integer({ min: -1, max: 5 })),
      moreFrequent: maybe(fc.boolean()),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const decision = reviewCoronaryDisease(given, day);
        if (decision.kind === 'undecided' || decision.value.nextContactDays === undefined) return;
        expect(decision.value).toMatchObject({ referral: 'none', gaps: [], notAtTarget: [] });
      }),
    );
  });
});
