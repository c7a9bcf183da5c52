import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import type { RiskModifiers } from './count-risk-factors.ts';
import { gradePressure } from './grade-pressure.ts';
import { type HypertensionRisk, riskTable, riskTableFrom } from './risk-parameters.ts';

export const hypertensionRiskLabels: Readonly<Record<HypertensionRisk, string>> = {
  low: '低危',
  moderate: '中危',
  'moderate-high': '中/高危',
  high: '高危',
  'high-very-high': '高/很高危',
  'very-high': '很高危',
};

export interface HypertensionRiskFacts {
  /** Untreated pressure where known, else the present one. */
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly treated?: boolean | undefined;
  readonly modifiers?:
    | (Pick<RiskModifiers, 'riskFactors' | 'organDamage' | 'diabetes' | 'clinicalDisease'> &
        Partial<Pick<RiskModifiers, 'notKnown'>>)
    | undefined;
}

/**
 * The cardiovascular risk level of a person with raised pressure; null below the table. It labels, it does not decide
 * treatment. A level found while modifiers are unknown is the least it can be, reason `at-least`. Undecided without pressure
 * and the count of modifiers.
 * @source 中国高血压防治指南 心血管风险水平分层
 */
export function gradeHypertensionRisk(
  facts: HypertensionRiskFacts,
  day: PlainDate,
): Decision<HypertensionRisk | null> {
  const row = rowOn(riskTable, day);
  const rule = ruleFrom('HTN-07', row);
  const { sbp, dbp, modifiers } = facts;
  const grade = gradePressure({ sbp, dbp }, day);
  if (sbp === undefined || dbp === undefined || !modifiers || grade.kind === 'undecided')
    return undecided(rule, missingOf({ 收缩压: sbp, 舒张压: dbp, 危险因素: modifiers }));
  const from = valueOn(riskTableFrom, day);
  const columns: Readonly<Record<string, number>> = { 'grade-1': 1, 'grade-2': 2, 'grade-3': 3 };
  const column = columns[grade.value.category] ?? (sbp >= from.sbp || dbp >= from.dbp ? 0 : -1);
  const line = modifiers.clinicalDisease
    ? 3
    : modifiers.organDamage || modifiers.diabetes || modifiers.riskFactors >= 3
      ? 2
      : modifiers.riskFactors > 0
        ? 1
        : 0;
  const notKnown = line < 3 ? (modifiers.notKnown ?? []) : [];
  const level = column < 0 ? null : (row.value[line]?.[column] ?? null);
  const label = level ? hypertensionRiskLabels[level] : '未达分层血压';
  return decided(rule, level, [
    because(
      level ?? 'below',
      `血压 ${sbp}/${dbp} mmHg，危险因素 ${modifiers.riskFactors} 个，心血管风险：${label}。`,
    ),
    ...(level && notKnown.length > 0
      ? [because('at-least', `尚不知道${notKnown.join('、')}，实际风险可能更高。`)]
      : []),
    ...(facts.treated ? [because('on-treatment', '按治疗中的血压分层，可能低估。')] : []),
  ]);
}
