import type { AnyRule } from '../rule-definition.ts';
import { classifyKidneyDiseaseRule } from './classify-kidney-disease.rule.ts';
import { estimateFiltrationRule } from './estimate-filtration.rule.ts';
import { findKidneyReferralRule } from './find-kidney-referral.rule.ts';

/** Every rule on the kidney, for catalogue and tests. */
export const kidneyRules: readonly AnyRule[] = [
  estimateFiltrationRule,
  classifyKidneyDiseaseRule,
  findKidneyReferralRule,
];
