import type { NextVisitPlan } from '#clinical/follow-up/schedule-next-visit.ts';
import { routineGrace } from '#clinical/hypertension/follow-up-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { NextTask } from './follow-up-task.ts';

/** Days after the due date before a routine follow-up counts as overdue. */
export function routineGraceDays(day: PlainDate): number {
  return valueOn(routineGrace, day);
}

/** The task a saved visit opens: due on the day the doctor chose; a routine one has days of grace, an urgent one none. */
export function planFollowUpTask(plan: NextVisitPlan, chosenOn: PlainDate, reason: string): NextTask {
  const latestOn = plan.kind === 'routine' ? addDays(chosenOn, routineGraceDays(chosenOn)) : chosenOn;
  return { kind: plan.kind, dueOn: chosenOn, latestOn, reason };
}
