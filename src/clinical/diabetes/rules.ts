import type { AnyRule } from '../rule-definition.ts';
import { classifyDiabetesFollowUpRule } from './classify-follow-up.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const diabetesRules: readonly AnyRule[] = [classifyDiabetesFollowUpRule];
