import type { Decision } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { FollowUpClassification } from '../follow-up/follow-up-class.ts';
import { type NextVisitPlan, scheduleNextVisit } from '../follow-up/schedule-next-visit.ts';
import { copdLongestRoutineDays, copdRecheckDays, copdRoutineDays } from './follow-up-parameters.ts';

/**
 * When to see the person with COPD next: about three months when stable, within two weeks after anything else.
 * @source 慢性阻塞性肺疾病患者健康服务规范（试行） 2024；两周参照两慢病
 */
export function planCopdVisit(
  classification: FollowUpClassification,
  visitOn: PlainDate,
): Decision<NextVisitPlan> {
  return scheduleNextVisit(classification, visitOn, {
    ruleId: 'COPD-10-plan',
    routineDays: copdRoutineDays,
    longestRoutineDays: copdLongestRoutineDays,
    recheckDays: copdRecheckDays,
  });
}
