import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import {
  decideFollowUpClass,
  type FollowUpClass,
  type FollowUpClassification,
} from '../follow-up/follow-up-class.ts';
import { detectPressureCrisis } from './detect-pressure-crisis.ts';
import { referAfterUncontrolledVisits, statutoryLimit } from './follow-up-parameters.ts';
import { judgePressureControl } from './judge-pressure-control.ts';

export interface FollowUpFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly ageYears?: number | undefined;
  readonly dangerSigns: readonly string[];
  readonly pregnantOrLactating?: boolean | undefined;
  /** undefined: not asked. */
  readonly newOrWorseComplication?: boolean | undefined;
  readonly adverseReaction?: boolean | undefined;
  /** Classes of the valid visits before this one, newest first. */
  readonly previousClasses: readonly FollowUpClass[];
}

/**
 * The class of a hypertension follow-up as the national sheet asks for it: the most severe that applies, complication
 * over reaction over pressure; and whether to refer: at once in a crisis, for a complication, or after two visits in a
 * row uncontrolled or with a reaction. Undecided without both pressures, the age and an answer on reactions.
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者随访服务记录表 填表说明 此次随访分类；分类干预
 */
export function classifyFollowUp(facts: FollowUpFacts, day: PlainDate): Decision<FollowUpClassification> {
  const row = rowOn(statutoryLimit, day);
  const rule: RuleRef = {
    id: 'HTN-15',
    edition: row.source,
    clause: '高血压患者健康管理服务规范 此次随访分类、分类干预',
    certainty: row.certainty,
  };
  const control = judgePressureControl(facts, day, 'public-health');
  const missing = control.kind === 'undecided' ? [...control.missing] : [];
  if (facts.adverseReaction === undefined) missing.push('药物不良反应');
  if (control.kind === 'undecided' || missing.length > 0) return undecided(rule, missing);
  const controlled = control.value === 'controlled';
  const crisis = detectPressureCrisis(
    {
      sbp: facts.sbp,
      dbp: facts.dbp,
      dangerSigns: facts.dangerSigns,
      pregnantOrLactating: facts.pregnantOrLactating,
      aboveNormal: !controlled,
    },
    day,
  );
  const inCrisis = crisis.kind === 'decided' && crisis.value;
  return decideFollowUpClass(rule, {
    controlled,
    adverseReaction: facts.adverseReaction === true,
    newOrWorseComplication: facts.newOrWorseComplication === true,
    inCrisis,
    previousClasses: facts.previousClasses,
    referAfter: valueOn(referAfterUncontrolledVisits, day),
    reasons: [...(inCrisis ? crisis.reasons : []), ...control.reasons],
  });
}
