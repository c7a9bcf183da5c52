import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { code, integer, line, optional, pastDate } from '../field-builders.ts';
import { nameField } from '../people-blocks.ts';

const yesNo = '1 是  2 否';
const unsure = { certainty: 'uncertain' } as const;

/**
 * 慢阻肺筛查问卷（COPD-SQ）: seven questions; the points and the cut-off are a clinical rule.
 * @source 慢性阻塞性肺疾病筛查问卷 COPD-SQ（Zhou 等 2013）；中国慢性阻塞性肺疾病基层诊疗与管理指南（2024年）
 */
export const copdSq2013: FormEdition = defineEdition({
  form: 'copd-sq',
  edition: '2013',
  title: '慢阻肺筛查问卷（COPD-SQ）',
  dictVersion: 'COPD-SQ-2013',
  source: 'COPD-SQ-2013',
  clause: '慢性阻塞性肺疾病筛查问卷 COPD-SQ',
  certainty: 'found',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'items',
      title: '问题',
      lines: [
        code('ageBand', '年龄', '1 40~49岁  2 50~59岁  3 60~69岁  4 70岁及以上'),
        code(
          'packYears',
          '吸烟量（包年）＝每天吸烟包数×吸烟年数',
          '1 0~14包年  2 15~30包年  3 30包年及以上',
          {
            certainty: 'uncertain',
            note: '恰为30包年的归属待与原文核对。',
          },
        ),
        code('bmiBand', '体质指数', '1 ＜18.5  2 18.5~23.9  3 24.0~27.9  4 ≥28.0'),
        code('cough', '没有感冒时是否经常咳嗽', yesNo, unsure),
        code(
          'breathless',
          '平时是否感觉气促',
          '1 没有气促  2 在平地急行或爬小坡时感觉气促  3 在平地正常行走时感觉气促',
        ),
        code('biomass', '目前是否使用煤炉或柴草烹饪或取暖', yesNo, unsure),
        code(
          'familyHistory',
          '父母、兄弟姐妹及子女中是否有人患哮喘、慢性支气管炎、肺气肿或慢阻肺',
          yesNo,
          unsure,
        ),
      ],
    },
    {
      id: 'result',
      title: '结果',
      lines: [
        line(
          integer('score', '总分', { unit: '分', hard: { min: 0, max: 29 } }, optional),
          code('level', '结果', '1 低于16分  2 16分及以上，建议肺功能检查', optional),
        ),
        line(pastDate('assessDate', '评估日期'), nameField),
      ],
    },
  ],
});
