import type { Decision } from '#kernel/decision.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { type Colour, colourLabels } from '../grading/grade-management.ts';
import type { NextVisitPlan } from './schedule-next-visit.ts';

/** The grade a person stands in, with its interval. */
export interface StandingGrade {
  readonly colour: Colour;
  readonly everyDays: number;
}

/**
 * Brings the proposed day forward to the interval of the person's grade; it never moves it back, so the norm's day stays
 * the latest. The last day the norm allows is not touched.
 * @source 平台默认：分级分标 随访间隔
 */
export function shortenByGrade(
  plan: Decision<NextVisitPlan>,
  visitOn: PlainDate,
  grade: StandingGrade | undefined,
): Decision<NextVisitPlan> {
  if (plan.kind === 'undecided' || grade === undefined) return plan;
  const byGrade = addDays(visitOn, grade.everyDays);
  if (byGrade >= plan.value.proposedOn) return plan;
  const text = `${colourLabels[grade.colour]}每 ${grade.everyDays} 天随访一次，提前到 ${byGrade}。`;
  return {
    ...plan,
    value: { ...plan.value, proposedOn: byGrade },
    reasons: [...plan.reasons, { code: 'by-grade', text }],
  };
}
