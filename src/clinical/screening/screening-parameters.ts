import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/** Diseases screened for, whose high-risk people are kept in a register of their own. */
export type ScreenedCondition = 'hypertension' | 'type-2-diabetes' | 'copd' | 'stroke-unspecified';

export const highRiskMonths = parameter<Readonly<Record<ScreenedCondition, number>>>({
  id: 'SCR-01.months',
  label: '高危人群随访间隔：高血压高危测血压、糖尿病高危测血糖、慢阻肺高危、脑卒中高危',
  unit: '月',
  rows: [
    {
      from: plainDate('2017-02-28'),
      source: 'PHS-3',
      certainty: 'own-default',
      clause:
        '国家基本公共卫生服务规范（第三版）：高血压高危每半年测血压，糖尿病高危每年测空腹血糖；脑卒中高危每年复筛；慢阻肺为平台默认',
      value: { hypertension: 6, 'type-2-diabetes': 12, copd: 12, 'stroke-unspecified': 12 },
    },
  ],
});

export const highRiskListSize = parameter<Readonly<Record<'hypertension' | 'diabetes', number>>>({
  id: 'SCR-02.factors',
  label: '高危评估表中至少几项为“是”即列为高危：高血压、糖尿病',
  unit: '项',
  rows: [
    {
      from: plainDate('2017-02-28'),
      source: 'PHS-3',
      certainty: 'found',
      clause:
        '国家基本公共卫生服务规范（第三版） 高危人群（任一项）；中国2型糖尿病防治指南 高危人群（任一项）',
      value: { hypertension: 1, diabetes: 1 },
    },
  ],
});

export const testWithinDays = parameter<Readonly<Record<'spirometry' | 'glucose-load', number>>>({
  id: 'SCR-03.days',
  label: '筛查阳性后应在多少天内完成：肺功能检查、葡萄糖负荷试验或静脉血糖',
  unit: '天',
  rows: [
    {
      from: plainDate('2025-09-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：筛查阳性四周内完成检查',
      value: { spirometry: 28, 'glucose-load': 28 },
    },
  ],
});
