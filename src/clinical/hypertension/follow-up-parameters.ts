import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const norm2017 = plainDate('2017-02-28');
const phs = { from: norm2017, source: 'PHS-3', certainty: 'from-knowledge' as const };

/** A pair of limits: controlled means below both. */
export interface PressureLimit {
  readonly sbp: number;
  readonly dbp: number;
}

export const statutoryLimit = parameter<PressureLimit>({
  id: 'HTN-15.satisfied-limit',
  label: '公卫口径血压达标上限（不含）',
  unit: 'mmHg',
  rows: [{ ...phs, value: { sbp: 140, dbp: 90 }, clause: '高血压患者健康管理服务规范 控制满意' }],
});

export const statutoryElderAge = parameter({
  id: 'HTN-15.elder-age',
  label: '公卫口径老年人起始年龄',
  unit: '岁',
  rows: [{ ...phs, value: 65, clause: '高血压患者健康管理服务规范 控制满意' }],
});

export const statutoryElderLimit = parameter<PressureLimit>({
  id: 'HTN-15.satisfied-limit-elder',
  label: '公卫口径65岁及以上血压达标上限（不含）',
  unit: 'mmHg',
  rows: [{ ...phs, value: { sbp: 150, dbp: 90 }, clause: '高血压患者健康管理服务规范 控制满意' }],
});

const guideline2025 = { from: plainDate('2025-09-01'), source: 'HTN-JC-2025', certainty: 'found' as const };
const guideline2020 = {
  from: plainDate('2020-10-01'),
  source: 'HTN-JC-2020',
  certainty: 'from-knowledge' as const,
};

export const clinicalLimit = parameter<PressureLimit>({
  id: 'HTN-08.target-under-80',
  label: '临床目标血压上限（不含），80岁以下',
  unit: 'mmHg',
  rows: [
    { ...guideline2020, value: { sbp: 140, dbp: 90 }, clause: '国家基层高血压防治管理指南 2020版 治疗目标' },
    { ...guideline2025, value: { sbp: 130, dbp: 80 }, clause: '国家基层高血压防治管理指南 2025版 治疗目标' },
  ],
});

export const clinicalVeryOldAge = parameter({
  id: 'HTN-08.very-old-age',
  label: '临床目标高龄起始年龄',
  unit: '岁',
  rows: [{ ...guideline2025, value: 80, clause: '国家基层高血压防治管理指南 2025版 治疗目标' }],
});

export const clinicalVeryOldLimit = parameter<PressureLimit>({
  id: 'HTN-08.target-80-and-over',
  label: '临床目标血压上限（不含），80岁及以上',
  unit: 'mmHg',
  rows: [
    { ...guideline2020, value: { sbp: 150, dbp: 90 }, clause: '国家基层高血压防治管理指南 2020版 治疗目标' },
    { ...guideline2025, value: { sbp: 150, dbp: 90 }, clause: '国家基层高血压防治管理指南 2025版 治疗目标' },
  ],
});

export const crisisLimit = parameter<PressureLimit>({
  id: 'HTN-15.crisis-limit',
  label: '危急血压下限（含，任一达到）',
  unit: 'mmHg',
  rows: [
    {
      ...phs,
      value: { sbp: 180, dbp: 110 },
      clause: '高血压患者健康管理服务规范 随访评估',
      certainty: 'found',
    },
  ],
});

export const recheckDays = parameter({
  id: 'HTN-14.recheck-days',
  label: '控制不满意、不良反应、并发症或转诊后的最迟随访天数',
  unit: '天',
  rows: [{ ...phs, value: 14, clause: '高血压患者健康管理服务规范 分类干预：2周内随访', certainty: 'found' }],
});

export const routineDays = parameter({
  id: 'HTN-14.routine-days',
  label: '控制满意时建议的下次随访间隔',
  unit: '天',
  rows: [
    { ...phs, value: 90, clause: '高血压患者健康管理服务规范 分类干预：3个月内', certainty: 'own-default' },
  ],
});

export const longestRoutineDays = parameter({
  id: 'HTN-14.longest-routine-days',
  label: '控制满意时最长的下次随访间隔',
  unit: '天',
  rows: [{ ...phs, value: 100, clause: '平台默认：三个月另加几日', certainty: 'own-default' }],
});

export const routineGrace = parameter({
  id: 'HTN-14.routine-grace-days',
  label: '常规随访到期后多少天内不算逾期',
  unit: '天',
  rows: [{ ...phs, value: 7, clause: '平台默认', certainty: 'own-default' }],
});

export const referAfterUncontrolledVisits = parameter({
  id: 'HTN-15.refer-after-visits',
  label: '连续多少次控制不满意或不良反应即建议转诊',
  unit: '次',
  rows: [{ ...phs, value: 2, clause: '高血压患者健康管理服务规范 分类干预：连续两次', certainty: 'found' }],
});

/** Every parameter of the follow-up chain, for the rules catalogue. */
export const followUpParameters = [
  statutoryLimit,
  statutoryElderAge,
  statutoryElderLimit,
  clinicalLimit,
  clinicalVeryOldAge,
  clinicalVeryOldLimit,
  crisisLimit,
  recheckDays,
  routineDays,
  longestRoutineDays,
  routineGrace,
  referAfterUncontrolledVisits,
] as const;
