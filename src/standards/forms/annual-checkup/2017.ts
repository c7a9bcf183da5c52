import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { pastDate, reference, text } from '../field-builders.ts';
import { evaluationGroups } from './evaluation.ts';
import { examinationGroups } from './examination.ts';
import { generalGroups } from './general.ts';
import { laboratoryGroup } from './laboratory.ts';

/**
 * 健康体检表 as printed in 2017. Its paper has no line numbers; ours run in printed order. What must be filled in
 * depends on the groups a person belongs to.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 健康体检表
 */
export const annualCheckup2017: FormEdition = defineEdition({
  form: 'annual-checkup',
  edition: '2017',
  title: '健康体检表',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 健康体检表',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'header',
      title: '体检',
      lines: [pastDate('checkDate', '体检日期'), reference('responsibleDoctor', '责任医生', 'staff')],
    },
    ...generalGroups,
    ...examinationGroups,
    laboratoryGroup,
    ...evaluationGroups,
    {
      id: 'feedback',
      title: '反馈（地方补充）',
      lines: [
        text('residentSign', '居民签字', 50, { required: 'optional', extension: true }),
        text('doctorSign', '医生签名', 50, { required: 'optional', extension: true }),
      ],
    },
  ],
  checks: [
    {
      kind: 'less-than',
      code: 'left-dbp-not-below-sbp',
      severity: 'error',
      message: '左侧舒张压应低于收缩压，请核对。',
      lower: 'bpLeftDbp',
      upper: 'bpLeftSbp',
    },
    {
      kind: 'less-than',
      code: 'right-dbp-not-below-sbp',
      severity: 'error',
      message: '右侧舒张压应低于收缩压，请核对。',
      lower: 'bpRightDbp',
      upper: 'bpRightSbp',
    },
    {
      kind: 'close',
      code: 'arms-differ',
      severity: 'warning',
      message: '两侧收缩压相差20 mmHg及以上，请确认。',
      a: 'bpLeftSbp',
      b: 'bpRightSbp',
      lessThan: 20,
    },
    {
      kind: 'close',
      code: 'arms-differ',
      severity: 'warning',
      message: '两侧舒张压相差20 mmHg及以上，请确认。',
      a: 'bpLeftDbp',
      b: 'bpRightDbp',
      lessThan: 20,
    },
    {
      kind: 'at-most',
      code: 'quit-before-start',
      severity: 'error',
      message: '戒烟年龄不应小于开始吸烟年龄。',
      lower: 'smokeStartAge',
      upper: 'smokeQuitAge',
    },
    {
      kind: 'at-most',
      code: 'quit-before-start',
      severity: 'error',
      message: '戒酒年龄不应小于开始饮酒年龄。',
      lower: 'drinkStartAge',
      upper: 'alcoholQuitAge',
    },
    ...['exerciseYears', 'smokeStartAge', 'smokeQuitAge', 'drinkStartAge', 'alcoholQuitAge', 'occYears'].map(
      (field) =>
        ({
          kind: 'at-most-age',
          code: 'above-age',
          severity: 'error',
          message: '年数或年龄不应大于本人年龄。',
          field,
        }) as const,
    ),
    {
      kind: 'at-most',
      code: 'direct-above-total',
      severity: 'error',
      message: '结合胆红素不应大于总胆红素。',
      lower: 'dbil',
      upper: 'tbil',
    },
    {
      kind: 'less-than',
      code: 'target-weight',
      severity: 'warning',
      message: '减体重目标应低于现在体重，请确认。',
      lower: 'targetWeight',
      upper: 'weight',
    },
  ],
});
