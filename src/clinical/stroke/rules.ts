import type { AnyRule } from '../rule-definition.ts';
import { checkStrokeDrugsRule } from './check-stroke-drugs.rule.ts';
import { findStrokeReferralRule } from './find-stroke-referral.rule.ts';
import { gradeDependenceRule } from './grade-dependence.rule.ts';
import { judgeStrokeTargetsRule } from './judge-stroke-targets.rule.ts';
import { planStrokeContactRule } from './plan-stroke-contact.rule.ts';
import { screenStrokeRiskRule } from './screen-stroke-risk.rule.ts';
import { triageStrokeSignsRule } from './triage-stroke-signs.rule.ts';

/** Every rule on stroke, for catalogue and tests. */
export const strokeRules: readonly AnyRule[] = [
  screenStrokeRiskRule,
  triageStrokeSignsRule,
  checkStrokeDrugsRule,
  judgeStrokeTargetsRule,
  findStrokeReferralRule,
  gradeDependenceRule,
  planStrokeContactRule,
];
