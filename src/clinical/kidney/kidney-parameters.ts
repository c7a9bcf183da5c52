import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { InputRange } from '../cardiovascular-risk/required-inputs.ts';

const kdigo = {
  from: plainDate('2024-03-01'),
  source: 'KDIGO-CKD-2024',
  certainty: 'from-knowledge' as const,
};
const own = {
  from: plainDate('2024-03-01'),
  source: 'OWN',
  certainty: 'own-default' as const,
  clause: '平台默认',
};

export type FiltrationEquation = 'ckd-epi-2009' | 'ckd-epi-2021';

/** Constants of factor × min(Scr/κ,1)^α × max(Scr/κ,1)^exponent × yearly^age (× female), Scr in mg/dL. */
export interface FiltrationConstants {
  readonly factor: number;
  readonly kappa: { readonly male: number; readonly female: number };
  readonly alpha: { readonly male: number; readonly female: number };
  readonly exponent: number;
  readonly yearly: number;
  readonly female: number;
}

export const filtrationConstants = parameter<Readonly<Record<FiltrationEquation, FiltrationConstants>>>({
  id: 'CKD-01.constants',
  label: '估算肾小球滤过率公式系数（CKD-EPI 2009、2021）',
  rows: [
    {
      ...kdigo,
      clause: 'CKD-EPI 2009、2021 肌酐公式',
      value: {
        'ckd-epi-2009': {
          factor: 141,
          kappa: { male: 0.9, female: 0.7 },
          alpha: { male: -0.411, female: -0.329 },
          exponent: -1.209,
          yearly: 0.993,
          female: 1.018,
        },
        'ckd-epi-2021': {
          factor: 142,
          kappa: { male: 0.9, female: 0.7 },
          alpha: { male: -0.302, female: -0.241 },
          exponent: -1.2,
          yearly: 0.9938,
          female: 1.012,
        },
      },
    },
  ],
});

export const chosenEquation = parameter<FiltrationEquation>({
  id: 'CKD-01.chosen-equation',
  label: '默认采用的肾小球滤过率公式',
  rows: [{ ...own, value: 'ckd-epi-2009' }],
});

export const creatinineFactor = parameter({
  id: 'CKD-01.creatinine-factor',
  label: '肌酐单位换算（1 mg/dL 合多少 µmol/L）',
  unit: 'µmol/L',
  rows: [{ ...kdigo, value: 88.4, clause: '肌酐单位换算' }],
});

export const filtrationRanges = parameter<{
  readonly creatinine: InputRange;
  readonly ageYears: InputRange;
  readonly adultAge: number;
}>({
  id: 'CKD-01.ranges',
  label: '肌酐与年龄的合理范围（含），公式适用的起始年龄',
  unit: 'µmol/L、岁',
  rows: [{ ...own, value: { creatinine: ['血肌酐', 15, 2500], ageYears: ['年龄', 0, 120], adultAge: 18 } }],
});

export type FiltrationStage = 'G1' | 'G2' | 'G3a' | 'G3b' | 'G4' | 'G5';
export type AlbuminuriaStage = 'A1' | 'A2' | 'A3';
export type KidneyRisk = 'low' | 'moderate' | 'high' | 'very-high';

export const filtrationStages = parameter<readonly (readonly [from: number, stage: FiltrationStage])[]>({
  id: 'CKD-02.filtration-stages',
  label: 'G分期的下限（含），从高到低',
  unit: 'mL/min/1.73m²',
  rows: [
    {
      ...kdigo,
      clause: 'KDIGO G分期',
      value: [
        [90, 'G1'],
        [60, 'G2'],
        [45, 'G3a'],
        [30, 'G3b'],
        [15, 'G4'],
        [0, 'G5'],
      ],
    },
  ],
});

export const albuminuriaLimits = parameter<{ readonly a2From: number; readonly a3Above: number }>({
  id: 'CKD-02.albuminuria-stages',
  label: 'A2起点（含）与A3起点（不含）',
  unit: 'mg/g',
  rows: [{ ...kdigo, clause: 'KDIGO A分期', value: { a2From: 30, a3Above: 300 } }],
});

export const kidneyRiskTable = parameter<
  Readonly<Record<FiltrationStage, readonly [KidneyRisk, KidneyRisk, KidneyRisk]>>
>({
  id: 'CKD-02.risk-table',
  label: 'G分期与A1、A2、A3对应的危险程度',
  rows: [
    {
      ...kdigo,
      clause: 'KDIGO 危险分层表',
      value: {
        G1: ['low', 'moderate', 'high'],
        G2: ['low', 'moderate', 'high'],
        G3a: ['moderate', 'high', 'very-high'],
        G3b: ['high', 'very-high', 'very-high'],
        G4: ['very-high', 'very-high', 'very-high'],
        G5: ['very-high', 'very-high', 'very-high'],
      },
    },
  ],
});

export const kidneyChecks = parameter<Readonly<Record<KidneyRisk, number>> & { readonly worst: number }>({
  id: 'CKD-02.checks-per-year',
  label: '每年监测次数；最重档指G5，或G4合并A3（至少）',
  unit: '次/年',
  rows: [
    {
      ...kdigo,
      clause: 'KDIGO 监测频次',
      value: { low: 1, moderate: 1, high: 2, 'very-high': 3, worst: 4 },
    },
  ],
});

export const kidneyReferralLimits = parameter<{
  readonly fallPerYear: number;
  readonly fallPercentFourWeeks: number;
  readonly potassium: readonly [low: number, high: number];
}>({
  id: 'CKD-02.referral-limits',
  label: '转诊界值：年下降（大于）、4周内下降百分比（大于）、血钾正常范围（含）',
  unit: 'mL/min/1.73m²、%、mmol/L',
  rows: [
    {
      ...kdigo,
      clause: 'KDIGO 转诊指征；血钾范围为通用参考范围',
      value: { fallPerYear: 5, fallPercentFourWeeks: 30, potassium: [3.5, 5.5] },
    },
  ],
});

export const kidneyRanges = parameter<
  Readonly<Record<'egfr' | 'acr' | 'potassium' | 'fallPerYear' | 'fallPercent', InputRange>>
>({
  id: 'CKD-02.ranges',
  label: '输入的合理范围（含）',
  unit: 'mL/min/1.73m²、mg/g、mmol/L、%',
  rows: [
    {
      ...own,
      value: {
        egfr: ['估算肾小球滤过率', 0, 250],
        acr: ['尿白蛋白/肌酐比值', 0, 20000],
        potassium: ['血钾', 1.5, 9],
        fallPerYear: ['肾小球滤过率年下降值', -250, 250],
        fallPercent: ['4周内肾小球滤过率下降百分比', -1000, 100],
      },
    },
  ],
});
