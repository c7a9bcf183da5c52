import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { firstHandlingSteps, type HandlingStep } from './first-handling-steps.ts';
import { type ReferralTopic, referralTopics, topicsIn } from './referral-topics.ts';

/**
 * What to do first for somebody sent on as an emergency, by what the reason speaks of: what every emergency asks, then
 * what its topics ask. Oral pressure medicine is left out where heart, brain or consciousness is touched, and in
 * pregnancy. A list to tick, not an order; undecided without a reason.
 * @source 国家基层高血压防治管理指南 2025版 §5.4.6、§7；中风120；平台默认：急诊转诊初步处理
 */
export function listFirstHandling(
  facts: { readonly reason: string },
  day: PlainDate,
): Decision<{ readonly steps: readonly HandlingStep[] }> {
  const row = rowOn(firstHandlingSteps, day);
  const rule = ruleFrom('REF-02', row);
  if (facts.reason.trim() === '') return undecided(rule, ['转诊理由']);
  const found = topicsIn(facts.reason, valueOn(referralTopics, day).rows).map(({ topic }) => topic);
  const has = (topic: ReferralTopic) => found.includes(topic);
  const isTouched = has('consciousness') || has('stroke') || has('chest') || has('pregnancy');
  // Sugar was measured and is low: nobody looks for ketones.
  const isOut = (topic: ReferralTopic) =>
    (topic === 'glucose' && has('low-glucose')) || (topic === 'pressure' && isTouched);
  const topics = found.filter((topic) => !isOut(topic));
  const { everybody, byTopic } = row.value;
  const steps = [...everybody, ...topics.flatMap((topic) => byTopic[topic] ?? [])];
  const once = [...new Map(steps.map((step) => [step.code, step])).values()];
  return decided(
    rule,
    { steps: once },
    topics.map((topic) => because(topic, '按理由列出。')),
  );
}
