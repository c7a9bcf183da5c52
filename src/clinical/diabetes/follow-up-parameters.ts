import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const phs = {
  from: plainDate('2017-02-28'),
  source: 'PHS-3',
  certainty: 'from-knowledge' as const,
};
const norm = '2型糖尿病患者健康管理服务规范';
const own = {
  from: plainDate('2017-02-28'),
  source: 'OWN',
  certainty: 'own-default' as const,
};

export const statutoryGlucoseLimit = parameter({
  id: 'DM-18.satisfied-limit',
  label: '公卫口径空腹血糖达标上限（不含）',
  unit: 'mmol/L',
  rows: [{ ...phs, value: 7, clause: `${norm} 控制满意` }],
});

/** Both ends count as an emergency. */
export const glucoseCrisisLimits = parameter({
  id: 'DM-18.crisis-glucose',
  label: '危急血糖：低于或等于、高于或等于',
  unit: 'mmol/L',
  rows: [{ ...phs, value: { low: 3.9, high: 16.7 }, clause: `${norm} 随访评估` }],
});

export const diabetesCrisisVitals = parameter({
  id: 'DM-18.crisis-vitals',
  label: '危急生命体征：心率持续超过、体温超过',
  rows: [{ ...phs, value: { heartRateAbove: 100, temperatureAbove: 39 }, clause: `${norm} 随访评估` }],
});

export const generalHba1cGoal = parameter({
  id: 'DM-05.hba1c-goal',
  label: '糖化血红蛋白一般控制目标（不含）',
  unit: '%',
  rows: [
    {
      from: plainDate('2021-04-01'),
      source: 'DM-CN-2020',
      certainty: 'from-knowledge',
      value: 7,
      clause: '综合控制目标 糖化血红蛋白',
    },
  ],
});

export const diabetesRecheckDays = parameter({
  id: 'DM-18.recheck-days',
  label: '控制不满意、不良反应、并发症或转诊后的最迟随访天数',
  unit: '天',
  rows: [{ ...phs, value: 14, clause: `${norm} 分类干预：2周内随访` }],
});

export const diabetesRoutineDays = parameter({
  id: 'DM-18.routine-days',
  label: '控制满意时建议的下次随访间隔',
  unit: '天',
  rows: [{ ...phs, value: 90, clause: `${norm} 分类干预：3个月内`, certainty: 'own-default' }],
});

export const diabetesLongestRoutineDays = parameter({
  id: 'DM-18.longest-routine-days',
  label: '控制满意时最长的下次随访间隔',
  unit: '天',
  rows: [{ ...own, value: 100, clause: '平台默认：三个月另加几日' }],
});

export const diabetesReferAfterVisits = parameter({
  id: 'DM-18.refer-after-visits',
  label: '连续多少次控制不满意或不良反应即建议转诊',
  unit: '次',
  rows: [{ ...phs, value: 2, clause: `${norm} 分类干预：连续两次` }],
});

/** Every parameter of the follow-up chain. */
export const diabetesFollowUpParameters = [
  statutoryGlucoseLimit,
  glucoseCrisisLimits,
  diabetesCrisisVitals,
  generalHba1cGoal,
  diabetesRecheckDays,
  diabetesRoutineDays,
  diabetesLongestRoutineDays,
  diabetesReferAfterVisits,
] as const;
