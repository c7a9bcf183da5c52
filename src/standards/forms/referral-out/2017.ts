import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { addition, code, codes, line, optional, pastDate, reference, text } from '../field-builders.ts';
import { ageField, archiveNoField, nameField, phoneField, sexLine } from '../people-blocks.ts';

const long = { multiline: true } as const;

/**
 * 双向转诊单（转出）: the stub stays, the slip goes with the patient. What stands on both is asked once.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 双向转诊单
 */
export const referralOut2017: FormEdition = defineEdition({
  form: 'referral-out',
  edition: '2017',
  title: '双向转诊单（转出）',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 双向转诊单（转出）',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'stub-and-slip' },
  groups: [
    {
      id: 'stub',
      title: '存根',
      lines: [
        line(nameField, sexLine, ageField, archiveNoField),
        line(text('address', '家庭住址', 200), phoneField),
        line(pastDate('referDate', '转诊日期'), reference('toOrg', '转入单位', 'organization')),
        line(text('toDept', '科室', 60), text('toDoctor', '接诊医生', 50, optional)),
        line(reference('fromDoctor', '转诊医生（签字）', 'staff'), pastDate('signDate', '签字日期')),
      ],
    },
    {
      id: 'slip',
      title: '双向转诊（转出）单',
      lines: [
        text('impression', '初步印象', 500, long),
        text('presentIllness', '主要现病史（转出原因）', 2000, long),
        text('pastHistory', '主要既往史', 1000, long),
        text('treatment', '治疗经过', 2000, long),
        line(
          text('fromPhone', '转诊医生联系电话', 20, { pattern: 'phone' }),
          reference('fromOrg', '机构名称', 'organization'),
        ),
      ],
    },
    {
      id: 'platform',
      title: '转诊协同（平台补充）',
      lines: [
        code('referType', '转诊方向', '1 上转  2 下转', addition),
        code('urgency', '紧急程度', '1 普通  2 紧急', addition),
        codes('diseases', '相关疾病', '1 高血压  2 2型糖尿病  3 慢阻肺病  9 其他____', {
          ...addition,
          text: { id: 'diseaseOther', label: '其他相关疾病' },
        }),
        code(
          'reasonCode',
          '转诊原因类别',
          '1 连续两次控制不满意  2 危急情况  3 不良反应难以控制  4 新发或加重并发症  5 需检查确诊  6 疑继发性高血压  9 其他____',
          { ...addition, text: { id: 'reasonOther', label: '其他转诊原因' } },
        ),
        text('bookingNo', '预约号', 40, addition),
      ],
    },
  ],
});
