import type { Decision } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { FollowUpClassification } from '../follow-up/follow-up-class.ts';
import { type NextVisitPlan, scheduleNextVisit } from '../follow-up/schedule-next-visit.ts';
import {
  diabetesLongestRoutineDays,
  diabetesRecheckDays,
  diabetesRoutineDays,
} from './follow-up-parameters.ts';

/**
 * When to see the person with diabetes next: within three months after a satisfied visit, two weeks after anything else.
 * @source 国家基本公共卫生服务规范（第三版） 2型糖尿病患者健康管理服务规范 分类干预
 */
export function planDiabetesVisit(
  classification: FollowUpClassification,
  visitOn: PlainDate,
): Decision<NextVisitPlan> {
  return scheduleNextVisit(classification, visitOn, {
    ruleId: 'DM-18-plan',
    routineDays: diabetesRoutineDays,
    longestRoutineDays: diabetesLongestRoutineDays,
    recheckDays: diabetesRecheckDays,
  });
}
