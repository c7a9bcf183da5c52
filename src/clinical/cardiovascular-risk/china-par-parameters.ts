import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { InputRange, PressureRanges } from './required-inputs.ts';

const guideline = { from: plainDate('2019-01-01'), source: 'CVD-2019', certainty: 'found' as const };
const model = { from: plainDate('2016-11-08'), source: 'CHINA-PAR-2016' };
const own = { from: plainDate('2016-11-08'), source: 'OWN', certainty: 'own-default' as const };

/** Coefficients of the linear predictor; `constant` is ln(−ln S10) − mean, S10 the ten-year survival at the mean. */
export interface ChinaParCoefficients {
  readonly age: number;
  readonly sbpTreated: number;
  readonly sbpUntreated: number;
  readonly totalCholesterol: number;
  readonly hdl: number;
  readonly waist: number;
  readonly smoker: number;
  readonly diabetes: number;
  readonly north: number;
  readonly urban: number;
  readonly family: number;
  readonly ageSbpTreated: number;
  readonly ageSbpUntreated: number;
  readonly ageSmoker: number;
  readonly ageFamily: number;
  readonly constant: number;
}

export type ChinaParSet = 'reconstructed' | 'printed';

type BySex = Readonly<Record<'male' | 'female', ChinaParCoefficients>>;

const constantOf = (survival: number, mean: number) => Math.log(-Math.log(survival)) - mean;

export const reconstructedCoefficients = parameter<BySex>({
  id: 'CVD-01.coefficients-reconstructed',
  label: 'China-PAR 系数，由官网公开结果反算（china-par-2016-recon-1）',
  rows: [
    {
      ...model,
      certainty: 'computed',
      clause: '系数取整前的值，由848个官网结果反算，平均误差0.026个百分点',
      value: {
        male: {
          age: 31.96991,
          sbpTreated: 27.390623,
          sbpUntreated: 26.149268,
          totalCholesterol: 0.620083,
          hdl: -0.69451,
          waist: -0.710925,
          smoker: 3.960263,
          diabetes: 0.356463,
          north: 0.475536,
          urban: -0.164501,
          family: 6.217597,
          ageSbpTreated: -6.018659,
          ageSbpUntreated: -5.731264,
          ageSmoker: -0.940323,
          ageFamily: -1.532523,
          constant: -144.21024,
        },
        female: {
          age: 24.874734,
          sbpTreated: 20.709687,
          sbpUntreated: 19.980193,
          totalCholesterol: 0.057314,
          hdl: -0.218429,
          waist: 1.478516,
          smoker: 0.494657,
          diabetes: 0.566887,
          north: 0.544874,
          urban: 0,
          family: 0,
          ageSbpTreated: -4.528509,
          ageSbpUntreated: -4.359843,
          ageSmoker: 0,
          ageFamily: 0,
          constant: -121.460732,
        },
      },
    },
  ],
});

export const printedCoefficients = parameter<BySex>({
  id: 'CVD-01.coefficients-printed',
  label: 'China-PAR 系数，论文附表所印（china-par-2016-printed），只供对照，女性偏低约三成',
  rows: [
    {
      ...model,
      certainty: 'found',
      clause: 'Circulation 2016;134:1430–1440 附表1',
      value: {
        male: {
          age: 31.97,
          sbpTreated: 27.39,
          sbpUntreated: 26.15,
          totalCholesterol: 0.62,
          hdl: -0.69,
          waist: -0.71,
          smoker: 3.96,
          diabetes: 0.36,
          north: 0.48,
          urban: -0.16,
          family: 6.22,
          ageSbpTreated: -6.02,
          ageSbpUntreated: -5.73,
          ageSmoker: -0.94,
          ageFamily: -1.53,
          constant: constantOf(0.97, 140.68),
        },
        female: {
          age: 24.87,
          sbpTreated: 20.71,
          sbpUntreated: 19.98,
          totalCholesterol: 0.06,
          hdl: -0.22,
          waist: 1.48,
          smoker: 0.49,
          diabetes: 0.57,
          north: 0.54,
          urban: 0,
          family: 0,
          ageSbpTreated: -4.53,
          ageSbpUntreated: -4.36,
          ageSmoker: 0,
          ageFamily: 0,
          constant: constantOf(0.99, 117.26),
        },
      },
    },
  ],
});

export const chosenCoefficients = parameter<ChinaParSet>({
  id: 'CVD-01.chosen-coefficients',
  label: '采用哪一套China-PAR系数：反算值，因论文所印两位小数不能重现官网结果（女性中位比0.67）',
  rows: [{ ...own, value: 'reconstructed', clause: '平台决定，待官方确认' }],
});

export const cholesterolFactor = parameter({
  id: 'CVD-01.cholesterol-factor',
  label: '胆固醇单位换算（1 mg/dL 合多少 mmol/L）',
  unit: 'mmol/L',
  rows: [{ ...model, certainty: 'found', value: 0.0259, clause: '论文换算系数' }],
});

export const chinaParRanges = parameter<
  Readonly<Record<'ageYears' | 'waistCm' | 'totalCholesterol' | 'hdl' | 'sbp', InputRange>>
>({
  id: 'CVD-01.ranges',
  label: '公式接受的输入范围（含）',
  unit: '岁、cm、mmol/L、mmHg',
  rows: [
    {
      ...model,
      certainty: 'found',
      clause: '官网输入范围',
      value: {
        ageYears: ['年龄', 20, 85],
        waistCm: ['腰围', 50, 130],
        totalCholesterol: ['总胆固醇', 2, 11],
        hdl: ['高密度脂蛋白胆固醇', 0.5, 4],
        sbp: ['收缩压', 70, 200],
      },
    },
  ],
});

