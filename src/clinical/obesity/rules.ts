import type { AnyRule } from '../rule-definition.ts';
import { judgeWeightRule, prescribeEnergyRule } from './obesity.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const obesityRules: readonly AnyRule[] = [judgeWeightRule, prescribeEnergyRule];
