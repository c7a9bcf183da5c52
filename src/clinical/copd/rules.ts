import type { AnyRule } from '../rule-definition.ts';
import { classifyCopdFollowUpRule } from './classify-follow-up.rule.ts';
import { confirmCopdRule } from './confirm-copd.rule.ts';
import {
  findCopdCasesRule,
  findCopdReferralRule,
  gradeCopdRule,
  groupCopdRule,
  guideCopdCareRule,
  scoreBodeRule,
  scoreCopdPsRule,
  scoreCopdSqRule,
  triageExacerbationRule,
  weighSymptomsRule,
} from './copd.rule.ts';

/** Every rule on COPD, for catalogue and tests. */
export const copdRules: readonly AnyRule[] = [
  classifyCopdFollowUpRule,
  findCopdCasesRule,
  scoreCopdSqRule,
  scoreCopdPsRule,
  gradeCopdRule,
  confirmCopdRule,
  weighSymptomsRule,
  groupCopdRule,
  guideCopdCareRule,
  triageExacerbationRule,
  findCopdReferralRule,
  scoreBodeRule,
];
