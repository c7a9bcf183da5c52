import type { AnyRule } from '../rule-definition.ts';
import { judgeExerciseRule, judgeIntakeRule } from './lifestyle.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const lifestyleRules: readonly AnyRule[] = [judgeExerciseRule, judgeIntakeRule];
