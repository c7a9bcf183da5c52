import type { AnyRule } from '../rule-definition.ts';
import {
  countConditionsRule,
  joinNextVisitsRule,
  listVisitItemsRule,
  planJointVisitsRule,
  resolveConflictsRule,
} from './multimorbidity.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const multimorbidityRules: readonly AnyRule[] = [
  countConditionsRule,
  joinNextVisitsRule,
  planJointVisitsRule,
  listVisitItemsRule,
  resolveConflictsRule,
];
