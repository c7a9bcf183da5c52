import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, integer, line, optional, pastDate } from '../field-builders.ts';
import { nameField } from '../people-blocks.ts';

/**
 * 慢阻肺人群筛查问卷（COPD-PS）: five questions, 0–10 points; points and cut-off are a clinical rule.
 * @source COPD Population Screener（Martinez 等 2008）
 */
export const copdPs2008: FormEdition = defineEdition({
  form: 'copd-ps',
  edition: '2008',
  title: '慢阻肺人群筛查问卷（COPD-PS）',
  dictVersion: 'COPD-PS-2008',
  source: 'COPD-PS-2008',
  clause: 'COPD-PS 五项问卷',
  certainty: 'found',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'items',
      title: '问题',
      lines: [
        code('breathless', '过去4周感到气短的时间', '1 从未  2 很少  3 有时  4 经常  5 总是'),
        code(
          'sputum',
          '是否咳出黏液或痰',
          '1 从未  2 仅在感冒或胸部感染时  3 每月几天  4 大多数日子  5 每天',
        ),
        code(
          'lessActive',
          '过去12个月因呼吸问题活动减少',
          '1 强烈反对  2 反对  3 不确定  4 同意  5 非常同意',
        ),
        code('smoked100', '至今是否吸过至少100支烟', '1 否  2 是  3 不知道'),
        code('ageBand', '年龄', '1 35~49岁  2 50~59岁  3 60~69岁  4 70岁及以上'),
      ],
    },
    {
      id: 'result',
      title: '结果',
      lines: [
        integer('score', '总分', { unit: '分', hard: { min: 0, max: 10 } }, optional),
        line(pastDate('assessDate', '评估日期'), nameField),
      ],
    },
  ],
});
