import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/**
 * From which age a resident is a managed patient of the chronic-disease programmes.
 * @source 国家基本公共卫生服务规范（第三版） 服务对象：辖区内35岁及以上常住居民中的患者
 */
export const minimumManagedAge = parameter({
  id: 'PHS.minimum-managed-age',
  label: '慢性病患者健康管理的最低年龄',
  unit: '岁',
  rows: [
    {
      from: plainDate('2017-02-28'),
      value: 35,
      source: 'PHS-3',
      clause: '高血压患者健康管理服务规范 服务对象',
      certainty: 'found',
    },
  ],
});
