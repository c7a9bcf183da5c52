import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { addDays, addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { clinicalContactDays } from './treatment-parameters.ts';

export interface ContactFacts {
  readonly atTarget?: boolean | undefined;
  readonly regimenChanged?: boolean | undefined;
  readonly referred?: boolean | undefined;
}

/**
 * When the guideline wants contact next, as a window. It never lengthens what the public-health track asks for.
 * @source 国家基层高血压防治管理指南 2025版 §7、§8
 */
export function planClinicalContact(
  facts: ContactFacts,
  visitOn: PlainDate,
): Decision<{ readonly from: PlainDate; readonly to: PlainDate }> {
  const row = rowOn(clinicalContactDays, visitOn);
  const rule = ruleFrom('HTN-14-clinical', row);
  const value = row.value;
  const window = (weeks: { from: number; to: number }, code: string, text: string) => {
    const span = { from: addDays(visitOn, weeks.from * 7), to: addDays(visitOn, weeks.to * 7) };
    return decided(rule, span, [because(code, `${text}：${span.from} 至 ${span.to}。`)]);
  };
  if (facts.referred) return window(value.referredWeeks, 'referred', '转诊后主动联系');
  if (facts.regimenChanged) return window(value.changedWeeks, 'changed', '调药后评估效果');
  if (facts.atTarget === undefined) return undecided(rule, ['是否达到临床目标']);
  const to = facts.atTarget
    ? addMonths(visitOn, value.atTargetMonths)
    : addDays(visitOn, value.notAtTargetDays);
  return decided(rule, { from: visitOn, to }, [
    because(
      facts.atTarget ? 'at-target' : 'not-at-target',
      `${facts.atTarget ? '已' : '未'}达临床目标，最迟 ${to} 随访。`,
    ),
  ]);
}
