import { describe, expect, it } from 'vitest';
import {
  deedsOpen,
  doneForSender,
  missingWord,
  openToReceiver,
  type ReferralState,
  referralDeedNames,
  referralDeeds,
  referralStates,
  refuseDeed,
} from './referral-states.ts';

const states = Object.keys(referralStates) as ReferralState[];

describe('a referral', () => {
  it('is answered once: accepted or declined, then whether the person came', () => {
    expect(deedsOpen('requested', 'received')).toEqual(['accept', 'decline']);
    expect(deedsOpen('accepted', 'received')).toEqual(['arrive', 'not-arrive']);
    expect(deedsOpen('not-arrived', 'received')).toEqual(['arrive']);
    expect(deedsOpen('declined', 'received')).toEqual([]);
  });

  it('comes back once the person has come, and ends when the sender goes on', () => {
    expect(deedsOpen('arrived', 'received')).toEqual(['return']);
    expect(deedsOpen('returned', 'sent')).toEqual(['take-on']);
    expect(deedsOpen('returned', 'received')).toEqual([]);
  });

  it('is taken back by its sender until the person has come', () => {
    const may = states.filter((state) => deedsOpen(state, 'sent').includes('withdraw'));
    expect(may).toEqual(['requested', 'accepted', 'declined', 'not-arrived']);
  });

  it('says why it cannot be done, with the state it stands in', () => {
    expect(refuseDeed('accept', 'requested')).toBeUndefined();
    expect(refuseDeed('accept', 'accepted')).toBe('这份转诊已接受，不能再“接受”。');
    expect(missingWord('decline', ' ')).toContain('拒收');
    expect(missingWord('decline', '无床位')).toBeUndefined();
    expect(missingWord('accept', '')).toBeUndefined();
  });

  it('never stays open on a side that can do nothing more with it, unless the other side can', () => {
    for (const state of states) {
      const mayAnybody = [...deedsOpen(state, 'received'), ...deedsOpen(state, 'sent')].length > 0;
      expect(mayAnybody, state).toBe(!doneForSender.includes(state));
    }
    // Each state but the first is reached by a deed, and what the receiver has to do is within its reach.
    const reached = new Set<string>(referralDeedNames.map((deed) => referralDeeds[deed].to));
    expect(openToReceiver.filter((state) => state !== 'requested' && !reached.has(state))).toEqual([]);
  });

  it('of somebody the hospital found is accepted and taken on by the house that received it, and never sent back', () => {
    const found = { isFound: true };
    expect(deedsOpen('requested', 'received', found)).toEqual(['accept', 'decline']);
    expect(deedsOpen('accepted', 'received', found)).toEqual(['not-arrive', 'take-on']);
    expect(deedsOpen('not-arrived', 'received', found)).toEqual(['take-on']);
    expect(deedsOpen('declined', 'sent', found)).toEqual(['withdraw']);
    expect(deedsOpen('accepted', 'sent', found)).toEqual(['withdraw']);
    expect(refuseDeed('arrive', 'accepted', found)).toBe('这份转诊已接受，不能“到位”。');
    expect(refuseDeed('take-on', 'requested', found)).toContain('确认接续');
    expect(missingWord('take-on', '', found)).toContain('确认接续');
    expect(missingWord('take-on', '')).toBeUndefined();
  });
});
