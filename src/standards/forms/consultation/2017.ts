import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { addition, code, line, pastDate, reference, rows, text } from '../field-builders.ts';
import { archiveNoField, nameField } from '../people-blocks.ts';

/**
 * 会诊记录表, with what a remote consultation adds.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 会诊记录表
 */
export const consultation2017: FormEdition = defineEdition({
  form: 'consultation',
  edition: '2017',
  title: '会诊记录表',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 会诊记录表',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'consultation',
      title: '会诊',
      lines: [
        line(nameField, archiveNoField),
        text('reason', '会诊原因', 1000, { multiline: true }),
        text('opinion', '会诊意见', 2000, { multiline: true }),
        rows('consultants', '会诊医生及其所在医疗卫生机构', 5, 20, [
          text('orgName', '医疗卫生机构名称', 100),
          text('doctorNames', '会诊医生签字', 100),
        ]),
        reference('responsibleDoctor', '责任医生', 'staff'),
        pastDate('consultDate', '会诊日期'),
        code('mode', '会诊方式', '1 现场  2 电话  3 视频或远程', addition),
        code('urgency', '紧急程度', '1 普通  2 加急', addition),
        reference('applyOrg', '申请机构', 'organization', addition),
      ],
    },
  ],
});
