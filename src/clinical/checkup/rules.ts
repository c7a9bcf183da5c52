import type { AnyRule } from '../rule-definition.ts';
import { compareWithReferenceRule, reviewCheckupRule } from './checkup.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const checkupRules: readonly AnyRule[] = [compareWithReferenceRule, reviewCheckupRule];
