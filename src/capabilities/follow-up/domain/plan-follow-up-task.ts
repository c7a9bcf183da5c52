import type { NextVisitPlan } from '#clinical/follow-up/schedule-next-visit.ts';
import { routineGrace } from '#clinical/hypertension/follow-up-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { addDays, type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';
import type { NextTask, TaskKind } from './follow-up-task.ts';
import type { FollowUpEvaluation } from './sheet-evaluation.ts';

/** Days after the due date before a routine follow-up counts as overdue. */
export function routineGraceDays(day: PlainDate): number {
  return valueOn(routineGrace, day);
}

/** Until when a follow-up due on a day may be done: a routine one has days of grace, an urgent one none. */
export function latestDayOf(kind: TaskKind, dueOn: PlainDate): PlainDate {
  return kind === 'routine' ? addDays(dueOn, routineGraceDays(dueOn)) : dueOn;
}

/** The task a saved visit opens: due on the day the doctor chose. */
export function planFollowUpTask(plan: NextVisitPlan, chosenOn: PlainDate, reason: string): NextTask {
  return { kind: plan.kind, dueOn: chosenOn, latestOn: latestDayOf(plan.kind, chosenOn), reason };
}

/**
 * The task a sheet opens by what the rules said of it, in their words; undefined while they cannot say. The same on the
 * phone that saves it and on the server that takes it.
 */
export function nextTaskOf(
  { plan, classification }: Pick<FollowUpEvaluation, 'plan' | 'classification'>,
  answers: FormAnswers,
): NextTask | undefined {
  if (plan.kind === 'undecided') return undefined;
  const written = typeof answers.nextVisitDate === 'string' ? answers.nextVisitDate : undefined;
  const chosen = (written === undefined ? undefined : parsePlainDate(written)) ?? plan.value.proposedOn;
  const reasons = [...(classification.kind === 'decided' ? classification.reasons : []), ...plan.reasons];
  const reason = reasons.map(({ text }) => text).join('');
  return planFollowUpTask(plan.value, chosen, reason.slice(0, 500));
}
