import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

import { regimenParameters } from './regimen-parameters.ts';

const guide = '国家基层高血压防治管理指南 2025版';
const jc2025 = { from: plainDate('2025-09-01'), source: 'HTN-JC-2025', certainty: 'found' as const };

export const targetDetail = parameter({
  id: 'HTN-08.detail',
  label: '血压目标的进一步目标与下限：80岁及以上可耐受时；65–79岁不低于；症状性低限',
  unit: 'mmHg',
  rows: [
    {
      ...jc2025,
      value: {
        veryOldStretch: { sbp: 140, dbp: 90 },
        olderFrom: 65,
        olderFloor: { sbp: 120, dbp: 70 },
        lowAlarm: { sbp: 110, dbp: 60 },
        orthostaticDrop: { sbp: 20, dbp: 10 },
      },
      clause: `${guide} §5.2；下限为平台默认`,
    },
  ],
});

export const drugStart = parameter({
  id: 'HTN-09.start',
  label: '启动药物：可暂缓的血压（均低于）、暂缓最长天数、合并症时的正常高值起点',
  rows: [
    {
      ...jc2025,
      value: {
        delayBelow: { sbp: 150, dbp: 90 },
        delayDays: 90,
        highNormalFrom: { sbp: 130, dbp: 85 },
        hypertensionFrom: { sbp: 140, dbp: 90 },
      },
      clause: `${guide} §5.4.1、§5.4.7`,
    },
  ],
});

/** The eight conditions that start drugs at once. */
export const startConditions = [
  'coronary-heart-disease',
  'myocardial-infarction',
  'stable-angina',
  'heart-failure',
  'heart-failure-reduced',
  'atrial-fibrillation',
  'ischaemic-stroke',
  'haemorrhagic-stroke',
  'stroke-unspecified',
  'tia',
  'peripheral-artery-disease',
  'chronic-kidney-disease',
  'retinopathy',
  'type-2-diabetes',
  'type-1-diabetes',
] as const;

export const stepUpWeeks = parameter({
  id: 'HTN-13.weeks',
  label: '调整方案的观察周数：最早、最晚；难治判定所需药物数',
  rows: [
    { ...jc2025, value: { earliest: 2, latest: 4, resistantDrugs: 3 }, clause: `${guide} §5.4.3–5.4.5` },
  ],
});

export const clinicalContactDays = parameter({
  id: 'HTN-14.clinical-days',
  label:
    '临床口径随访间隔：达标（月）、未达标（天）、调药后评估（周）、转诊后主动联系（周）、低危或正常高值（月）',
  rows: [
    {
      ...jc2025,
      value: {
        atTargetMonths: 3,
        notAtTargetDays: 30,
        changedWeeks: { from: 2, to: 4 },
        referredWeeks: { from: 2, to: 4 },
        lowRiskMonths: 6,
      },
      clause: `${guide} §7、§8`,
    },
  ],
});

export const referralLimits = parameter({
  id: 'HTN-16.limits',
  label:
    '转诊界值：血压、血压升高、发病年龄（低于）、血钾（低于）、两臂差（超过）、胸痛分钟、利尿剂小剂量（氢氯噻嗪毫克）',
  rows: [
    {
      ...jc2025,
      value: {
        pressure: { sbp: 180, dbp: 110 },
        raised: { sbp: 140, dbp: 90 },
        onsetBelow: 30,
        potassiumBelow: 3.5,
        armDifferenceAbove: 20,
        chestPainMinutes: 10,
        smallDiureticUpTo: 25,
      },
      clause: `${guide} §7；小剂量利尿剂与“血压升高”界值为平台默认`,
      certainty: 'own-default',
    },
  ],
});

export const urgentProtocol = parameter({
  id: 'HTN-17.protocol',
  label: '≥180/110 无急性症状的诊室处理：口服药、复测间隔、最长观察、24–48小时目标',
  rows: [
    {
      ...jc2025,
      value: {
        oral: '卡托普利12.5–25毫克或酒石酸美托洛尔25毫克',
        recheckMinutes: 60,
        longestMinutes: 120,
        goal: { sbp: 160, dbp: 100 },
      },
      clause: `${guide} §5.4.6；最长观察为平台默认`,
      certainty: 'own-default',
    },
  ],
});

export const secondaryLimits = parameter({
  id: 'HTN-18.limits',
  label: '继发性高血压线索：发病年龄、血钾、体质指数、肌酐上升百分比',
  rows: [
    {
      from: plainDate('2018-12-01'),
      source: 'HTN-CN-2018',
      certainty: 'from-knowledge',
      value: { onsetBelow: 30, potassiumBelow: 3.5, bmiFrom: 28, creatinineRisePercent: 30 },
      clause: '中国高血压防治指南 继发性高血压',
    },
  ],
});

export const lifestyleGoals = parameter({
  id: 'HTN-19.goals',
  label: '生活方式目标：食盐、每克盐降压、体质指数、腰围、运动、睡眠、饮酒上限；低钠盐慎用界值',
  rows: [
    {
      ...jc2025,
      value: {
        saltGrams: 5,
        mmHgPerGram: 1.2,
        bmiBelow: 24,
        waistBelow: { male: 90, female: 85 },
        lowSodiumSalt: { egfrBelow: 45, potassiumFrom: 5 },
        exercise: { minutes: 30, timesFrom: 5, timesTo: 7, strengthDays: [2, 3] },
        sleepHours: { from: 7, to: 9 },
        alcoholGrams: { male: 25, female: 15 },
      },
      clause: `${guide} §5.3 表3；饮酒上限据规范整理`,
    },
  ],
});

export const aspirinLimits = parameter({
  id: 'HTN-20.limits',
  label: '阿司匹林：动脉粥样硬化性心血管病者血压须低于；不再启动的年龄；可考虑的年龄',
  rows: [
    {
      ...jc2025,
      value: { pressureBelow: { sbp: 150, dbp: 90 }, notFromAge: 70, considerFrom: 40 },
      clause: `${guide} §5.5.2；年龄上限据新近实践`,
    },
  ],
});

export const hypertensionLipids = parameter({
  id: 'HTN-21.goals',
  label: '高血压患者低密度脂蛋白目标（低于）与他汀监测倍数',
  unit: 'mmol/L',
  rows: [
    {
      ...jc2025,
      value: {
        veryHigh: 1.4,
        high: 1.8,
        moderate: 2.6,
        low: 3.4,
        severe: { totalCholesterol: 7.2, ldl: 4.9 },
        hdlBelow: 1,
        age: { male: 45, female: 55 },
        diabetesAge: 40,
        earlyCoronary: { male: 55, female: 65 },
        altTimes: 3,
        ckTimes: 4,
      },
      clause: `${guide} §5.5.1 表6`,
    },
  ],
});

export const treatmentParameters = [
  targetDetail,
  drugStart,
  ...regimenParameters,
  stepUpWeeks,
  clinicalContactDays,
  referralLimits,
  urgentProtocol,
  secondaryLimits,
  lifestyleGoals,
  aspirinLimits,
  hypertensionLipids,
] as const;