export const derivationAges = parameter<{ readonly from: number; readonly to: number }>({
  id: 'CVD-01.derivation-ages',
  label: '建模人群年龄（含），以外为外推',
  unit: '岁',
  rows: [{ ...model, certainty: 'found', value: { from: 35, to: 74 }, clause: '建模人群' }],
});

export const pregnancyAges = parameter<{ readonly from: number; readonly to: number }>({
  id: 'CVD-01.pregnancy-ages',
  label: '须问明是否妊娠的女性年龄（含）',
  unit: '岁',
  rows: [{ ...own, value: { from: 15, to: 55 }, clause: '平台默认' }],
});

export const riskBands = parameter<{ readonly moderateFrom: number; readonly highFrom: number }>({
  id: 'CVD-01.bands',
  label: '10年风险中危与高危起点（含，按四舍五入到0.1的值）',
  unit: '%',
  rows: [
    {
      ...guideline,
      value: { moderateFrom: 5, highFrom: 10 },
      clause: '中国心血管病风险评估和管理指南 10年风险分层',
    },
  ],
});

/** The person compared with: same sex, age and region, everything else ideal. */
export const idealPerson = parameter<{
  readonly totalCholesterolMgDl: number;
  readonly hdlMgDl: number;
  readonly sbp: number;
  readonly waistCm: { readonly male: number; readonly female: number };
}>({
  id: 'CVD-01.ideal-person',
  label: '同龄理想对照：不用降压药、不吸烟、无糖尿病、无家族史',
  unit: 'mg/dL、mmHg、cm',
  rows: [
    {
      ...model,
      certainty: 'found',
      clause: '官网理想对照',
      value: { totalCholesterolMgDl: 200, hdlMgDl: 40, sbp: 120, waistCm: { male: 90, female: 85 } },
    },
  ],
});

export const adviceLimits = parameter<{
  readonly waistCm: { readonly male: number; readonly female: number };
  readonly sbp: number;
  readonly dbp: number;
  readonly totalCholesterol: number;
}>({
  id: 'CVD-01.advice-limits',
  label: '给出干预建议的下限（含）',
  unit: 'cm、mmHg、mmol/L',
  rows: [
    {
      ...model,
      certainty: 'found',
      clause: '官网干预建议',
      value: { waistCm: { male: 90, female: 85 }, sbp: 140, dbp: 90, totalCholesterol: 6.21 },
    },
  ],
});

export const recheckMonths = parameter<{
  readonly age: number;
  readonly yearly: readonly [number, number];
  readonly withFactor: readonly [number, number];
  readonly withoutFactor: readonly [number, number];
  readonly young: readonly [number, number];
}>({
  id: 'CVD-01.recheck-months',
  label: '再评估间隔（最短、最长月数）与年龄分界',
  unit: '月、岁',
  rows: [
    {
      ...guideline,
      clause: '中国心血管病风险评估和管理指南 再评估',
      value: {
        age: 35,
        yearly: [12, 12],
        withFactor: [12, 24],
        withoutFactor: [24, 36],
        young: [36, 60],
      },
    },
  ],
});

export const lifetimeLimits = parameter<{
  readonly ageFrom: number;
  readonly ageBelow: number;
  readonly sbp: number;
  readonly dbp: number;
  readonly nonHdl: number;
  readonly hdlBelow: number;
  readonly bmi: number;
  readonly factors: number;
}>({
  id: 'CVD-02.lifetime-limits',
  label: '余生风险代用判断：年龄（含、不含）、各因素界值、至少几项',
  unit: '岁、mmHg、mmol/L、kg/m²、项',
  rows: [
    {
      from: plainDate('2023-03-01'),
      source: 'LIPID-2023',
      certainty: 'from-knowledge',
      clause: '中国血脂管理指南（2023年）余生高危',
      value: {
        ageFrom: 20,
        ageBelow: 60,
        sbp: 160,
        dbp: 100,
        nonHdl: 5.2,
        hdlBelow: 1.0,
        bmi: 28,
        factors: 2,
      },
    },
  ],
});

export const plausibleRanges = parameter<
  PressureRanges &
    Readonly<Record<'ageYears' | 'totalCholesterol' | 'hdl' | 'bmi' | 'waistCm' | 'percent', InputRange>>
>({
  id: 'CVD-01.plausible-ranges',
  label: '输入的合理范围（含），收缩压与舒张压的最小差',
  unit: '岁、mmHg、mmol/L、kg/m²、cm、%',
  rows: [
    {
      ...own,
      clause: '平台默认',
      value: {
        ageYears: ['年龄', 0, 120],
        sbp: ['收缩压', 60, 300],
        dbp: ['舒张压', 30, 200],
        leastPulse: 10,
        totalCholesterol: ['总胆固醇', 1, 20],
        hdl: ['高密度脂蛋白胆固醇', 0.2, 4],
        bmi: ['体质指数', 8, 100],
        waistCm: ['腰围', 40, 200],
        percent: ['风险图查得的百分数', 0, 100],
      },
    },
  ],
});

export const whoBands = parameter<readonly (readonly [from: number, band: string])[]>({
  id: 'CVD-03.bands',
  label: '世界卫生组织心血管病风险图五档的下限（含），从高到低',
  unit: '%',
  rows: [
    {
      ...own,
      from: plainDate('2019-09-01'),
      certainty: 'from-knowledge',
      clause: '世界卫生组织心血管病风险图（2019）分档',
      value: [
        [30, '≥30%'],
        [20, '20%–<30%'],
        [10, '10%–<20%'],
        [5, '5%–<10%'],
        [0, '<5%'],
      ],
    },
  ],
});
