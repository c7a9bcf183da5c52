import type { AnyRule } from '../rule-definition.ts';
import {
  adviseConstitutionRule,
  checkTechniquesRule,
  judgeConstitutionRule,
  referenceFormulaRule,
} from './tcm.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const tcmRules: readonly AnyRule[] = [
  judgeConstitutionRule,
  adviseConstitutionRule,
  checkTechniquesRule,
  referenceFormulaRule,
];
