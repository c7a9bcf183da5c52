import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { InputRange } from '../cardiovascular-risk/required-inputs.ts';
import type { SecondaryLimits } from './judge-secondary-targets.ts';

const coronary = {
  from: plainDate('2023-01-01'),
  source: 'OWN',
  certainty: 'from-knowledge' as const,
  clause: '稳定性冠心病基层管理（指南待登记）',
};
const failure = { ...coronary, clause: '心力衰竭基层管理（指南待登记）' };
const fibrillation = {
  from: plainDate('2023-06-01'),
  source: 'AF-CN-2023',
  certainty: 'from-knowledge' as const,
};

export const heartRanges = parameter<
  Readonly<
    Record<
      | 'ageYears'
      | 'heartRate'
      | 'spo2'
      | 'ejectionFraction'
      | 'months'
      | 'days'
      | 'minutes'
      | 'ccs'
      | 'hasBled',
      InputRange
    >
  >
>({
  id: 'CHD-01.ranges',
  label: '输入的合理范围（含）',
  unit: '岁、次/分、%、月、天、分钟、级、分',
  rows: [
    {
      ...coronary,
      certainty: 'own-default',
      clause: '平台默认',
      value: {
        ageYears: ['年龄', 0, 120],
        heartRate: ['心率', 25, 220],
        spo2: ['血氧饱和度', 50, 100],
        ejectionFraction: ['左室射血分数', 5, 90],
        months: ['距支架或急性冠脉事件月数', 0, 1200],
        days: ['心绞痛变化距今天数', 0, 36500],
        minutes: ['胸痛最长分钟数', 0, 1440],
        ccs: ['心绞痛分级', 0, 4],
        hasBled: ['HAS-BLED评分', 0, 9],
      },
    },
  ],
});

export const coronaryTargets = parameter<
  SecondaryLimits & {
    readonly sbpFloor: number;
    readonly dbpFloor: number;
    readonly heartRate: readonly [low: number, high: number];
  }
>({
  id: 'CHD-01.targets',
  label: '冠心病目标：低密度脂蛋白胆固醇与血压上限（不含），血压下限（含），用β受体阻滞剂时静息心率（含）',
  unit: 'mmol/L、mmHg、次/分',
  rows: [
    {
      ...coronary,
      value: {
        ldl: 1.8,
        ldlExtreme: 1.4,
        sbp: 130,
        dbp: 80,
        sbpFloor: 110,
        dbpFloor: 60,
        heartRate: [55, 70],
        ldlRange: ['低密度脂蛋白胆固醇', 0.2, 15],
      },
    },
  ],
});

export const coronaryDrugLimits = parameter<{
  readonly dualMonths: number;
  readonly lowEjectionFraction: number;
}>({
  id: 'CHD-01.drug-limits',
  label: '双联抗血小板的通常月数（不含）；须用普利或沙坦类的射血分数上限（不含）',
  unit: '月、%',
  rows: [{ ...coronary, value: { dualMonths: 12, lowEjectionFraction: 40 } }],
});

export const anginaLimits = parameter<{
  readonly painMinutes: number;
  readonly worseDays: number;
  readonly severeClass: number;
}>({
  id: 'CHD-01.angina-limits',
  label: '胸痛持续分钟（超过）、心绞痛加重的天数（以内）、新达到的心绞痛分级（含）',
  unit: '分钟、天、级',
  rows: [{ ...coronary, value: { painMinutes: 15, worseDays: 60, severeClass: 3 } }],
});

export const coronaryContactDays = parameter({
  id: 'CHD-01.contact-days',
  label: '冠心病稳定、用药齐全、达标时的随访间隔',
  unit: '天',
  rows: [{ ...coronary, value: 90 }],
});

export const reducedFraction = parameter({
  id: 'HF-01.reduced-fraction',
  label: '射血分数降低的心力衰竭（含）',
  unit: '%',
  rows: [{ ...failure, value: 40 }],
});

export const weightLimits = parameter<{
  readonly day: number;
  readonly threeDays: number;
  readonly week: number;
  readonly range: InputRange;
}>({
  id: 'HF-01.weight-gain',
  label: '心力衰竭体重增加报警下限（含）：24小时、3天、7天',
  unit: 'kg',
  rows: [
    {
      ...failure,
      clause: '体重增加报警 AL-WT-01',
      value: { day: 1, threeDays: 2, week: 2.5, range: ['体重变化', -50, 50] },
    },
  ],
});

export const failureDanger = parameter<{ readonly spo2: number; readonly sbp: number }>({
  id: 'HF-01.danger',
  label: '心力衰竭危急：血氧与收缩压下限（低于）',
  unit: '%、mmHg',
  rows: [{ ...failure, value: { spo2: 90, sbp: 90 } }],
});

export const dischargeDays = parameter({
  id: 'HF-01.discharge-days',
  label: '心力衰竭出院后最迟联系天数',
  unit: '天',
  rows: [{ ...failure, value: 7 }],
});

export const fibrillationScore = parameter<{
  readonly standard: readonly (readonly [from: number, points: number])[];
  readonly variant: readonly (readonly [from: number, points: number])[];
  readonly stroke: number;
  readonly other: number;
}>({
  id: 'AF-01.score',
  label: '房颤卒中评分：年龄分（从高到低，原版与60岁版），卒中分，其他各项分',
  unit: '岁、分',
  rows: [
    {
      ...fibrillation,
      clause: 'CHA₂DS₂-VASc 与 CHA₂DS₂-VASc-60',
      value: {
        standard: [
          [75, 2],
          [65, 1],
        ],
        variant: [
          [65, 2],
          [60, 1],
        ],
        stroke: 2,
        other: 1,
      },
    },
  ],
});

export const anticoagulationLimits = parameter<
  Readonly<Record<'male' | 'female', { readonly recommend: number; readonly consider: number }>>
>({
  id: 'AF-01.anticoagulation',
  label: '推荐与考虑口服抗凝的评分下限（含）',
  unit: '分',
  rows: [
    {
      ...fibrillation,
      clause: '房颤口服抗凝指征',
      value: { male: { recommend: 2, consider: 1 }, female: { recommend: 3, consider: 2 } },
    },
  ],
});

export const bleedingCaution = parameter({
  id: 'AF-01.bleeding-caution',
  label: 'HAS-BLED 出血风险须警惕的下限（含）',
  unit: '分',
  rows: [{ ...fibrillation, clause: 'HAS-BLED', value: 3 }],
});

export const pulseAge = parameter({
  id: 'AF-01.pulse-age',
  label: '每次就诊摸脉、设备提示后做心电图的起始年龄（含）',
  unit: '岁',
  rows: [{ ...fibrillation, clause: '房颤机会性筛查', value: 65 }],
});
