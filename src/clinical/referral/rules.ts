import type { AnyRule } from '../rule-definition.ts';
import { listFirstHandlingRule, suggestDepartmentRule } from './referral.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const referralRules: readonly AnyRule[] = [suggestDepartmentRule, listFirstHandlingRule];
