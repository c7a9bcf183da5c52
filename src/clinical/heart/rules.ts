import type { AnyRule } from '../rule-definition.ts';
import { checkCoronaryDrugsRule } from './check-coronary-drugs.rule.ts';
import { checkFailureDrugsRule } from './check-failure-drugs.rule.ts';
import { detectFailureDangerRule } from './detect-failure-danger.rule.ts';
import { detectFibrillationRule } from './detect-fibrillation.rule.ts';
import { judgeBleedingCautionRule } from './judge-bleeding-caution.rule.ts';
import { judgeCoronaryTargetsRule } from './judge-coronary-targets.rule.ts';
import { judgeWeightGainRule } from './judge-weight-gain.rule.ts';
import { planDischargeContactRule } from './plan-discharge-contact.rule.ts';
import { reviewCoronaryDiseaseRule } from './review-coronary-disease.rule.ts';
import { scoreFibrillationStrokeRule } from './score-fibrillation-stroke.rule.ts';
import { triageAnginaRule } from './triage-angina.rule.ts';

/** Every rule on coronary disease, heart failure and atrial fibrillation, for catalogue and tests. */
export const heartRules: readonly AnyRule[] = [
  reviewCoronaryDiseaseRule,
  triageAnginaRule,
  checkCoronaryDrugsRule,
  judgeCoronaryTargetsRule,
  checkFailureDrugsRule,
  judgeWeightGainRule,
  detectFailureDangerRule,
  planDischargeContactRule,
  scoreFibrillationStrokeRule,
  judgeBleedingCautionRule,
  detectFibrillationRule,
];
