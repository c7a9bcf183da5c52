import { type Decision, decided, type Reason, type RuleRef } from '#kernel/decision.ts';

/** Code printed under 此次随访分类 on every national follow-up sheet. */
export type FollowUpClass = 1 | 2 | 3 | 4;

/** Labels of the printed classes. */
export const followUpClassLabels: Readonly<Record<FollowUpClass, string>> = {
  1: '控制满意',
  2: '控制不满意',
  3: '不良反应',
  4: '并发症',
};

export interface FollowUpClassification {
  readonly formClass: FollowUpClass;
  readonly state: 'satisfied' | 'unsatisfied' | 'adverse-reaction' | 'complication' | 'crisis';
  /** The norm suggests referral to a higher hospital. */
  readonly refer: boolean;
  /** This visit and those just before it that were not controlled or had a reaction. */
  readonly consecutiveUncontrolled: number;
}

/** What the class is made of, whatever the disease. */
export interface ClassInput {
  readonly controlled: boolean;
  readonly adverseReaction: boolean;
  readonly newOrWorseComplication: boolean;
  readonly inCrisis: boolean;
  /** Classes of the valid visits before this one, newest first. */
  readonly previousClasses: readonly FollowUpClass[];
  /** Visits in a row, uncontrolled or with a reaction, after which the norm refers. */
  readonly referAfter: number;
  /** Reasons for control and crisis, in the words of the disease. */
  readonly reasons: readonly Reason[];
  readonly complicationText?: string;
}

const states = { 1: 'satisfied', 2: 'unsatisfied', 3: 'adverse-reaction', 4: 'complication' } as const;

/**
 * The class of a visit as the national sheets share it: the most severe that applies, complication over reaction over
 * control; and whether to refer: in a crisis, for a complication, or after visits in a row uncontrolled or with a reaction.
 * @source 国家基本公共卫生服务规范（第三版） 分类干预
 */
export function decideFollowUpClass(rule: RuleRef, input: ClassInput): Decision<FollowUpClassification> {
  const formClass: FollowUpClass = input.newOrWorseComplication
    ? 4
    : input.adverseReaction
      ? 3
      : input.controlled
        ? 1
        : 2;
  const before = input.previousClasses.findIndex((c) => c !== 2 && c !== 3);
  const run = before === -1 ? input.previousClasses.length : before;
  const consecutive = formClass === 2 || formClass === 3 ? run + 1 : 0;
  const often = consecutive >= input.referAfter;
  const reasons = [...input.reasons];
  if (input.newOrWorseComplication)
    reasons.push({ code: 'complication', text: input.complicationText ?? '新出现并发症或原有并发症加重。' });
  if (input.adverseReaction) reasons.push({ code: 'adverse-reaction', text: '有药物不良反应。' });
  if (often) reasons.push({ code: 'twice', text: `已连续 ${consecutive} 次控制不满意或有不良反应。` });
  return decided(
    rule,
    {
      formClass,
      state: input.inCrisis ? 'crisis' : states[formClass],
      refer: input.inCrisis || formClass === 4 || often,
      consecutiveUncontrolled: consecutive,
    },
    reasons,
  );
}
