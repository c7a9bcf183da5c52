import type { AnyRule } from '../rule-definition.ts';
import { judgeLipidDietRule, judgeLipidGoalRule, judgeLipidsRule, stratifyAscvdRule } from './lipids.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const lipidRules: readonly AnyRule[] = [
  judgeLipidsRule,
  stratifyAscvdRule,
  judgeLipidGoalRule,
  judgeLipidDietRule,
];
