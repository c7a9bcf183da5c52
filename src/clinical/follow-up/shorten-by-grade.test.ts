import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decided } from '#kernel/decision.ts';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { shortenByGrade } from './shorten-by-grade.ts';

const day = plainDate('2026-01-05');
const rule = { id: 'HTN-14', edition: 'PHS-3', clause: '', certainty: 'found' } as const;
const plan = (ahead: number) =>
  decided(rule, {
    kind: 'routine' as const,
    proposedOn: addDays(day, ahead),
    latestOn: addDays(day, ahead + 10),
  });

describe('分级的随访间隔', () => {
  it('brings a routine visit forward and says why', () => {
    const shorter = shortenByGrade(plan(90), day, { colour: 'yellow', everyDays: 30 });
    expect(shorter).toMatchObject({ value: { proposedOn: '2026-02-04', latestOn: '2026-04-15' } });
    expect(shorter.kind === 'decided' && shorter.reasons.map((one) => one.code)).toEqual(['by-grade']);
  });
  it('leaves an ungraded person and a sooner recheck alone', () => {
    expect(shortenByGrade(plan(90), day, undefined)).toEqual(plan(90));
    expect(shortenByGrade(plan(14), day, { colour: 'yellow', everyDays: 30 })).toEqual(plan(14));
  });
  it('is never later than the norm, whatever the county sets', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 366 }), (ahead, everyDays) => {
        const result = shortenByGrade(plan(ahead), day, { colour: 'red', everyDays });
        if (result.kind === 'undecided') throw new Error('stays decided');
        expect(result.value.proposedOn <= addDays(day, ahead)).toBe(true);
        expect(result.value.latestOn).toBe(addDays(day, ahead + 10));
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
