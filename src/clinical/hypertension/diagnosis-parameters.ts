import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const jc2025 = { from: plainDate('2025-09-01'), source: 'HTN-JC-2025', certainty: 'found' as const };
const cn2018 = {
  from: plainDate('2018-12-01'),
  source: 'HTN-CN-2018',
  certainty: 'from-knowledge' as const,
};
const own = { from: plainDate('2025-09-01'), source: 'OWN', certainty: 'own-default' as const };

export const readingAgreement = parameter({
  id: 'HTN-01.agreement',
  label: '两次读数相差超过即测第三次；首诊两臂收缩压相差超过即提示；随访首读低于即不必再测',
  unit: 'mmHg',
  rows: [
    {
      ...jc2025,
      value: { thirdReadingAbove: 10, armDifferenceAbove: 20, singleBelow: { sbp: 120, dbp: 80 } },
      clause: '国家基层高血压防治管理指南 2025版 §4.1.1 诊室血压测量',
    },
  ],
});

/** Plausible office values: outside is a typing error, not a pressure. */
export const plausiblePressure = parameter({
  id: 'HTN-01.plausible',
  label: '可信血压范围与最小脉压',
  unit: 'mmHg',
  rows: [
    {
      ...own,
      value: { sbp: { min: 60, max: 300 }, dbp: { min: 30, max: 200 }, pulse: 10 },
      clause: '平台默认：输入合理性',
    },
  ],
});

export const pressureGrades = parameter({
  id: 'HTN-02.grades',
  label: '血压水平分级下限（收缩压或舒张压达到即属该级）',
  unit: 'mmHg',
  rows: [
    {
      ...cn2018,
      value: [
        { from: 0, dbp: 0, category: 'normal' },
        { from: 120, dbp: 80, category: 'high-normal' },
        { from: 140, dbp: 90, category: 'grade-1' },
        { from: 160, dbp: 100, category: 'grade-2' },
        { from: 180, dbp: 110, category: 'grade-3' },
      ] as const,
      clause: '中国高血压防治指南 血压水平分类和定义',
    },
  ],
});

export const diagnosisLimits = parameter({
  id: 'HTN-03.limits',
  label: '诊断界值：诊室、家庭、动态（24小时、白天、夜间）；同日确诊界值',
  unit: 'mmHg',
  rows: [
    {
      ...jc2025,
      value: {
        office: { sbp: 140, dbp: 90 },
        home: { sbp: 135, dbp: 85 },
        ambulatory24h: { sbp: 130, dbp: 80 },
        ambulatoryDay: { sbp: 135, dbp: 85 },
        ambulatoryNight: { sbp: 120, dbp: 70 },
        sameDay: { sbp: 180, dbp: 110 },
        sameDayWithReason: { sbp: 160, dbp: 100 },
      },
      clause: '国家基层高血压防治管理指南 2025版 §4.2 表1、图1',
    },
  ],
});

export const diagnosisSeries = parameter({
  id: 'HTN-03.series',
  label: '诊断所需的测量：诊室非同日次数与跨度；家庭最少天数与读数、标准天数与读数',
  rows: [
    {
      ...jc2025,
      value: {
        officeDays: 3,
        officeWithinDays: 28,
        homeDays: 3,
        homeReadings: 12,
        homeStandardDays: 5,
        homeStandardReadings: 20,
      },
      clause: '国家基层高血压防治管理指南 2025版 §4.2；标准读数20次为平台默认',
    },
  ],
});

export const screeningMonths = parameter({
  id: 'HTN-05.months',
  label:
    '血压复测：成人起点；间隔：有危险因素或正常高值、无危险因素；年龄危险因素起点（超过）；公卫高危年龄与血压',
  rows: [
    {
      ...jc2025,
      value: {
        adultFrom: 18,
        atRisk: 6,
        plain: 12,
        ageAbove: 55,
        bmiFrom: 24,
        publicHealthAgeFrom: 55,
        publicHealthHighNormal: { sbp: 130, dbp: 85 },
      },
      clause: '国家基层高血压防治管理指南 2025版 §9；公卫规范高血压高危人群',
    },
  ],
});

export const diagnosisParameters = [
  readingAgreement,
  plausiblePressure,
  pressureGrades,
  diagnosisLimits,
  diagnosisSeries,
  screeningMonths,
] as const;
