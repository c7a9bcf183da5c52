import type { Decision } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { FollowUpClassification } from '../follow-up/follow-up-class.ts';
import { type NextVisitPlan, scheduleNextVisit } from '../follow-up/schedule-next-visit.ts';
import { longestRoutineDays, recheckDays, routineDays } from './follow-up-parameters.ts';

/**
 * When to see the person next: about three months after a satisfied visit, within two weeks after anything else.
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 分类干预
 */
export function planNextVisit(
  classification: FollowUpClassification,
  visitOn: PlainDate,
): Decision<NextVisitPlan> {
  return scheduleNextVisit(classification, visitOn, {
    ruleId: 'HTN-14',
    routineDays,
    longestRoutineDays,
    recheckDays,
  });
}
