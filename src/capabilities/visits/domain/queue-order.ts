/** Order of the queue: those in danger first, then contracted residents, then the rest. */
export const queuePriorities = { crisis: 0, contracted: 1, ordinary: 2 } as const;
export type QueuePriority = keyof typeof queuePriorities;

export const queuePriorityLabels: readonly string[] = ['危急', '签约优先', '普通'];

/** The priority of a visitor. */
export function priorityOf(visitor: { readonly isCrisis: boolean; readonly isContracted: boolean }): number {
  return visitor.isCrisis
    ? queuePriorities.crisis
    : visitor.isContracted
      ? queuePriorities.contracted
      : queuePriorities.ordinary;
}

/** A number as it is called: 7 → A007. */
export function printQueueNumber(no: number): string {
  return `A${String(no).padStart(3, '0')}`;
}

/** The general room's name in the queue, before a doctor has called. */
export const generalRoom = '全科诊室';
