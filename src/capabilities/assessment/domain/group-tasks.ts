import type { DueTask } from '#clinical/assess/assessment.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** Tasks of one kind that are due for the same reason on the same day: one line on screen. */
export interface DueTaskGroup {
  readonly key: string;
  readonly label: string;
  readonly when: string;
  readonly isOverdue: boolean;
  readonly tasks: readonly DueTask[];
}

/** Tasks as a screen shows them: visits one by one, examinations of one reason and day together. */
export function groupTasks(tasks: readonly DueTask[], day: PlainDate): DueTaskGroup[] {
  const groups = new Map<string, DueTask[]>();
  for (const task of tasks) {
    const alone = task.kind !== 'examination' && task.kind !== 'laboratory';
    const key = alone
      ? `${task.kind} ${task.label} ${task.dueOn}`
      : `${task.ruleId} ${task.reason} ${task.dueOn}`;
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups].flatMap(([key, list]) => {
    const [first] = list;
    if (!first) return [];
    return [
      {
        key,
        label: list.map((one) => one.label).join('、'),
        when: whenOf(first, day),
        isOverdue: first.isOverdue,
        tasks: list,
      },
    ];
  });
}

function whenOf({ from, dueOn, isOverdue }: DueTask, day: PlainDate): string {
  if (isOverdue) return `应于 ${dueOn}，已过期`;
  if (dueOn === day) return '今天';
  return from < dueOn && from > day ? `${from} 至 ${dueOn}` : `不迟于 ${dueOn}`;
}
