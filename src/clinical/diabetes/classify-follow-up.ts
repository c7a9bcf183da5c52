import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import {
  decideFollowUpClass,
  type FollowUpClass,
  type FollowUpClassification,
} from '../follow-up/follow-up-class.ts';
import { detectGlucoseCrisis, type GlucoseCrisisFacts } from './detect-glucose-crisis.ts';
import {
  diabetesCrisisVitals,
  diabetesReferAfterVisits,
  statutoryGlucoseLimit,
} from './follow-up-parameters.ts';
import { judgeGlucoseControl } from './judge-glucose-control.ts';
import { lowGlucoseCode, namesLowGlucose } from './tell-low-glucose.ts';

export interface DiabetesFollowUpFacts extends GlucoseCrisisFacts {
  /** Per minute. */
  readonly heartRate?: number | undefined;
  /** undefined: not asked. */
  readonly newOrWorseComplication?: boolean | undefined;
  readonly adverseReaction?: boolean | undefined;
  /** Classes of the valid visits before this one, newest first. */
  readonly previousClasses: readonly FollowUpClass[];
}

/**
 * The class of a diabetes follow-up as the national sheet asks for it. Undecided without the fasting glucose and an
 * answer on reactions.
 * @source 国家基本公共卫生服务规范（第三版） 2型糖尿病患者随访服务记录表 此次随访分类；分类干预
 */
export function classifyDiabetesFollowUp(
  facts: DiabetesFollowUpFacts,
  day: PlainDate,
): Decision<FollowUpClassification> {
  const row = rowOn(statutoryGlucoseLimit, day);
  const rule: RuleRef = {
    id: 'DM-18',
    edition: row.source,
    clause: '2型糖尿病患者健康管理服务规范 此次随访分类、分类干预',
    certainty: row.certainty,
  };
  const control = judgeGlucoseControl(facts, day, 'public-health');
  const missing = control.kind === 'undecided' ? [...control.missing] : [];
  if (facts.adverseReaction === undefined) missing.push('药物不良反应');
  if (control.kind === 'undecided' || missing.length > 0) return undecided(rule, missing);
  const crisis = detectGlucoseCrisis(facts, day);
  const inCrisis = crisis.kind === 'decided' && crisis.value;
  return decideFollowUpClass(rule, {
    controlled: control.value === 'controlled' && !namesLowGlucose(control),
    adverseReaction: facts.adverseReaction === true,
    newOrWorseComplication: facts.newOrWorseComplication === true,
    inCrisis,
    previousClasses: facts.previousClasses,
    referAfter: valueOn(diabetesReferAfterVisits, day),
    reasons: [
      ...(inCrisis ? crisis.reasons : []),
      // Of a glucose too low the crisis has spoken, by the same limit.
      ...control.reasons.filter(({ code }) => code !== lowGlucoseCode),
      ...fastPulse(facts.heartRate, day),
    ],
  });
}

/** A fast pulse asks whether it lasts; only a lasting one is an emergency. */
function fastPulse(heartRate: number | undefined, day: PlainDate): Reason[] {
  const { heartRateAbove } = valueOn(diabetesCrisisVitals, day);
  return heartRate !== undefined && heartRate > heartRateAbove
    ? [
        {
          code: 'fast-pulse',
          text: `心率 ${heartRate} 次/分，超过 ${heartRateAbove}；如为持续性心动过速，请在危急征象中勾选。`,
        },
      ]
    : [];
}
