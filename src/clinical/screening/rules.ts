import type { AnyRule } from '../rule-definition.ts';
import { judgeHighRiskListRule, planHighRiskVisitRule } from './screening.rule.ts';

/** Every rule on the topic, for catalogue and tests. */
export const screeningRules: readonly AnyRule[] = [planHighRiskVisitRule, judgeHighRiskListRule];
