import type { AnyRule } from '../rule-definition.ts';
import { antihypertensiveDoseRule, startDoseRule } from './doses.rule.ts';
import { doseRule, duplicateRule, polypharmacyRule, safetyRules } from './medicines.rule.ts';

/** Every rule on medicine safety, for catalogue and tests. */
export const medicineRules: readonly AnyRule[] = [
  ...safetyRules,
  polypharmacyRule,
  duplicateRule,
  doseRule,
  antihypertensiveDoseRule,
  startDoseRule,
];
