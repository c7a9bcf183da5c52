import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { type Condition, type Conditions, conditionLabels } from '../conditions.ts';
import { drugStart, startConditions } from './treatment-parameters.ts';

export interface DrugStartFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly conditions: Conditions;
  /** Days since lifestyle alone was agreed. */
  readonly lifestyleDays?: number | undefined;
}

export type DrugStart = 'drug-now' | 'drug-or-delay' | 'lifestyle' | 'lifestyle-unless-high-risk';

/**
 * Whether to start antihypertensives: at once, delayed on wish up to three months, or not. Suggestion for a clinician.
 * @source 国家基层高血压防治管理指南 2025版 §5.4.1、§5.4.7
 */
export function decideDrugStart(facts: DrugStartFacts, day: PlainDate): Decision<DrugStart> {
  const row = rowOn(drugStart, day);
  const rule = ruleFrom('HTN-09', row);
  const { sbp, dbp } = facts;
  if (sbp === undefined || dbp === undefined) return undecided(rule, missingOf({ 收缩压: sbp, 舒张压: dbp }));
  const { delayBelow, delayDays, highNormalFrom, hypertensionFrom } = row.value;
  const with_ = (startConditions as readonly Condition[]).filter((one) => facts.conditions.includes(one));
  const named = with_.map((one) => conditionLabels[one]).join('、');
  const answer = (value: DrugStart, text: string) => decided(rule, value, [because(value, text)]);
  const isHypertensive = sbp >= hypertensionFrom.sbp || dbp >= hypertensionFrom.dbp;
  if (!isHypertensive) {
    const isHighNormal = sbp >= highNormalFrom.sbp || dbp >= highNormalFrom.dbp;
    if (isHighNormal && with_.length > 0)
      return answer('drug-now', `血压 ${sbp}/${dbp} mmHg 合并${named}，建议用药，目标低于130/80。`);
    return answer('lifestyle', `血压 ${sbp}/${dbp} mmHg，未达到用药界值，改善生活方式，6个月复测。`);
  }
  if (with_.length > 0) return answer('drug-now', `高血压合并${named}，立即启动药物。`);
  if (sbp < hypertensionFrom.sbp)
    return answer('lifestyle-unless-high-risk', '单纯舒张期高血压，心血管风险高时用药。');
  if (sbp < delayBelow.sbp && dbp < delayBelow.dbp) {
    const expired = facts.lifestyleDays !== undefined && facts.lifestyleDays > delayDays;
    return expired
      ? answer('drug-now', `单纯改善生活方式已 ${facts.lifestyleDays} 天仍未达标，启动药物。`)
      : answer(
          'drug-or-delay',
          `血压 ${sbp}/${dbp} mmHg 且无合并症，可按本人意愿先改善生活方式，最多 ${delayDays} 天。`,
        );
  }
  return answer('drug-now', `血压 ${sbp}/${dbp} mmHg，立即启动药物。`);
}
