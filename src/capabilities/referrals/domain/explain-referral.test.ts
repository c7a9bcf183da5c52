import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { explainReferral, type ReferralFacts } from './explain-referral.ts';
import { referralDefinitions, referralFigures } from './referral-figures.ts';

const sentOn = plainDate('2026-10-12');
const sent: ReferralFacts = {
  state: 'requested',
  urgency: 'routine',
  direction: 'up',
  isFound: false,
  sentAt: '2026-10-12T02:00:00Z',
  sentOn,
  isLate: false,
  acceptedAt: null,
  arrivedAt: null,
  returnedAt: null,
  takenOnAt: null,
  isManaged: true,
  followedUpOn: null,
  followUpBy: addDays(sentOn, 14),
  isFollowUpOver: true,
};
const sidesOf = (more: Partial<ReferralFacts>) =>
  Object.fromEntries(
    referralFigures.map((figure) => [figure, explainReferral(figure, { ...sent, ...more }).side]),
  );

describe('where a referral stands', () => {
  it('one that waits', () => {
    expect(sidesOf({})).toEqual({
      sent: 'in',
      up: 'in',
      down: 'out',
      green: 'out',
      accepted: 'out',
      declined: 'out',
      late: 'out',
      withdrawn: 'out',
      arrived: 'out',
      'not-arrived': 'out',
      returned: 'excluded',
      'taken-on': 'excluded',
      'followed-up': 'out',
    });
    expect(sidesOf({ isLate: true }).late).toBe('in');
  });

  it('one that was withdrawn: in what was sent and withdrawn, out of every number, in no denominator', () => {
    const sides = sidesOf({ state: 'withdrawn', acceptedAt: '2026-10-12T03:00:00Z', isLate: true });
    for (const { figure, denominator } of referralDefinitions(14)) {
      const expected =
        figure === 'sent' || figure === 'withdrawn' ? 'in' : denominator === null ? 'out' : 'excluded';
      expect(sides[figure], figure).toBe(expected);
    }
  });

  it('one that went all the way', () => {
    const whole = {
      state: 'taken-on',
      acceptedAt: '2026-10-12T02:08:00Z',
      arrivedAt: '2026-10-13T02:00:00Z',
      returnedAt: '2026-10-16T02:00:00Z',
      takenOnAt: '2026-10-16T04:30:00Z',
    } as const;
    expect(sidesOf(whole)).toMatchObject({
      down: 'in',
      accepted: 'in',
      arrived: 'in',
      returned: 'in',
      'taken-on': 'in',
    });
    const told = (figure: 'accepted' | 'arrived' | 'returned' | 'taken-on') =>
      explainReferral(figure, { ...sent, ...whole }).text;
    expect(told('accepted')).toBe('发出 8 分钟后接受');
    expect(told('arrived')).toBe('发出 24 小时后到位');
    expect(told('returned')).toBe('到位 3 天后回转');
    expect(told('taken-on')).toBe('回转 2 小时 30 分后接续');
  });

  it('one sent to an equal, and one sent out of the county', () => {
    expect(sidesOf({ direction: 'across', returnedAt: '2026-10-16T02:00:00Z' })).toMatchObject({
      up: 'out',
      down: 'out',
      'followed-up': 'excluded',
    });
    expect(sidesOf({ direction: 'outside' })).toMatchObject({
      up: 'in',
      accepted: 'excluded',
      late: 'excluded',
      'followed-up': 'out',
    });
  });

  it.each([
    [1, 'in'],
    [14, 'in'],
    [15, 'out'],
  ])('followed up on day %i: %s', (day, side) => {
    const followedUpOn = addDays(sentOn, day);
    expect(explainReferral('followed-up', { ...sent, followedUpOn })).toEqual({
      side,
      text: expect.stringContaining(`第 ${day} 天（${followedUpOn}）随访`),
    });
  });

  it('nobody is judged before the days are over, nor whoever was not managed', () => {
    const followedUpOn = addDays(sentOn, 1);
    expect(explainReferral('followed-up', { ...sent, followedUpOn, isFollowUpOver: false }).side).toBe(
      'excluded',
    );
    expect(explainReferral('followed-up', { ...sent, followedUpOn, isManaged: false }).side).toBe('excluded');
  });
});
