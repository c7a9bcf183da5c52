import type { AnyRule } from '../rule-definition.ts';
import {
  colourDiabetesRule,
  colourHypertensionRule,
  combineColoursRule,
  judgeControlRateRule,
  judgeGroupTargetsRule,
  levelManagementRule,
} from './grading.rule.ts';
import { placeTierRule } from './place-tier.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const gradingRules: readonly AnyRule[] = [
  levelManagementRule,
  colourDiabetesRule,
  colourHypertensionRule,
  combineColoursRule,
  judgeControlRateRule,
  judgeGroupTargetsRule,
  placeTierRule,
];
