import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, type RuleRef } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { crisisLimit } from '../hypertension/follow-up-parameters.ts';
import { diabetesCrisisVitals, glucoseCrisisLimits, statutoryGlucoseLimit } from './follow-up-parameters.ts';

export interface GlucoseCrisisFacts {
  /** mmol/L. */
  readonly fpg?: number | undefined;
  readonly randomGlucose?: number | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  /** °C. */
  readonly temperature?: number | undefined;
  /** Chinese names of danger signs found. */
  readonly dangerSigns: readonly string[];
  readonly pregnantOrLactating?: boolean | undefined;
}

/**
 * Whether a person with diabetes is in danger now: glucose at or beyond either end, blood pressure at the crisis limit,
 * high fever, a danger sign, or high glucose in pregnancy or lactation. What was not measured says nothing. One fast
 * pulse is not the lasting tachycardia the norm means; that is a danger sign the doctor marks.
 * @source 国家基本公共卫生服务规范（第三版） 2型糖尿病患者健康管理服务规范 随访评估
 */
export function detectGlucoseCrisis(facts: GlucoseCrisisFacts, day: PlainDate): Decision<boolean> {
  const row = rowOn(glucoseCrisisLimits, day);
  const rule: RuleRef = {
    id: 'DM-18-crisis',
    edition: row.source,
    clause: row.clause,
    certainty: row.certainty,
  };
  const reasons: Reason[] = [];
  const judge = (name: string, value: number | undefined) => {
    if (value === undefined) return;
    if (value >= row.value.high)
      reasons.push({
        code: 'glucose-high',
        text: `${name} ${value} mmol/L，达到危急值（≥${row.value.high}）。`,
      });
    if (value <= row.value.low)
      reasons.push({ code: 'glucose-low', text: `${name} ${value} mmol/L，为低血糖（≤${row.value.low}）。` });
  };
  judge('空腹血糖', facts.fpg);
  judge('随机血糖', facts.randomGlucose);
  const pressure = valueOn(crisisLimit, day);
  if (facts.sbp !== undefined && facts.sbp >= pressure.sbp)
    reasons.push({ code: 'sbp-crisis', text: `收缩压 ${facts.sbp} mmHg，达到危急值（≥${pressure.sbp}）。` });
  if (facts.dbp !== undefined && facts.dbp >= pressure.dbp)
    reasons.push({ code: 'dbp-crisis', text: `舒张压 ${facts.dbp} mmHg，达到危急值（≥${pressure.dbp}）。` });
  const vitals = valueOn(diabetesCrisisVitals, day);
  if (facts.temperature !== undefined && facts.temperature > vitals.temperatureAbove)
    reasons.push({ code: 'fever', text: `体温 ${facts.temperature} ℃，超过 ${vitals.temperatureAbove} ℃。` });
  for (const sign of facts.dangerSigns) reasons.push({ code: 'danger-sign', text: `有危急征象：${sign}。` });
  const isHigh = facts.fpg !== undefined && facts.fpg >= valueOn(statutoryGlucoseLimit, day);
  if (facts.pregnantOrLactating === true && isHigh)
    reasons.push({ code: 'pregnancy', text: '妊娠期或哺乳期血糖高于正常。' });
  return decided(rule, reasons.length > 0, reasons);
}
