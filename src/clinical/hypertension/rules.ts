import type { AnyRule } from '../rule-definition.ts';
import { classifyFollowUpRule } from './classify-follow-up.rule.ts';

/** Every rule on hypertension, for catalogue and tests. */
export const hypertensionRules: readonly AnyRule[] = [classifyFollowUpRule];
