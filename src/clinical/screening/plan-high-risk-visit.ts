import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided } from '#kernel/decision.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { highRiskMonths, type ScreenedCondition } from './screening-parameters.ts';

export const screenedConditionLabels: Readonly<Record<ScreenedCondition, string>> = {
  hypertension: '高血压',
  'type-2-diabetes': '2型糖尿病',
  copd: '慢阻肺',
  'stroke-unspecified': '脑卒中',
};

const asked: Readonly<Record<ScreenedCondition, string>> = {
  hypertension: '测血压并指导生活方式',
  'type-2-diabetes': '测空腹血糖并指导生活方式',
  copd: '复查肺功能或症状问卷，指导戒烟',
  'stroke-unspecified': '复筛8项危险因素并干预',
};

/** When a high-risk person is seen again, and for what. @source 国家基本公共卫生服务规范（第三版） 高危人群 */
export function planHighRiskVisit(
  condition: ScreenedCondition,
  lastOn: PlainDate,
): Decision<{ readonly dueOn: PlainDate; readonly step: string }> {
  const row = rowOn(highRiskMonths, lastOn);
  const months = row.value[condition];
  const dueOn = addMonths(lastOn, months);
  return decided(ruleFrom('SCR-01', row), { dueOn, step: asked[condition] }, [
    because(
      'interval',
      `${screenedConditionLabels[condition]}高危每 ${months} 个月${asked[condition]}，应于 ${dueOn} 前完成。`,
    ),
  ]);
}
