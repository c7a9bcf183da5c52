import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, computed, decimal, integer, line, optional, pastDate } from '../field-builders.ts';
import { nameField } from '../people-blocks.ts';
import { limits, normalBodyMassIndex } from '../plausible-limits.ts';

/**
 * 中国糖尿病风险评分表: what the score needs; the points are a clinical rule. Made for ages 20–74, 0–51 points.
 * @source 中国2型糖尿病防治指南（2020年版） 中国糖尿病风险评分表
 */
export const diabetesRiskScore2020: FormEdition = defineEdition({
  form: 'diabetes-risk-score',
  edition: '2020',
  title: '中国糖尿病风险评分表',
  dictVersion: 'CDRS-2020',
  source: 'DM-CN-2020',
  clause: '中国2型糖尿病防治指南（2020年版） 中国糖尿病风险评分表',
  certainty: 'found',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'items',
      title: '评分项目',
      lines: [
        line(pastDate('assessDate', '评估日期'), nameField),
        integer(
          'age',
          '年龄',
          {
            unit: '岁',
            hard: { min: 0, max: 130 },
            warn: { min: 20, max: 74 },
          },
          { note: '评分适用于20~74岁。' },
        ),
        integer('sbp', '收缩压', limits.sbp),
        line(
          decimal('height', '身高', limits.height),
          decimal('weight', '体重', limits.weight),
          computed('bmi', '体质指数', 'bmi', ['weight', 'height'], {
            unit: 'kg/m²',
            normal: normalBodyMassIndex,
          }),
        ),
        decimal('waist', '腰围', limits.waist),
        code('familyHistory', '糖尿病家族史（父母、同胞、子女）', '1 有  2 无'),
        code('gender', '性别', '1 男  2 女'),
        line(
          integer('score', '总分', { unit: '分', hard: { min: 0, max: 51 } }, optional),
          code('level', '风险', '1 低于25分  2 25分及以上', optional),
        ),
      ],
    },
  ],
});
