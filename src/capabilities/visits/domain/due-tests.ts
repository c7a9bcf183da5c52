import { testOfItem } from '#capabilities/assessment/domain/test-of-item.ts';
import type { DueTask } from '#clinical/assess/assessment.ts';

/** Tests of the centre that are due by the schedules of target organs and complications, with why. */
export function dueTests(tasks: readonly DueTask[]): ReadonlyMap<string, string> {
  const due = new Map<string, string>();
  for (const { item, label, reason } of tasks) {
    const test = item && testOfItem[item];
    if (test) due.set(test, `${label}：${reason}`);
  }
  return due;
}
