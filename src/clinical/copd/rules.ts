import type { AnyRule } from '../rule-definition.ts';
import { classifyCopdFollowUpRule } from './classify-follow-up.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const copdRules: readonly AnyRule[] = [classifyCopdFollowUpRule];
