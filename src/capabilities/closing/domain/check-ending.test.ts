import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { checkEnding, type EndingFacts } from './check-ending.ts';
import { checkLoss } from './check-loss.ts';

const today = plainDate('2026-11-24');
const facts = (more: Partial<EndingFacts>): EndingFacts => ({
  kind: 'lost',
  onDay: today,
  today,
  birthDate: plainDate('1950-01-01'),
  source: '',
  note: '',
  reviewOn: undefined,
  destination: undefined,
  attemptDays: [],
  reachedOn: undefined,
  lastSeenOn: undefined,
  ...more,
});
const days = (...list: string[]) => list.map(plainDate);
const codes = (more: Partial<EndingFacts>) => checkEnding(facts(more)).map((one) => one.code);

describe('ending a record', () => {
  it('writes nobody down as lost before three attempts on different days within the window', () => {
    expect(codes({ attemptDays: days('2026-11-01', '2026-11-08', '2026-11-15') })).toEqual([]);
    expect(codes({ attemptDays: days('2026-11-01', '2026-11-08') })).toEqual(['too-few']);
    expect(codes({ attemptDays: days('2026-11-01', '2026-11-08', '2026-11-08') })).toEqual(['too-few']);
    expect(codes({ attemptDays: days('2026-05-28', '2026-11-08', '2026-11-09') })).toEqual([]);
    expect(codes({ attemptDays: days('2026-05-27', '2026-11-08', '2026-11-09') })).toEqual(['too-few']);
  });

  it('reckons the attempts back from the day of the loss, and none after it', () => {
    const onDay = plainDate('2026-11-20');
    expect(codes({ onDay, attemptDays: days('2026-05-24', '2026-11-08', '2026-11-20') })).toEqual([]);
    expect(codes({ onDay, attemptDays: days('2026-05-23', '2026-11-08', '2026-11-20') })).toEqual([
      'too-few',
    ]);
    expect(codes({ onDay, attemptDays: days('2026-05-24', '2026-11-08', '2026-11-21') })).toEqual([
      'too-few',
    ]);
    expect(codes({ onDay: plainDate('1949-12-31') })).toEqual(['before-birth']);
    expect(
      checkLoss({ attemptDays: days('2026-11-08', '2026-11-08'), reachedOn: undefined }, onDay)?.message,
    ).toMatch(/须有 3 次.*2026-05-24 至 2026-11-20 已记 1 次，还差 2 次。.*记录联系/);
  });

  it('asks a death for its source and lets nobody die before a visit face to face', () => {
    expect(codes({ kind: 'dead' })).toEqual(['missing']);
    expect(codes({ kind: 'dead', source: 'family' })).toEqual([]);
    expect(codes({ kind: 'dead', source: 'family', lastSeenOn: today })).toEqual([]);
    expect(
      codes({ kind: 'dead', source: 'family', onDay: plainDate('2026-11-23'), lastSeenOn: today }),
    ).toEqual(['seen-later']);
    expect(codes({ kind: 'dead', source: 'family', onDay: plainDate('2026-11-25') })).toEqual(['future']);
    expect(codes({ kind: 'dead', source: 'family', onDay: plainDate('1949-12-31') })).toEqual([
      'before-birth',
    ]);
  });

  it('asks a move for where, a refusal for why and when to ask again', () => {
    expect(codes({ kind: 'moved' })).toEqual(['missing']);
    expect(codes({ kind: 'moved', destination: '外省' })).toEqual([]);
    expect(codes({ kind: 'refused', note: '不愿意', reviewOn: plainDate('2027-05-01') })).toEqual([]);
    expect(codes({ kind: 'refused', note: '不愿意', reviewOn: today })).toEqual(['out-of-range']);
    expect(codes({ kind: 'refused', reviewOn: plainDate('2027-05-01') })).toEqual(['missing']);
  });
});
