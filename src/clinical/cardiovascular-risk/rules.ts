import type { AnyRule } from '../rule-definition.ts';
import { adviseOnRiskRule } from './advise-on-risk.rule.ts';
import { bandWhoRiskRule } from './band-who-risk.rule.ts';
import { estimateTenYearRiskRule } from './estimate-ten-year-risk.rule.ts';
import { judgeLifetimeRiskRule } from './judge-lifetime-risk.rule.ts';
import { planRiskRecheckRule } from './plan-risk-recheck.rule.ts';

/** Every rule on cardiovascular risk, for catalogue and tests. */
export const cardiovascularRiskRules: readonly AnyRule[] = [
  estimateTenYearRiskRule,
  planRiskRecheckRule,
  adviseOnRiskRule,
  judgeLifetimeRiskRule,
  bandWhoRiskRule,
];
