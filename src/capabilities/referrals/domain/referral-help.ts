import type { HandlingStep } from '#clinical/referral/first-handling-steps.ts';
import { listFirstHandling } from '#clinical/referral/list-first-handling.ts';
import { suggestDepartment } from '#clinical/referral/suggest-department.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Urgency } from './referral-states.ts';

/** What helps to write a referral; empty where the reason says nothing yet. */
export interface ReferralHelp {
  /** Departments the reason speaks for, the likeliest first. */
  readonly departments: readonly string[];
  /** What to do first; of an emergency only. */
  readonly steps: readonly HandlingStep[];
}

/** Help for a referral as far as it is typed. */
export function helpWith(typed: { reason: string; urgency: Urgency }, today: PlainDate): ReferralHelp {
  const isEmergency = typed.urgency === 'emergency';
  const departments = suggestDepartment({ reason: typed.reason, isEmergency }, today);
  const steps = isEmergency ? listFirstHandling({ reason: typed.reason }, today) : undefined;
  return {
    departments: departments.kind === 'decided' ? departments.value : [],
    steps: steps?.kind === 'decided' ? steps.value.steps : [],
  };
}
