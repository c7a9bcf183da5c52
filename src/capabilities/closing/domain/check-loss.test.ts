import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { checkLoss, weighAttempts } from './check-loss.ts';
import { lastReachedOn } from './last-reached.ts';

const days = (...list: string[]) => list.map(plainDate);
const onDay = plainDate('2026-11-24');
const attemptDays = days('2026-11-02', '2026-11-09', '2026-11-16');

describe('attempts before a person was reached', () => {
  const missing = (reachedOn: string | undefined, tried = attemptDays) =>
    weighAttempts({ attemptDays: tried, reachedOn: reachedOn ? plainDate(reachedOn) : undefined }, onDay)
      .missing;

  it('count for nothing afterwards: up to the day itself, and no longer from the day after', () => {
    expect(missing(undefined)).toBe(0);
    expect(missing('2026-11-01')).toBe(0);
    expect(missing('2026-11-02')).toBe(1);
    expect(missing('2026-11-08')).toBe(1);
    expect(missing('2026-11-16')).toBe(3);
    expect(missing('2026-11-17')).toBe(3);
    expect(missing('2026-11-02', days('2026-11-03', '2026-11-09', '2026-11-16'))).toBe(0);
  });

  it('nor does somebody get lost on a day before or on which they were reached', () => {
    expect(missing('2026-11-24')).toBe(3);
    expect(missing('2026-11-25')).toBe(3);
  });

  it('leave the window as it is where the person was reached before it', () => {
    const { from, reachedOn } = weighAttempts({ attemptDays, reachedOn: plainDate('2026-05-27') }, onDay);
    expect([from, reachedOn]).toEqual(['2026-05-28', undefined]);
  });

  it('are told with the day the person was reached', () => {
    const told = (reachedOn: string) =>
      checkLoss({ attemptDays, reachedOn: plainDate(reachedOn) }, onDay)?.message;
    expect(told('2026-11-08')).toMatch(
      /2026-11-08 已联系上本人，当日及以前的联系尝试不再计；2026-11-09 至 2026-11-24 已记 2 次，还差 1 次/,
    );
    expect(told('2026-11-24')).toMatch(/2026-11-24 已联系上本人，不能登记 2026-11-24 失访/);
  });
});

describe('a person was reached', () => {
  const last = (form: string, mode: string | null, on = '2026-11-10') =>
    lastReachedOn([{ on: plainDate(on), form, mode }], undefined, onDay);

  it.each([
    ['hypertension-follow-up', 'home'],
    ['hypertension-follow-up', 'clinic'],
    ['type-2-diabetes-follow-up', 'telephone'],
    ['annual-checkup', null],
    ['first-visit-blood-pressure', null],
    ['encounter-note', null],
  ])('by %s (%s)', (form, mode) => expect(last(form, mode)).toBe('2026-11-10'));

  it.each(['archive-card', 'archive-cover', 'referral-out', 'death-certificate', 'tumour-card'])(
    'not by %s, which is filled without them',
    (form) => expect(last(form, null)).toBeUndefined(),
  );

  it('on the latest of all days, the return after a loss among them', () => {
    const sheets = [
      { on: plainDate('2026-03-01'), form: 'annual-checkup', mode: null },
      { on: plainDate('2026-11-10'), form: 'copd-follow-up', mode: 'home' },
      { on: plainDate('2026-11-20'), form: 'referral-out', mode: null },
    ];
    expect(lastReachedOn(sheets, undefined, onDay)).toBe('2026-11-10');
    expect(lastReachedOn(sheets, plainDate('2026-11-12'), onDay)).toBe('2026-11-12');
    expect(lastReachedOn(sheets, plainDate('2026-11-09'), onDay)).toBe('2026-11-10');
    expect(lastReachedOn([], undefined, onDay)).toBeUndefined();
  });
});
