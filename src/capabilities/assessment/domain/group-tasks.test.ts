import { describe, expect, it } from 'vitest';
import type { DueTask } from '#clinical/assess/assessment.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { groupTasks } from './group-tasks.ts';

const day = plainDate('2026-11-24');
const task = (label: string, more: Partial<DueTask> = {}): DueTask => ({
  kind: 'examination',
  label,
  from: day,
  dueOn: day,
  isOverdue: false,
  reason: '糖尿病并发症筛查',
  ruleId: 'DM-14',
  clause: '并发症筛查',
  certainty: 'found',
  ...more,
});
const lines = (...tasks: DueTask[]) => groupTasks(tasks, day).map((one) => one.label);

describe('what is due, line by line', () => {
  it('puts examinations of one reason and day together, laboratory with them', () => {
    const groups = groupTasks([task('眼底'), task('足部'), task('血脂', { kind: 'laboratory' })], day);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ label: '眼底、足部、血脂', when: '今天', isOverdue: false });
    expect(groups[0]?.tasks).toHaveLength(3);
  });
  it('keeps apart what is due on another day, for another reason or by another rule', () => {
    expect(lines(task('眼底'), task('足部', { dueOn: plainDate('2026-11-25') }))).toEqual(['眼底', '足部']);
    expect(lines(task('眼底'), task('足部', { reason: '糖尿病每年评估' }))).toEqual(['眼底', '足部']);
    expect(lines(task('眼底'), task('肺功能', { ruleId: 'COPD-10' }))).toEqual(['眼底', '肺功能']);
  });
  it('shows every visit, referral and refill for itself, even two of one day', () => {
    const visit = (label: string) => task(label, { kind: 'follow-up' });
    expect(lines(visit('高血压随访'), visit('糖尿病随访'))).toEqual(['高血压随访', '糖尿病随访']);
    expect(
      lines(task('取药：缬沙坦', { kind: 'refill' }), task('取药：二甲双胍', { kind: 'refill' })),
    ).toHaveLength(2);
  });
  it('says by when: today, a window still ahead, at the latest, overdue', () => {
    const when = (from: string, dueOn: string, isOverdue = false) =>
      groupTasks([task('眼底', { from: plainDate(from), dueOn: plainDate(dueOn), isOverdue })], day)[0]?.when;
    expect(when('2026-11-20', '2026-11-24')).toBe('今天');
    expect(when('2026-11-25', '2026-12-09')).toBe('2026-11-25 至 2026-12-09');
    expect(when('2026-11-24', '2026-12-09')).toBe('不迟于 2026-12-09');
    expect(when('2026-12-09', '2026-12-09')).toBe('不迟于 2026-12-09');
    expect(when('2026-11-01', '2026-11-23', true)).toBe('应于 2026-11-23，已过期');
  });
  it('has no line when nothing is due, and loses no task', () => {
    expect(groupTasks([], day)).toEqual([]);
    const many = ['眼底', '足部', '心电图'].map((label, index) =>
      task(label, { dueOn: index ? day : plainDate('2026-12-01') }),
    );
    expect(groupTasks(many, day).flatMap((one) => one.tasks)).toHaveLength(many.length);
  });
});
