import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { joinNextVisits } from './join-next-visits.ts';

const day = plainDate('2026-01-05');
const join = (days: Readonly<Record<string, number>>, chosen?: number) => {
  const decision = joinNextVisits(
    Object.entries(days).map(([key, ahead]) => ({ key, proposedOn: addDays(day, ahead) })),
    day,
    chosen === undefined ? undefined : addDays(day, chosen),
  );
  if (decision.kind === 'undecided') throw new Error('has dates');
  return decision.value;
};

describe('合并随访日期', () => {
  it('takes the earliest and lets those due within two weeks come along', () => {
    expect(join({ htn: 90, dm: 90, copd: 90 })).toMatchObject({
      on: '2026-04-05',
      together: ['htn', 'dm', 'copd'],
    });
    expect(join({ htn: 14, dm: 28 })).toMatchObject({ on: '2026-01-19', together: ['htn', 'dm'] });
    expect(join({ htn: 14, dm: 29 })).toMatchObject({ together: ['htn'], byKey: { dm: '2026-02-03' } });
    expect(join({ htn: 14, dm: 90 })).toMatchObject({ byKey: { htn: '2026-01-19', dm: '2026-04-05' } });
  });
  it('follows the day the doctor chose', () => {
    expect(join({ htn: 90, dm: 90 }, 80)).toMatchObject({ on: addDays(day, 80), together: ['htn', 'dm'] });
  });
  it('says what is missing without any date', () => {
    expect(joinNextVisits([], day)).toMatchObject({ kind: 'undecided' });
  });
  it('never makes an interval longer', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 200 }), { minKeys: 1 }),
        (days) => {
          const joint = join(days);
          for (const [key, ahead] of Object.entries(days))
            expect((joint.byKey[key] ?? '') <= addDays(day, ahead)).toBe(true);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});
