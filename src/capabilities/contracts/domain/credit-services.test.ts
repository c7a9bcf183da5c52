import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { creditServices, summariseDeliveries } from './credit-services.ts';
import { audiencesOf, startingPackages } from './service-package.ts';

const from = plainDate('2026-01-01');
const contract = { validFrom: from, validTo: addDays(from, 365) };
const hypertension = startingPackages.filter((one) => one.code === 'hypertension');
const visit = (day: string, form = 'hypertension-follow-up') => ({
  recordId: day,
  form,
  on: plainDate(day),
});
const followUp = (services: ReturnType<typeof visit>[], today = '2026-06-30') =>
  creditServices(contract, hypertension, services, plainDate(today)).find(
    (one) => one.code === 'hypertension-follow-up',
  );

describe('services credited to a contract', () => {
  it('credits real visits of the term, tells the next by its share of the year, and what is late', () => {
    expect(followUp([])).toMatchObject({ planned: 4, done: 0, nextDueOn: '2026-04-02', isOverdue: true });
    expect(followUp([visit('2026-02-10')])).toMatchObject({
      done: 1,
      nextDueOn: '2026-07-03',
      isOverdue: false,
    });
    expect(followUp([visit('2026-02-10')], '2026-07-04')).toMatchObject({ isOverdue: true });
    expect(followUp([visit('2025-12-31'), visit('2027-01-02')])).toMatchObject({ done: 0 });
    expect(followUp([visit('2026-02-10', 'copd-follow-up')])).toMatchObject({ done: 0 });
    const five = ['01-05', '02-05', '03-05', '04-05', '05-05'].map((day) => visit(`2026-${day}`));
    expect(followUp(five)).toMatchObject({ done: 4, nextDueOn: null, isOverdue: false });
  });
  it('promises a service of two packages once', () => {
    const both = startingPackages.filter((one) => ['hypertension', 'copd'].includes(one.code));
    const items = creditServices(contract, both, [], from);
    expect(items.filter((one) => one.label === '年度健康体检')).toHaveLength(1);
  });
  it('never counts more than promised, and never less for another service', () => {
    const day = fc.integer({ min: 0, max: 365 }).map((n) => visit(addDays(from, n)));
    fc.assert(
      fc.property(fc.array(day, { maxLength: 12 }), day, (services, more) => {
        const today = addDays(from, 365);
        const before = creditServices(contract, hypertension, services, today);
        const after = creditServices(contract, hypertension, [...services, more], today);
        for (const [index, one] of after.entries()) {
          expect(one.done).toBeLessThanOrEqual(one.planned);
          expect(one.done).toBeGreaterThanOrEqual(before[index]?.done ?? 0);
        }
        const sum = summariseDeliveries(after);
        expect(sum.done).toBeLessThanOrEqual(sum.planned);
        expect(sum.nextDueOn === null).toBe(sum.done === sum.planned);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
  it('fits packages to the person', () => {
    expect(audiencesOf({ ageYears: 64, programs: ['hypertension'] })).toEqual(['general', 'hypertension']);
    expect(audiencesOf({ ageYears: 65, programs: [] })).toEqual(['general', 'elder']);
  });
});
