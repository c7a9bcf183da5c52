import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, type RuleRef } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { respiratoryRateCrisis, saturationCrisis } from './follow-up-parameters.ts';

export interface BreathingFacts {
  /** Pulse oximetry, %. */
  readonly spo2?: number | undefined;
  readonly onOxygen?: boolean | undefined;
  /** Per minute. */
  readonly respiratoryRate?: number | undefined;
  /** Chinese names of danger signs found. */
  readonly dangerSigns: readonly string[];
  /** Altered consciousness among the symptoms. */
  readonly confused?: boolean | undefined;
}

/**
 * Whether a person with COPD is in danger now: low saturation, very fast breathing, altered consciousness or a danger
 * sign. What was not measured says nothing.
 * @source 慢性阻塞性肺疾病基层诊疗指南 急性加重；平台默认值
 */
export function detectBreathingCrisis(facts: BreathingFacts, day: PlainDate): Decision<boolean> {
  const row = rowOn(saturationCrisis, day);
  const rule: RuleRef = {
    id: 'COPD-08-crisis',
    edition: row.source,
    clause: row.clause,
    certainty: row.certainty,
  };
  const reasons: Reason[] = [];
  const floor = facts.onOxygen === true ? row.value.onOxygen : row.value.onAir;
  if (facts.spo2 !== undefined && facts.spo2 < floor)
    reasons.push({
      code: 'saturation',
      text: `血氧饱和度 ${facts.spo2}%，低于 ${floor}%${facts.onOxygen ? '（吸氧时）' : ''}。`,
    });
  const rate = valueOn(respiratoryRateCrisis, day);
  if (facts.respiratoryRate !== undefined && facts.respiratoryRate >= rate)
    reasons.push({
      code: 'respiratory-rate',
      text: `呼吸 ${facts.respiratoryRate} 次/分，达到危急值（≥${rate}）。`,
    });
  if (facts.confused === true) reasons.push({ code: 'confused', text: '意识不清。' });
  for (const sign of facts.dangerSigns) reasons.push({ code: 'danger-sign', text: `有危急征象：${sign}。` });
  return decided(rule, reasons.length > 0, reasons);
}
