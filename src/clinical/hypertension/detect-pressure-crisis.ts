import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, type RuleRef } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { diagnosisLimits } from './diagnosis-parameters.ts';
import { crisisLimit } from './follow-up-parameters.ts';

export interface CrisisFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  /** Chinese names of danger signs found: 意识改变, 喘憋不能平卧 … */
  readonly dangerSigns: readonly string[];
  /** Pregnant or breast-feeding; undefined when unknown. */
  readonly pregnantOrLactating?: boolean | undefined;
  /** Whether the reading is above normal on the public-health track; when not said, from the office limit. */
  readonly aboveNormal?: boolean | undefined;
}

/**
 * Whether the person is in danger now: at or above the crisis limit, a danger sign, or raised pressure in pregnancy or
 * lactation. An emergency stops every other advice: handle, refer, follow the referral within two weeks.
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范 随访评估
 */
export function detectPressureCrisis(facts: CrisisFacts, day: PlainDate): Decision<boolean> {
  const row = rowOn(crisisLimit, day);
  const rule: RuleRef = {
    id: 'HTN-16-crisis',
    edition: row.source,
    clause: row.clause,
    certainty: row.certainty,
  };
  const { sbp, dbp } = row.value;
  const reasons: Reason[] = [];
  if (facts.sbp !== undefined && facts.sbp >= sbp) {
    reasons.push({ code: 'sbp-crisis', text: `收缩压 ${facts.sbp} mmHg，达到危急值（≥${sbp}）。` });
  }
  if (facts.dbp !== undefined && facts.dbp >= dbp) {
    reasons.push({ code: 'dbp-crisis', text: `舒张压 ${facts.dbp} mmHg，达到危急值（≥${dbp}）。` });
  }
  for (const sign of facts.dangerSigns) reasons.push({ code: 'danger-sign', text: `有危急征象：${sign}。` });
  const raised = valueOn(diagnosisLimits, day).office;
  const aboveNormal = facts.aboveNormal ?? ((facts.sbp ?? 0) >= raised.sbp || (facts.dbp ?? 0) >= raised.dbp);
  if (facts.pregnantOrLactating === true && aboveNormal) {
    reasons.push({ code: 'pregnancy', text: '妊娠期或哺乳期血压高于正常。' });
  }
  return decided(rule, reasons.length > 0, reasons);
}
