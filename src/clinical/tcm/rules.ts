import type { AnyRule } from '../rule-definition.ts';
import {
  adviseConstitutionRule,
  checkTechniquesRule,
  judgeConstitutionRule,
  referenceFormulaRule,
} from './tcm.rule.ts';

import { convertConstitutionRule, planEarSeedsRule, suggestSyndromesRule } from './tcm-more.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const tcmRules: readonly AnyRule[] = [
  judgeConstitutionRule,
  convertConstitutionRule,
  adviseConstitutionRule,
  checkTechniquesRule,
  planEarSeedsRule,
  suggestSyndromesRule,
  referenceFormulaRule,
];
