import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { referralTopics, topicsIn } from './referral-topics.ts';

/** Departments offered at most: more is no help to choose. */
const most = 3;

/**
 * The departments a referral's reason speaks for, the likeliest first; an emergency goes to the emergency department
 * first. A proposal for whoever sends: nothing is chosen. Undecided without a reason; empty where it names nothing known.
 * @source 平台默认：按转诊理由建议科室
 */
export function suggestDepartment(
  facts: { readonly reason: string; readonly isEmergency: boolean },
  day: PlainDate,
): Decision<readonly string[]> {
  const row = rowOn(referralTopics, day);
  const rule = ruleFrom('REF-01', row);
  if (facts.reason.trim() === '') return undecided(rule, ['转诊理由']);
  const topics = topicsIn(facts.reason, row.value.rows);
  const departments = [
    ...(facts.isEmergency ? [row.value.emergency] : []),
    ...topics.map(({ department }) => department),
  ];
  return decided(
    rule,
    [...new Set(departments)].slice(0, most),
    topics.map(({ topic, department }) => because(topic, `理由涉及${department}。`)),
  );
}
