import type { AnyRule } from '../rule-definition.ts';
import { triageStrokeSignsRule } from './triage-stroke-signs.rule.ts';

/** Every rule on stroke, for catalogue and tests. */
export const strokeRules: readonly AnyRule[] = [triageStrokeSignsRule];
