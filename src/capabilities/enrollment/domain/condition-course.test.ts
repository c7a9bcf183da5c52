import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { type CourseState, courseDueOn, courseStates, mayFollow, whyNot } from './condition-course.ts';

const day = plainDate('2026-11-24');

describe('the course of a disease', () => {
  it('goes from a finding through suspicion and confirmation to management', () => {
    const path: (CourseState | 'none')[] = [
      'none',
      'high-risk',
      'suspected',
      'confirmed',
      'enrolled',
      'closed',
    ];
    for (const [index, to] of path.slice(1).entries())
      expect(mayFollow(path[index] as CourseState, to as CourseState)).toBe(true);
  });
  it('lets a suspicion be cleared, but not a confirmed disease', () => {
    expect(mayFollow('suspected', 'normal')).toBe(true);
    expect(mayFollow('confirmed', 'suspected')).toBe(false);
    expect(mayFollow('enrolled', 'normal')).toBe(false);
    expect(whyNot('enrolled', 'normal')).toContain('诊断有误');
    expect(mayFollow('none', 'closed')).toBe(false);
  });
  it('whatever the findings, a confirmed disease ends only in closing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...courseStates), { maxLength: 20 }), (asked) => {
        let at: CourseState | 'none' = 'none';
        let wasConfirmed = false;
        for (const to of asked) {
          if (!mayFollow(at, to)) continue;
          at = to;
          if (wasConfirmed) expect(['confirmed', 'enrolled', 'closed']).toContain(at);
          wasConfirmed ||= at === 'confirmed' || at === 'enrolled';
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });
  it('says until when the next step is due', () => {
    expect(courseDueOn('suspected', day)).toBe('2026-12-22');
    expect(courseDueOn('confirmed', day)).toBe('2026-12-01');
    expect(courseDueOn('enrolled', day)).toBeUndefined();
  });
});
