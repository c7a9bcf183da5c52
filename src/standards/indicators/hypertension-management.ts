import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/**
 * How "served as required" (规范管理) is counted for hypertension, policy B: pro rata by quarter.
 * @source 国家基本公共卫生服务规范（第三版） 高血压患者健康管理服务规范；口径细则为本平台默认值
 */
const ours = { from: plainDate('2017-02-28'), source: 'PHS-3', certainty: 'own-default' as const };

export const visitsPerYear = parameter({
  id: 'I-HTN-02.visits-per-year',
  label: '每年面对面随访次数',
  unit: '次',
  rows: [
    {
      from: plainDate('2017-02-28'),
      value: 4,
      source: 'PHS-3',
      clause: '高血压患者健康管理服务规范：每年至少4次面对面随访',
      certainty: 'from-knowledge',
    },
  ],
});

export const minimumManagedDaysOfQuarter = parameter({
  id: 'I-HTN-02.quarter-managed-days',
  label: '一个季度内在管达到多少天才要求该季度有随访',
  unit: '天',
  rows: [{ ...ours, value: 45, clause: '平台默认口径B' }],
});

export const minimumDaysBetweenCountedVisits = parameter({
  id: 'I-HTN-02.visit-spacing-days',
  label: '相隔不足多少天的随访只计一次',
  unit: '天',
  rows: [{ ...ours, value: 7, clause: '平台默认口径B' }],
});

export const checkupRequiredAfterMonths = parameter({
  id: 'I-HTN-02.checkup-after-months',
  label: '纳入管理满多少个月后要求年度体检',
  unit: '月',
  rows: [{ ...ours, value: 6, clause: '平台默认口径B' }],
});

export const checkupCurrentMonths = parameter({
  id: 'I-HTN-02.checkup-current-months',
  label: '年中运行值：上次体检在多少个月内视为尚未到期（年末只认本年度体检）',
  unit: '月',
  rows: [{ ...ours, value: 12, clause: '平台默认口径B' }],
});

/** Every parameter of the count, for the rules catalogue. */
export const hypertensionManagementParameters = [
  visitsPerYear,
  minimumManagedDaysOfQuarter,
  minimumDaysBetweenCountedVisits,
  checkupRequiredAfterMonths,
  checkupCurrentMonths,
] as const;
