import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { detectPressureCrisis } from './detect-pressure-crisis.ts';
import { referAfterUncontrolledVisits, statutoryLimit } from './follow-up-parameters.ts';
import { judgePressureControl } from './judge-pressure-control.ts';

/** Code printed under 此次随访分类. */
export type FollowUpClass = 1 | 2 | 3 | 4;

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

export interface FollowUpClassification {
  readonly formClass: FollowUpClass;
  readonly state: 'satisfied' | 'unsatisfied' | 'adverse-reaction' | 'complication' | 'crisis';
  /** The norm suggests referral to a higher hospital. */
  readonly refer: boolean;
  /** This visit and those just before it that were not controlled or had a reaction. */
  readonly consecutiveUncontrolled: number;
}

/** Labels of the printed classes. */
export const followUpClassLabels: Readonly<Record<FollowUpClass, string>> = {
  1: '控制满意',
  2: '控制不满意',
  3: '不良反应',
  4: '并发症',
};

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
  const crisis = detectPressureCrisis({ ...facts, aboveNormal: !controlled }, day);
  const inCrisis = crisis.kind === 'decided' && crisis.value;
  const formClass: FollowUpClass = facts.newOrWorseComplication
    ? 4
    : facts.adverseReaction
      ? 3
      : controlled
        ? 1
        : 2;
  const before = facts.previousClasses.findIndex((c) => c !== 2 && c !== 3);
  const run = before === -1 ? facts.previousClasses.length : before;
  const consecutive = formClass === 2 || formClass === 3 ? run + 1 : 0;
  const twice = consecutive >= valueOn(referAfterUncontrolledVisits, day);
  const reasons: Reason[] = [...(inCrisis ? crisis.reasons : []), ...control.reasons];
  if (facts.newOrWorseComplication)
    reasons.push({ code: 'complication', text: '新出现并发症或原有并发症加重。' });
  if (facts.adverseReaction) reasons.push({ code: 'adverse-reaction', text: '有药物不良反应。' });
  if (twice)
    reasons.push({ code: 'twice', text: `已连续 ${consecutive} 次控制不满意或有不良反应，建议转诊。` });
  const states = { 1: 'satisfied', 2: 'unsatisfied', 3: 'adverse-reaction', 4: 'complication' } as const;
  return decided(
    rule,
    {
      formClass,
      state: inCrisis ? 'crisis' : states[formClass],
      refer: inCrisis || formClass === 4 || twice,
      consecutiveUncontrolled: consecutive,
    },
    reasons,
  );
}
