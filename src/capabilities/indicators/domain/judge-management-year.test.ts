import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, epochDayOf, fromEpochDay, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { type CountedVisit, judgeManagementYear, type ManagementYearFacts } from './judge-management-year.ts';

const on = (day: string, more: Partial<CountedVisit> = {}): CountedVisit => ({
  on: plainDate(day),
  faceToFace: true,
  complete: true,
  sbp: 132,
  dbp: 82,
  controlledStatutory: true,
  controlledClinical: false,
  ...more,
});

const phone = { faceToFace: false } as const;

const person = (more: Partial<ManagementYearFacts>): ManagementYearFacts => ({
  year: 2025,
  asOf: plainDate('2025-12-31'),
  enrolledOn: plainDate('2024-05-01'),
  closedOn: null,
  closeReason: null,
  visits: [],
  checkups: [],
  ...more,
});

const exam = [plainDate('2025-05-20')];
const quarterly = [on('2025-02-10'), on('2025-05-10'), on('2025-08-10'), on('2025-11-10')];

describe('规范管理 (policy B) at year end: ten residents counted by hand', () => {
  const residents: [string, Partial<ManagementYearFacts>, boolean][] = [
    ['1 enrolled the year before, four quarters, checkup', { visits: quarterly, checkups: exam }, true],
    [
      '2 enrolled in May, three visits, checkup',
      {
        enrolledOn: plainDate('2025-05-10'),
        visits: [on('2025-05-10'), on('2025-08-09'), on('2025-11-09')],
        checkups: exam,
      },
      true,
    ],
    [
      '3 enrolled 20 August, two visits, under six months so no checkup asked',
      { enrolledOn: plainDate('2025-08-20'), visits: [on('2025-08-25'), on('2025-10-25')] },
      true,
    ],
    [
      '4 enrolled 30 November, one visit',
      { enrolledOn: plainDate('2025-11-30'), visits: [on('2025-12-10')] },
      true,
    ],
    [
      '5 four visits crowded into January to April',
      { visits: [on('2025-01-10'), on('2025-02-10'), on('2025-03-10'), on('2025-04-10')], checkups: exam },
      false,
    ],
    [
      '6 three face to face and four by telephone',
      {
        visits: [
          on('2025-02-10'),
          on('2025-05-10'),
          on('2025-08-10'),
          ...['01', '04', '07', '11'].map((m) => on(`2025-${m}-20`, phone)),
        ],
        checkups: exam,
      },
      false,
    ],
    [
      '7 died on 15 June with two visits',
      {
        closedOn: plainDate('2025-06-15'),
        closeReason: 'dead',
        visits: [on('2025-02-10'), on('2025-05-10')],
        checkups: exam,
      },
      true,
    ],
    ['8 four visits and no checkup', { visits: quarterly }, false],
    [
      '9 two visits six days apart count once',
      { visits: [...quarterly.slice(0, 3), on('2025-08-16')], checkups: exam },
      false,
    ],
    [
      '10 an incomplete sheet does not count',
      { visits: [...quarterly.slice(0, 3), on('2025-11-10', { complete: false })], checkups: exam },
      false,
    ],
  ];
  it.each(residents)('%s', (_title, facts, standard) => {
    const judged = judgeManagementYear(person(facts));
    expect(judged.managed).toBe(true);
    expect({ standard: judged.standard, why: judged.standardReasons }).toMatchObject({ standard });
    expect(judged.standardReasons.length).toBeGreaterThan(0);
  });

  it('leaves a wrong diagnosis out of numerator and denominator', () => {
    const judged = judgeManagementYear(
      person({
        closedOn: plainDate('2025-06-15'),
        closeReason: 'wrong-diagnosis',
        visits: quarterly,
        checkups: exam,
      }),
    );
    expect(judged.managed).toBe(false);
  });

  it('counts a person closed on 1 January and not one closed the day before', () => {
    const close = (day: string) => person({ closedOn: plainDate(day), closeReason: 'moved' });
    expect(judgeManagementYear(close('2025-01-01')).managed).toBe(true);
    expect(judgeManagementYear(close('2024-12-31')).managed).toBe(false);
  });
});

