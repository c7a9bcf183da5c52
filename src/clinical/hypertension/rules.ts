import type { AnyRule } from '../rule-definition.ts';
import { classifyFollowUpRule } from './classify-follow-up.rule.ts';
import {
  averageReadingsRule,
  diagnoseHypertensionRule,
  gradePressureRule,
  planPressureScreeningRule,
  tellPressureFormRule,
} from './diagnosis.rule.ts';
import {
  clinicalControlRule,
  detectPressureCrisisRule,
  findReferralReasonsRule,
  flagSecondaryCausesRule,
  guideUrgentPressureRule,
  planNextVisitRule,
  statutoryControlRule,
} from './referral.rule.ts';
import { countRiskFactorsRule, gradeHypertensionRiskRule } from './risk.rule.ts';
import {
  checkStatinSafetyRule,
  choosePressureTargetRule,
  comorbidityRegimenRule,
  considerAspirinRule,
  decideDrugStartRule,
  planClinicalContactRule,
  proposeInitialRegimenRule,
  proposeStepUpRule,
  setLifestyleGoalsRule,
  setLipidGoalRule,
} from './treatment.rule.ts';

/** Every rule on hypertension, for catalogue and tests. */
export const hypertensionRules: readonly AnyRule[] = [
  classifyFollowUpRule,
  averageReadingsRule,
  gradePressureRule,
  diagnoseHypertensionRule,
  tellPressureFormRule,
  planPressureScreeningRule,
  countRiskFactorsRule,
  gradeHypertensionRiskRule,
  findReferralReasonsRule,
  guideUrgentPressureRule,
  flagSecondaryCausesRule,
  detectPressureCrisisRule,
  statutoryControlRule,
  clinicalControlRule,
  planNextVisitRule,
  choosePressureTargetRule,
  decideDrugStartRule,
  proposeInitialRegimenRule,
  comorbidityRegimenRule,
  proposeStepUpRule,
  planClinicalContactRule,
  setLifestyleGoalsRule,
  considerAspirinRule,
  setLipidGoalRule,
  checkStatinSafetyRule,
];
