import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import type { FollowUpClass } from '../follow-up/follow-up-class.ts';
import { classifyFollowUp, type FollowUpFacts } from './classify-follow-up.ts';
import { detectPressureCrisis } from './detect-pressure-crisis.ts';
import { judgePressureControl } from './judge-pressure-control.ts';
import { planNextVisit } from './plan-next-visit.ts';

const day = plainDate('2026-01-05');

const facts = (more: Partial<FollowUpFacts>): FollowUpFacts => ({
  sbp: 138,
  dbp: 88,
  ageYears: 58,
  dangerSigns: [],
  adverseReaction: false,
  newOrWorseComplication: false,
  previousClasses: [],
  ...more,
});

function classify(more: Partial<FollowUpFacts>) {
  const decision = classifyFollowUp(facts(more), day);
  if (decision.kind === 'undecided') throw new Error(`undecided: ${decision.missing.join()}`);
  return decision;
}

describe('血压达标, both tracks and both sides of each limit', () => {
  const controlled = (
    sbp: number,
    dbp: number,
    ageYears: number,
    track: 'public-health' | 'clinical',
    on = day,
  ) => {
    const decision = judgePressureControl({ sbp, dbp, ageYears }, on, track);
    return decision.kind === 'decided' && decision.value === 'controlled';
  };
  it.each([
    [139, 89, 64, true],
    [140, 89, 64, false],
    [139, 90, 64, false],
    [149, 89, 65, true],
    [150, 89, 65, false],
    [148, 90, 70, false],
  ])('公卫口径 %i/%i at %i', (sbp, dbp, age, expected) => {
    expect(controlled(sbp, dbp, age, 'public-health')).toBe(expected);
  });
  it.each([
    [129, 79, 58, true],
    [130, 79, 58, false],
    [129, 80, 58, false],
    [129, 79, 79, true],
    [146, 86, 70, false],
    [149, 89, 80, true],
    [150, 89, 80, false],
  ])('临床目标 %i/%i at %i', (sbp, dbp, age, expected) => {
    expect(controlled(sbp, dbp, age, 'clinical')).toBe(expected);
  });
  it('uses the guideline in force on the day', () => {
    expect(controlled(136, 84, 58, 'clinical', plainDate('2025-08-31'))).toBe(true);
    expect(controlled(136, 84, 58, 'clinical', plainDate('2025-09-01'))).toBe(false);
  });
  it('names what is missing', () => {
    expect(judgePressureControl({ sbp: 130 }, day, 'clinical')).toMatchObject({
      kind: 'undecided',
      missing: ['舒张压', '年龄'],
    });
  });
});

describe('危急', () => {
  it.each([
    [179, 109, false],
    [180, 100, true],
    [170, 110, true],
  ])('%i/%i', (sbp, dbp, expected) => {
    expect(detectPressureCrisis({ sbp, dbp, dangerSigns: [] }, day)).toMatchObject({ value: expected });
  });
  it('sees a danger sign at any pressure', () => {
    expect(classify({ dangerSigns: ['喘憋不能平卧'] }).value.state).toBe('crisis');
  });
  it('sees pregnancy with raised pressure', () => {
    expect(classify({ ageYears: 30, sbp: 142, dbp: 88, pregnantOrLactating: true }).value.state).toBe(
      'crisis',
    );
    expect(classify({ ageYears: 30, sbp: 132, dbp: 84, pregnantOrLactating: true }).value.state).toBe(
      'satisfied',
    );
  });
});

describe('此次随访分类', () => {
  it.each([
    ['58 y 138/88', {}, 1, 'satisfied', false],
    ['70 y 148/88', { ageYears: 70, sbp: 148 }, 1, 'satisfied', false],
    ['70 y 148/92', { ageYears: 70, sbp: 148, dbp: 92 }, 2, 'unsatisfied', false],
    ['152/88 first time', { sbp: 152 }, 2, 'unsatisfied', false],
    ['152/88 again', { sbp: 152, previousClasses: [2] as FollowUpClass[] }, 2, 'unsatisfied', true],
    [
      '152/88 after a satisfied visit',
      { sbp: 152, previousClasses: [1, 2, 2] as FollowUpClass[] },
      2,
      'unsatisfied',
      false,
    ],
    ['reaction first time', { adverseReaction: true }, 3, 'adverse-reaction', false],
    [
      'reaction after uncontrolled',
      { adverseReaction: true, previousClasses: [2] as FollowUpClass[] },
      3,
      'adverse-reaction',
      true,
    ],
    [
      '136/84 and a new complication',
      { sbp: 136, dbp: 84, newOrWorseComplication: true },
      4,
      'complication',
      true,
    ],
    ['182/96', { sbp: 182, dbp: 96 }, 2, 'crisis', true],
  ] as const)('%s', (_title, more, formClass, state, refer) => {
    expect(classify(more).value).toMatchObject({ formClass, state, refer });
  });
  it('does not decide without an answer on reactions', () => {
    expect(classifyFollowUp(facts({ adverseReaction: undefined }), day)).toMatchObject({
      missing: ['药物不良反应'],
    });
  });
});

describe('下次随访', () => {
  const plan = (more: Partial<FollowUpFacts>) => {
    const decision = planNextVisit(classify(more).value, day);
    if (decision.kind === 'undecided') throw new Error('always decided');
    return decision.value;
  };
  it('is three months after a satisfied visit and two weeks after any other', () => {
    expect(plan({})).toEqual({ kind: 'routine', proposedOn: '2026-04-05', latestOn: '2026-04-15' });
    expect(plan({ sbp: 152 })).toEqual({ kind: 'recheck', proposedOn: '2026-01-19', latestOn: '2026-01-19' });
    expect(plan({ sbp: 152, previousClasses: [2] }).kind).toBe('refer');
    expect(plan({ sbp: 185 }).kind).toBe('crisis');
  });
});

describe('laws', () => {
  const reading = fc.record({
    sbp: fc.integer({ min: 60, max: 240 }),
    dbp: fc.integer({ min: 40, max: 140 }),
    ageYears: fc.integer({ min: 35, max: 110 }),
    adverseReaction: fc.boolean(),
    newOrWorseComplication: fc.boolean(),
    previousClasses: fc.array(fc.constantFrom<FollowUpClass>(1, 2, 3, 4), { maxLength: 4 }),
  });
  it('a higher pressure is never more controlled, and never a milder class or a later date', () => {
    fc.assert(
      fc.property(reading, fc.nat(60), fc.nat(60), (given, more, moreDbp) => {
        const [low, high] = [
          classify(given),
          classify({ ...given, sbp: given.sbp + more, dbp: given.dbp + moreDbp }),
        ];
        expect(high.value.formClass).toBeGreaterThanOrEqual(low.value.formClass);
        expect(Number(high.value.refer)).toBeGreaterThanOrEqual(Number(low.value.refer));
        const on = (c: typeof low) => {
          const decision = planNextVisit(c.value, day);
          return decision.kind === 'decided' ? decision.value.proposedOn : addDays(day, 9999);
        };
        expect(on(high) <= on(low)).toBe(true);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
  it('is always decided when the facts are complete, with at least one reason', () => {
    fc.assert(
      fc.property(reading, (given) => {
        expect(classify(given).reasons.length).toBeGreaterThan(0);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
