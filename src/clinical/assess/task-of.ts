import type { DatedValue } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { DueTask } from './assessment.ts';

/** A task with its window; overdue once the last day has gone. */
export function taskOf(
  kind: DueTask['kind'],
  label: string,
  from: PlainDate,
  dueOn: PlainDate,
  day: PlainDate,
  reason: string,
  ruleId: string,
  source: Pick<DatedValue<unknown>, 'clause' | 'certainty'>,
): DueTask {
  return {
    kind,
    label,
    from,
    dueOn,
    isOverdue: dueOn < day,
    reason,
    ruleId,
    clause: source.clause,
    certainty: source.certainty,
  };
}
