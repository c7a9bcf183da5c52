import type { FormField } from '#kernel/form-shape.ts';
import { code, line, optional, pastDate, reference, text } from './field-builders.ts';
import { ageField, idNoField, nameField, phoneField, sexLine } from './people-blocks.ts';

/** The person on a disease report card. */
export const cardPersonLines: readonly (FormField | readonly FormField[])[] = [
  line(text('cardNo', '卡片编号', 40), {
    kind: 'text',
    id: 'regionCode',
    label: '行政区划代码',
    required: 'always',
    maxLength: 12,
  }),
  nameField,
  sexLine,
  text('nation', '民族', 30),
  line(pastDate('birthDate', '出生日期'), ageField),
  idNoField,
  text('occupation', '职业', 60),
  code('marital', '婚姻状况', '1 未婚  2 已婚  3 丧偶  4 离婚  9 未说明'),
  phoneField,
  line(text('regAddress', '户籍地址', 200), text('liveAddress', '现住址', 200)),
  text('visitNo', '门诊号或住院号', 40, optional),
];

/** Who reported, and when. */
export const cardReportLines: readonly (FormField | readonly FormField[])[] = [
  line(reference('reportOrg', '报告单位', 'organization'), text('reportDept', '报告科室', 60)),
  line(reference('reportDoctor', '报告医师', 'staff'), pastDate('reportDate', '报告日期')),
];
