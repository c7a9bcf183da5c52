import { describe, expect, it } from 'vitest';
import {
  type ConsultationState,
  consultationDeedNames,
  consultationDeedsOpen,
  consultationStates,
  doneForAsking,
  missingConsultationWord,
  openToAsked,
  refuseConsultationDeed,
} from './consultation-states.ts';

const states = Object.keys(consultationStates) as ConsultationState[];

describe('a consultation', () => {
  it('is answered at once or after it was taken; whoever asked files the opinion, or takes the question back before', () => {
    expect(consultationDeedsOpen('requested', ['asked'])).toEqual(['answer', 'accept', 'decline']);
    expect(consultationDeedsOpen('accepted', ['asked'])).toEqual(['answer', 'decline']);
    expect(consultationDeedsOpen('requested', ['asking'])).toEqual(['withdraw']);
    expect(consultationDeedsOpen('answered', ['asking'])).toEqual(['file']);
    expect(consultationDeedsOpen('answered', ['asked'])).toEqual([]);
    expect(
      consultationDeedsOpen('requested', ['asked', 'asking']),
      'a department of one’s own house',
    ).toEqual(['answer', 'accept', 'decline', 'withdraw']);
  });

  it('leaves nothing to do where it has ended, and something to one side everywhere else', () => {
    for (const state of states) {
      const open = consultationDeedsOpen(state, ['asked', 'asking']);
      expect(open.length === 0, state).toBe(doneForAsking.includes(state));
      expect(consultationDeedsOpen(state, ['asked']).length > 0, state).toBe(openToAsked.includes(state));
      for (const deed of consultationDeedNames)
        expect(refuseConsultationDeed(deed, state) === undefined, `${deed} ${state}`).toBe(
          open.includes(deed),
        );
    }
    expect(refuseConsultationDeed('answer', 'withdrawn')).toBe('这份会诊已撤回，不能再“写会诊意见”。');
  });

  it('is not sent back or taken back without a reason', () => {
    for (const deed of ['decline', 'withdraw'] as const) {
      expect(missingConsultationWord(deed, ' 好 ')).toContain('请写明');
      expect(missingConsultationWord(deed, '请补心电图')).toBeUndefined();
    }
    expect(missingConsultationWord('accept', '')).toBeUndefined();
  });
});