describe('running value during the year', () => {
  it('asks nothing of the first quarter before it ends, and one visit on its last day', () => {
    const facts = (asOf: string) => person({ asOf: plainDate(asOf), checkups: [plainDate('2024-11-01')] });
    expect(judgeManagementYear(facts('2025-03-30')).standard).toBe(true);
    expect(judgeManagementYear(facts('2025-03-31')).standardReasons.map((r) => r.code)).toContain(
      'no-visit-q1',
    );
  });

  it('accepts last year’s checkup for twelve months during the year, but not on 31 December', () => {
    const facts = (asOf: string) =>
      person({ asOf: plainDate(asOf), visits: quarterly, checkups: [plainDate('2024-12-10')] });
    expect(judgeManagementYear(facts('2025-12-10')).standard).toBe(true);
    expect(judgeManagementYear(facts('2025-12-11')).standard).toBe(false);
    const november = person({ visits: quarterly, checkups: [plainDate('2024-12-31')] });
    expect(judgeManagementYear(november).standard).toBe(false);
  });
});

describe('血压控制', () => {
  it('takes the last visit of the year, by telephone too', () => {
    const judged = judgeManagementYear(
      person({
        visits: [...quarterly, on('2025-12-01', { ...phone, controlledStatutory: false, sbp: 152 })],
      }),
    );
    expect(judged.controlledStatutory).toBe(false);
    expect(judged.lastVisit?.sbp).toBe(152);
  });

  it('counts a person without a visit as not controlled', () => {
    expect(judgeManagementYear(person({})).controlledStatutory).toBe(false);
  });

  it('ignores a visit after closing', () => {
    const judged = judgeManagementYear(
      person({ closedOn: plainDate('2025-03-01'), closeReason: 'moved', visits: [on('2025-05-10')] }),
    );
    expect(judged.lastVisit).toBeNull();
  });
});

describe('how long a judgement holds', () => {
  const day = (from: string, to: string): fc.Arbitrary<PlainDate> =>
    fc.integer({ min: epochDayOf(plainDate(from)), max: epochDayOf(plainDate(to)) }).map(fromEpochDay);
  const visit = day('2024-01-01', '2025-12-31').map((d) => on(d));
  const facts = fc.record({
    year: fc.constant(2025),
    asOf: day('2025-01-01', '2026-03-01'),
    enrolledOn: day('2023-01-01', '2025-12-31'),
    closedOn: fc.option(day('2024-06-01', '2026-01-31')),
    visits: fc.array(visit, { maxLength: 7 }),
    checkups: fc.array(day('2023-06-01', '2025-12-31'), { maxLength: 3 }),
  });
  const verdictOf = (f: ManagementYearFacts) => {
    const { managed, standard, controlledStatutory, lastVisit } = judgeManagementYear(f);
    return { managed, standard, controlledStatutory, lastOn: lastVisit?.on };
  };

  it('is the same on every day up to validThrough', () => {
    fc.assert(
      fc.property(facts, fc.nat(400), (f, ahead) => {
        const given = { ...f, closeReason: f.closedOn === null ? null : 'moved' };
        const judged = judgeManagementYear(given);
        const later = addDays(given.asOf, ahead);
        if (later > judged.validThrough) return;
        expect(verdictOf({ ...given, asOf: later })).toEqual(verdictOf(given));
      }),
      { numRuns: 2000, seed: 20261124 },
    );
  });

  it('does not depend on the order of visits', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const given = { ...f, closeReason: f.closedOn === null ? null : 'moved' };
        expect(verdictOf({ ...given, visits: given.visits.toReversed() })).toEqual(verdictOf(given));
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
