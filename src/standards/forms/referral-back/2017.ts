import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { line, optional, pastDate, reference, text } from '../field-builders.ts';
import { ageField, nameField, phoneField, sexLine } from '../people-blocks.ts';

const long = { multiline: true } as const;

/**
 * 双向转诊单（回转）: what the hospital found, did, and asks the primary doctor to go on with.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 双向转诊单
 */
export const referralBack2017: FormEdition = defineEdition({
  form: 'referral-back',
  edition: '2017',
  title: '双向转诊单（回转）',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 双向转诊单（回转）',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'stub-and-slip' },
  groups: [
    {
      id: 'stub',
      title: '存根',
      lines: [
        line(nameField, sexLine, ageField, text('hospitalRecordNo', '病案号', 40, optional)),
        line(text('address', '家庭住址', 200), phoneField),
        line(pastDate('backDate', '回转日期'), reference('toOrg', '转回单位', 'organization')),
        line(
          text('toDoctor', '接诊医生', 50),
          reference('fromDoctor', '转诊医生（签字）', 'staff'),
          pastDate('signDate', '签字日期'),
        ),
      ],
    },
    {
      id: 'slip',
      title: '双向转诊（回转）单',
      lines: [
        text('diagnosis', '诊断结果', 1000, long),
        text('inpatientNo', '住院病案号', 40, optional),
        text('examResults', '主要检查结果', 2000, long),
        text('treatmentAndAdvice', '治疗经过、下一步治疗方案及康复建议', 2000, long),
        line(
          text('fromPhone', '转诊医生联系电话', 20, { pattern: 'phone' }),
          reference('fromOrg', '机构名称', 'organization'),
        ),
      ],
    },
  ],
});
