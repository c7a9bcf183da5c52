import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const own = { from: plainDate('2025-09-01'), source: 'OWN', certainty: 'own-default' as const };

export const pressureAlerts = parameter({
  id: 'AL-BP.limits',
  label: '家庭血压预警：红、橙、黄下限与低血压',
  unit: 'mmHg',
  rows: [
    {
      ...own,
      value: {
        red: { sbp: 180, dbp: 110 },
        orange: { sbp: 160, dbp: 100 },
        yellow: { sbp: 135, dbp: 85 },
        lowSbp: 90,
        lowPair: { sbp: 100, dbp: 60 },
      },
      clause: '平台默认：单次测量预警',
    },
  ],
});
export const pulseAlerts = parameter({
  id: 'AL-HR.limits',
  label: '静息心率预警',
  unit: '次/分',
  rows: [
    {
      ...own,
      value: { redAbove: 130, redBelow: 40, orangeFrom: 100, orangeUpTo: 50 },
      clause: '平台默认：单次测量预警',
    },
  ],
});
export const glucoseAlerts = parameter({
  id: 'AL-GL.limits',
  label: '血糖预警',
  unit: 'mmol/L',
  rows: [
    {
      ...own,
      value: {
        critical: 3,
        red: 3.9,
        hyperosmolar: 33.3,
        high: 16.7,
        orange: 13.9,
        fasting: 7,
        other: 10,
        ketone: 3,
      },
      clause: '平台默认：单次测量预警',
    },
  ],
});
export const oxygenAlerts = parameter({
  id: 'AL-O2.limits',
  label: '血氧预警：慢阻肺与其他人、较平时下降',
  unit: '%',
  rows: [
    {
      ...own,
      value: { copdRed: 88, copdOrange: 90, copdFall: 4, otherRed: 90, otherOrange: 94 },
      clause: '平台默认：单次测量预警',
    },
  ],
});
export const otherAlerts = parameter({
  id: 'AL-OTHER.limits',
  label: '呼吸、体温、心衰体重、峰流速预警',
  rows: [
    {
      ...own,
      value: {
        rrCritical: 30,
        rrRed: 25,
        fever: 39,
        weight: { days3: 2, day1: 1, days7: 2.5 },
        pefRed: 50,
        pefOrange: 80,
      },
      clause: '平台默认：单次测量预警',
    },
  ],
});
export const trendLimits = parameter({
  id: 'TR.limits',
  label: '趋势预警：7天均值、上升、变异、晨峰、体位、低血糖次数、血糖变异、漏测、取药',
  rows: [
    {
      ...own,
      value: {
        mean: { readings: 6, days: 3, yellow: { sbp: 135, dbp: 85 }, orange: { sbp: 160, dbp: 100 } },
        rise: { mean: 10, orange: 20, slope: 1.5, points: 7, steps: 4 },
        variability: { sd: 12, cv: 10, arv: 10, points: 7 },
        morningSurge: 20,
        orthostatic: { sbp: 20, dbp: 10 },
        hypo: { count: 2, below: 3.9, severe: 3 },
        glucoseCv: 36,
        glucoseCvReadings: 8,
        fastingHigh: { count: 3, of: 5 },
        missed: { pressure: 14, insulin: 7, orange: 30 },
        refillGrace: 7,
        covered: { yellow: 80, orange: 50 },
      },
      clause: '平台默认：趋势与行为预警',
    },
  ],
});
export const laboratoryCritical = parameter<
  Readonly<
    Record<
      string,
      {
        readonly low?: number;
        readonly high?: number;
        /** Some hospitals call it critical from here: red. */
        readonly redLow?: number;
        readonly redHigh?: number;
        readonly name: string;
      }
    >
  >
>({
  id: 'LAB.critical',
  label: '检验危急值（新机构默认）；部分医院已按危急值报告的范围为红色',
  rows: [
    {
      ...own,
      certainty: 'found',
      value: {
        potassium: { low: 2.8, high: 6.2, redLow: 3, redHigh: 6, name: '血钾' },
        sodium: { low: 120, high: 160, name: '血钠' },
        glucose: { low: 2.8, high: 22.2, name: '血糖' },
        haemoglobin: { low: 60, high: 200, redLow: 70, name: '血红蛋白' },
        platelets: { low: 30, high: 1000, redLow: 50, name: '血小板' },
        inr: { high: 5, name: 'INR' },
        ketone: { high: 3, name: '血酮' },
      },
      clause: '检验危急值（各院不一，取常见值）',
    },
  ],
});
export const ownCriticalRanges = parameter<
  Readonly<
    Record<
      string,
      {
        readonly unit: string;
        readonly low?: readonly [number, number];
        readonly high?: readonly [number, number];
      }
    >
  >
>({
  id: 'LAB.critical.own',
  label: '检验危急值：县里可以自定的范围（各院清单所见的最低与最高）',
  rows: [
    {
      ...own,
      certainty: 'found',
      value: {
        potassium: { unit: 'mmol/L', low: [2.8, 3], high: [6, 6.5] },
        haemoglobin: { unit: 'g/L', low: [60, 70] },
        platelets: { unit: '×10⁹/L', low: [20, 70] },
      },
      clause: '检验危急值（各院不一，取各院清单所见的范围）',
    },
  ],
});
export const handlingTimes = parameter({
  id: 'AL.handling',
  label: '预警处理时限（分钟）与合并时段（小时）',
  rows: [
    {
      ...own,
      value: {
        critical: 10,
        red: 120,
        orange: 1440,
        mergeHours: 6,
        quietHours: 72,
        escalateRed: 240,
        escalateCritical: 20,
      },
      clause: '平台默认：预警处理',
    },
  ],
});

/** 0: the same day only. */
export const emergencyDays = parameter({
  id: 'AL.emergency-days',
  label: '危急情况发现后几天内按急诊转诊（0 为当天）；更早而未处理的先复测、再定',
  unit: '天',
  rows: [
    {
      ...own,
      value: 0,
      clause:
        '平台默认：急诊以当天为限；依据国家基层高血压防治管理指南2025版 §5.4.6（处理后24–48小时复测）、公卫规范“处理后紧急转诊，2周内主动随访”',
    },
  ],
});

export const weightTrends = parameter({
  id: 'TR-WT.limits',
  label: '体重趋势：非意愿下降（半年、一年，%）；减重平台期（4周，%）',
  rows: [
    {
      ...own,
      value: {
        halfYearDays: 183,
        yearDays: 366,
        lossHalfYear: 5,
        lossYear: 10,
        plateauDays: 28,
        plateauLoss: 0.5,
      },
      clause: '平台默认：体重趋势',
    },
  ],
});
export const relieverLimits = parameter({
  id: 'TR-EX.limits',
  label: '急救吸入药：一个月超过的支数、连续使用的天数',
  rows: [{ ...own, value: { canistersAbove: 2, daysFrom: 3 }, clause: '平台默认：急救吸入药用量' }],
});
