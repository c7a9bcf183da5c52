import type { PlainDate } from '#kernel/plain-date.ts';

export type TaskKind = 'crisis' | 'refer' | 'recheck' | 'routine';

/** What a saved visit asks for next: when, until when, how urgent and why. */
export interface NextTask {
  readonly kind: TaskKind;
  readonly dueOn: PlainDate;
  readonly latestOn: PlainDate;
  readonly reason: string;
}

const order: Record<TaskKind, number> = { crisis: 0, refer: 1, recheck: 2, routine: 3 };

/** Place in the worklist, 0 first: the kind decides, the due date breaks ties. */
export function rankTask(kind: TaskKind): number {
  return order[kind];
}

/** Chinese label of a task's kind. */
export const taskKindLabels: Record<TaskKind, string> = {
  crisis: '危急处置后随访',
  refer: '转诊后随访',
  recheck: '两周复查',
  routine: '常规随访',
};
