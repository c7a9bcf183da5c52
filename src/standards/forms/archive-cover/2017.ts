import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { pastDate, reference, text } from '../field-builders.ts';

/**
 * 居民健康档案封面: eleven items.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 附件
 */
export const archiveCover2017: FormEdition = defineEdition({
  form: 'archive-cover',
  edition: '2017',
  title: '居民健康档案',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 居民健康档案封面',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'cover',
      title: '封面',
      lines: [
        text('archiveNo', '编号', 17, { pattern: 'archive-number' }),
        text('name', '姓名', 50),
        text('currentAddress', '现住址', 200),
        text('registeredAddress', '户籍地址', 200),
        text('phone', '联系电话', 20, { pattern: 'phone' }),
        text('townName', '乡镇（街道）名称', 60),
        text('villageName', '村（居）委会名称', 60),
        reference('createOrg', '建档单位', 'organization'),
        reference('createdByStaff', '建档人', 'staff'),
        reference('responsibleDoctor', '责任医生', 'staff'),
        pastDate('createDate', '建档日期'),
      ],
    },
  ],
});
