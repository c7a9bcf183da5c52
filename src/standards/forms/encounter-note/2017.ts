import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { line, pastDate, reference, text } from '../field-builders.ts';
import { archiveNoField, nameField } from '../people-blocks.ts';

const long = { multiline: true } as const;

/**
 * 接诊记录表: subjective, objective, assessment, plan.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 接诊记录表
 */
export const encounterNote2017: FormEdition = defineEdition({
  form: 'encounter-note',
  edition: '2017',
  title: '接诊记录表',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 接诊记录表',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'encounter',
      title: '接诊',
      lines: [
        line(nameField, archiveNoField),
        text('subjective', '就诊者的主观资料', 2000, { ...long, note: '主诉、咨询问题、卫生服务要求等。' }),
        text('objective', '就诊者的客观资料', 2000, { ...long, note: '查体、实验室检查、影像检查等。' }),
        text('assessment', '评估', 2000, { ...long, note: '初步印象、疾病诊断或健康问题评估。' }),
        text('plan', '处置计划', 2000, { ...long, note: '诊断、治疗、患者指导计划等。' }),
        reference('doctorSign', '医生签字', 'staff'),
        pastDate('encounterDate', '接诊日期'),
      ],
    },
  ],
});
