import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { type KnownReferral, proposeReferral } from './propose-referral.ts';

const today = plainDate('2026-11-24');
const task = (kind: string, ago: number | null, reason: string) => ({
  kind,
  reason,
  foundOn: ago === null ? null : addDays(today, -ago),
});
const danger = '收缩压 190 mmHg，达到危急值（≥180）。';

describe('what open tasks ask for', () => {
  it('a danger found today is an emergency', () => {
    expect(proposeReferral([task('crisis', 0, danger)], [], today)).toEqual({
      urgency: 'emergency',
      title: '危急：应紧急转诊',
      first: undefined,
      reason: danger,
    });
  });

  it.each([1, 60])(
    'one found %i days ago is no emergency: measured again first, said with its age',
    (ago) => {
      const proposal = proposeReferral([task('crisis', ago, danger)], [], today);
      expect(proposal).toMatchObject({
        urgency: 'soon',
        title: `${ago} 天前（${addDays(today, -ago)}）的危急情况未处理，请核实`,
        reason: `${ago} 天前（${addDays(today, -ago)}）发现，未处理：${danger}`,
      });
      expect(proposal?.first).toContain('马上复测');
    },
  );

  it('one of a day nobody knows is looked at again, too', () => {
    expect(proposeReferral([task('crisis', null, danger)], [], today)).toMatchObject({
      urgency: 'soon',
      title: '此前的危急情况未处理，请核实',
    });
  });

  it('the newest danger speaks, before an advice; other tasks ask for nothing', () => {
    const tasks = [
      task('refer', 3, '连续两次控制不满意'),
      task('crisis', 60, '血糖'),
      task('crisis', 0, danger),
    ];
    expect(proposeReferral(tasks, [], today)).toMatchObject({ urgency: 'emergency', reason: danger });
    expect(proposeReferral(tasks.toReversed(), [], today)).toMatchObject({
      urgency: 'emergency',
      reason: danger,
    });
    expect(proposeReferral(tasks.slice(0, 1), [], today)).toMatchObject({
      urgency: 'soon',
      title: '按规则建议转诊',
      first: undefined,
    });
    expect(proposeReferral([task('recheck', 3, ''), task('routine', 3, '')], [], today)).toBeUndefined();
  });

  it('is left to a referral that goes on since then, not to an older one, nor to one that ended', () => {
    const proposed = (more: Partial<KnownReferral>) =>
      proposeReferral(
        [task('crisis', 60, danger)],
        [{ state: 'accepted', lastOn: addDays(today, -60), isFollowedUp: false, ...more }],
        today,
      );
    expect(proposed({})).toBeUndefined();
    expect(proposed({ lastOn: null })).toBeUndefined();
    expect(proposed({ state: 'declined' })).toBeUndefined();
    expect(proposed({ state: 'taken-on' })).toBeUndefined();
    expect(proposed({ state: 'taken-on', isFollowedUp: true })).toBeDefined();
    expect(proposed({ state: 'withdrawn' })).toBeDefined();
    expect(proposed({ lastOn: addDays(today, -61) })).toBeDefined();
  });
});
