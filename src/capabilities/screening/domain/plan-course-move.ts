import type { CourseState } from '#capabilities/enrollment/domain/condition-course.ts';
import type { ScreeningFinding } from '#capabilities/records/domain/screening-evaluation.ts';
import { planHighRiskVisit } from '#clinical/screening/plan-high-risk-visit.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** Where a finding takes the course of a disease. */
export interface CourseMove {
  readonly to: CourseState;
  readonly reason: string;
  readonly nextStep: string | undefined;
  readonly dueOn: PlainDate | undefined;
}

/**
 * What a finding does to a course. A known disease is not touched; a suspicion is not lifted by one good value, only a
 * doctor lifts it; a high-risk person stays in the register and is seen again at the interval of the disease.
 */
export function planCourseMove(
  state: CourseState | 'none',
  finding: ScreeningFinding,
  day: PlainDate,
): CourseMove | undefined {
  if (state === 'confirmed' || state === 'enrolled' || state === 'closed') return undefined;
  const { reason, nextStep, dueOn } = finding;
  if (finding.state === 'diagnosable' || finding.state === 'suspected')
    return { to: 'suspected', reason, nextStep, dueOn };
  if (state === 'suspected') return undefined;
  if (finding.state === 'normal' && state !== 'high-risk')
    return { to: 'normal', reason, nextStep: undefined, dueOn: undefined };
  const plan = planHighRiskVisit(finding.condition, day);
  const visit = plan.kind === 'decided' ? plan.value : undefined;
  return { to: 'high-risk', reason, nextStep: nextStep ?? visit?.step, dueOn: dueOn ?? visit?.dueOn };
}

/** The outcome of a campaign's visit, by what was found of its disease. */
export function campaignOutcomeOf(state: ScreeningFinding['state']): 'normal' | 'high-risk' | 'suspected' {
  return state === 'diagnosable' ? 'suspected' : state;
}
