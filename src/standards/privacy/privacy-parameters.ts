import { type Parameter, parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/** Below this age a guardian speaks for the person. */
export const ageOfOwnConsent = parameter({
  id: 'PRV-01.age',
  label: '本人可以自己表示同意的年龄（不满此龄由监护人表示）',
  unit: '岁',
  rows: [
    {
      from: plainDate('2021-11-01'),
      source: 'PIPL',
      certainty: 'from-knowledge',
      clause: '第三十一条',
      value: 14,
    },
  ],
});

/** Years a record of treatment is kept at least after the last visit. */
export const recordRetentionYears = parameter({
  id: 'PRV-02.retention',
  label: '门（急）诊病历自最后一次就诊起至少保存',
  unit: '年',
  rows: [
    {
      from: plainDate('2017-04-01'),
      source: 'EMR-2017',
      certainty: 'from-knowledge',
      clause: '门（急）诊电子病历保存时限',
      value: 15,
    },
  ],
});

/** Working days within which a resident's request is answered. */
export const requestWorkingDays = parameter({
  id: 'PRV-03.answer',
  label: '居民个人信息请求的答复期限（收到次日起算的工作日）',
  unit: '个工作日',
  rows: [
    {
      from: plainDate('2021-11-01'),
      source: 'PIPL',
      certainty: 'uncertain',
      clause: '第五十条只要求及时，未定天数；15个工作日为平台参数，待县里核定',
      value: 15,
    },
  ],
});

/** Months records of access are kept where they can be looked up. */
export const accessLogMonths = parameter({
  id: 'PRV-04.log',
  label: '查阅记录至少保存',
  unit: '个月',
  rows: [
    {
      from: plainDate('2021-11-01'),
      source: 'PIPL',
      certainty: 'from-knowledge',
      clause: '第五十六条：处理情况记录至少保存三年',
      value: 36,
    },
  ],
});

/** Days around today within which a visit, sheet, booking or referral ties a doctor to a person. */
export const treatingDays = parameter({
  id: 'PRV-06.treating',
  label: '诊治关系：接诊、随访、预约、转诊在今天前后多少天以内',
  unit: '天',
  rows: [
    {
      from: plainDate('2021-11-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: 'GB/T 39725—2020 要求最高级数据只限诊治人员，未定天数；30 天为平台参数，待县里核定',
      value: 30,
    },
  ],
});

/** Hours within which a larger incident is reported to the province. */
export const incidentReportHours = parameter({
  id: 'PRV-07.report',
  label: '较大以上网络安全事件报省级网信部门的期限（非关键信息基础设施）',
  unit: '小时',
  rows: [
    {
      from: plainDate('2025-11-01'),
      source: 'CYBER-INCIDENT-2025',
      certainty: 'found',
      clause: '关键信息基础设施以外的网络运营者向省级网信部门报告的时限',
      value: 4,
    },
  ],
});

/** Every dated number about privacy. */
export const privacyParameters: readonly Parameter<unknown>[] = [
  ageOfOwnConsent,
  recordRetentionYears,
  requestWorkingDays,
  accessLogMonths,
  treatingDays,
  incidentReportHours,
];
