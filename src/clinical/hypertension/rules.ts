import type { AnyRule } from '../rule-definition.ts';
import { classifyFollowUpRule } from './classify-follow-up.rule.ts';
import {
  averageReadingsRule,
  diagnoseHypertensionRule,
  gradePressureRule,
  planPressureScreeningRule,
  tellPressureFormRule,
} from './diagnosis.rule.ts';
import { countRiskFactorsRule, gradeHypertensionRiskRule } from './risk.rule.ts';

/** Every rule on hypertension, for catalogue and tests. */
export const hypertensionRules: readonly AnyRule[] = [
  averageReadingsRule,
  gradePressureRule,
  diagnoseHypertensionRule,
  tellPressureFormRule,
  planPressureScreeningRule,
  countRiskFactorsRule,
  gradeHypertensionRiskRule,
  classifyFollowUpRule,
];
