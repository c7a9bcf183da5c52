import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { addition, code, codes, optional, pastDate, reference, text } from '../field-builders.ts';
import { nameField, sexLine } from '../people-blocks.ts';

/**
 * 居民健康档案信息卡, front and back. Everything on it is taken from the archive; only the issue is its own.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 居民健康档案信息卡
 */
export const archiveCard2017: FormEdition = defineEdition({
  form: 'archive-card',
  edition: '2017',
  title: '居民健康档案信息卡',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 居民健康档案信息卡',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'card' },
  groups: [
    {
      id: 'front',
      title: '正面',
      lines: [
        nameField,
        sexLine,
        pastDate('birthDate', '出生日期'),
        text('archiveNo', '健康档案编号', 17, { pattern: 'archive-number' }),
        code('bloodAbo', 'ABO血型', '1 A  2 B  3 O  4 AB', optional),
        code('bloodRh', 'RH血型', '1 Rh阴性  2 Rh阳性  3 不详', optional),
        codes(
          'chronicDiseases',
          '慢性病患病情况',
          '1 无  2 高血压  3 糖尿病  4 脑卒中  5 冠心病  6 哮喘  7 职业病  8 其他疾病____',
          { exclusive: ['1'], text: { id: 'chronicDiseaseOther', label: '其他疾病' } },
        ),
        text('allergies', '过敏史', 200, optional),
      ],
    },
    {
      id: 'back',
      title: '反面',
      lines: [
        text('address', '家庭住址', 200),
        text('homePhone', '家庭电话', 20, { pattern: 'phone', ...optional }),
        text('contactName', '紧急情况联系人', 50),
        text('contactPhone', '联系人电话', 20, { pattern: 'phone' }),
        reference('createOrg', '建档机构名称', 'organization'),
        text('orgPhone', '建档机构联系电话', 20, { pattern: 'phone' }),
        reference('responsibleDoctor', '责任医生或护士', 'staff'),
        text('doctorPhone', '责任医生或护士联系电话', 20, { pattern: 'phone' }),
        text('otherNote', '其他说明', 200, optional),
        pastDate('issuedOn', '发卡日期', addition),
        code('issueKind', '发卡类型', '1 首次发卡  2 遗失补发  3 信息更新换发', addition),
      ],
    },
  ],
});
