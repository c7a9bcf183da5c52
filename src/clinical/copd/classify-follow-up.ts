import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import {
  decideFollowUpClass,
  type FollowUpClass,
  type FollowUpClassification,
} from '../follow-up/follow-up-class.ts';
import { type BreathingFacts, detectBreathingCrisis } from './detect-breathing-crisis.ts';
import { copdReferAfterVisits, exacerbationSymptoms, unstableChange } from './follow-up-parameters.ts';

export interface CopdFollowUpFacts extends BreathingFacts {
  /** CAT total of this visit and the last one on which it was asked. */
  readonly cat?: number | undefined;
  readonly lastCat?: number | undefined;
  readonly lastSpo2?: number | undefined;
  /** How many of breathlessness, more sputum, changed sputum are present. */
  readonly cardinalSymptoms: number;
  readonly adverseReaction?: boolean | undefined;
  readonly previousClasses: readonly FollowUpClass[];
}

/**
 * The class of a COPD follow-up: an exacerbation is printed as 4, a reaction as 3, a worsening as 2, stable as 1. The
 * national text on it could not be read, so the class follows the two other sheets and is marked so. Undecided without
 * the saturation and an answer on reactions. CAT is not on the national sheet; without it the change in it says nothing.
 * @source 慢性阻塞性肺疾病患者健康服务规范（试行） 2024；平台默认值
 */
export function classifyCopdFollowUp(
  facts: CopdFollowUpFacts,
  day: PlainDate,
): Decision<FollowUpClassification> {
  const row = rowOn(copdReferAfterVisits, day);
  const rule: RuleRef = {
    id: 'COPD-10',
    edition: row.source,
    clause: '慢阻肺患者健康服务规范 随访评价（参照两慢病，待核对原文）',
    certainty: row.certainty,
  };
  const missing = [
    ...(facts.spo2 === undefined ? ['血氧饱和度'] : []),
    ...(facts.adverseReaction === undefined ? ['药物不良反应'] : []),
  ];
  if (missing.length > 0) return undecided(rule, missing);
  const crisis = detectBreathingCrisis(facts, day);
  const inCrisis = crisis.kind === 'decided' && crisis.value;
  const limits = valueOn(unstableChange, day);
  const worse: Reason[] = [];
  const { cat, lastCat, spo2, lastSpo2 } = facts;
  if (
    cat !== undefined &&
    lastCat !== undefined &&
    cat >= limits.catAtLeast &&
    cat - lastCat >= limits.catRise
  )
    worse.push({ code: 'cat-rise', text: `CAT ${lastCat}→${cat} 分，较上次升高 ${cat - lastCat} 分。` });
  if (spo2 !== undefined && lastSpo2 !== undefined && lastSpo2 - spo2 >= limits.saturationDrop)
    worse.push({ code: 'saturation-drop', text: `血氧饱和度 ${lastSpo2}%→${spo2}%，较上次下降。` });
  const isExacerbation = facts.cardinalSymptoms >= valueOn(exacerbationSymptoms, day);
  const steady: Reason = { code: 'stable', text: `血氧饱和度 ${spo2}%，与上次相比无明显加重。` };
  return decideFollowUpClass(rule, {
    controlled: worse.length === 0 && !inCrisis,
    adverseReaction: facts.adverseReaction === true,
    newOrWorseComplication: isExacerbation,
    inCrisis,
    previousClasses: facts.previousClasses,
    referAfter: row.value,
    reasons: [
      ...(inCrisis ? crisis.reasons : []),
      ...worse,
      ...(worse.length === 0 && !inCrisis && !isExacerbation ? [steady] : []),
    ],
    complicationText: '呼吸困难、痰量增加、痰色或粘度改变同时出现，按急性加重处理。',
  });
}
