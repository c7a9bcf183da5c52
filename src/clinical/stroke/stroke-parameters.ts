import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { InputRange } from '../cardiovascular-risk/required-inputs.ts';
import type { SecondaryLimits } from '../heart/judge-secondary-targets.ts';

const screen = { from: plainDate('2015-01-01'), source: 'STROKE-8', certainty: 'found' as const };
const known = {
  from: plainDate('2023-01-01'),
  source: 'OWN',
  certainty: 'from-knowledge' as const,
  clause: '缺血性与出血性脑卒中二级预防（指南待登记）',
};

export const screenLimits = parameter<{
  readonly ageFrom: number;
  readonly sbp: number;
  readonly dbp: number;
  readonly bmi: number;
  readonly highFrom: number;
}>({
  id: 'STK-01.limits',
  label: '脑卒中8项初筛：起始年龄、血压、体质指数界值（含）与高危项数',
  unit: '岁、mmHg、kg/m²、项',
  rows: [
    {
      ...screen,
      clause: '脑卒中风险初筛评估（8项）',
      value: { ageFrom: 40, sbp: 140, dbp: 90, bmi: 26, highFrom: 3 },
    },
  ],
});

export const strokeTargets = parameter<SecondaryLimits>({
  id: 'STK-03.targets',
  label: '卒中后目标上限（不含）：低密度脂蛋白胆固醇（一般、超高危）与血压',
  unit: 'mmol/L、mmHg',
  rows: [
    {
      ...known,
      value: {
        ldl: 1.8,
        ldlExtreme: 1.4,
        sbp: 130,
        dbp: 80,
        ldlRange: ['低密度脂蛋白胆固醇', 0.2, 15],
      },
    },
  ],
});

export const strokeContact = parameter<{
  readonly earlyMonths: number;
  readonly earlyDays: number;
  readonly laterDays: number;
  readonly months: InputRange;
}>({
  id: 'STK-03.contact-days',
  label: '卒中后随访间隔：前几个月（不含）、其间与其后的天数',
  unit: '月、天',
  rows: [
    {
      ...known,
      value: { earlyMonths: 3, earlyDays: 30, laterDays: 90, months: ['距发病月数', 0, 1200] },
    },
  ],
});

export const carotidLimit = parameter<{ readonly stenosis: number; readonly range: InputRange }>({
  id: 'STK-03.carotid-stenosis',
  label: '症状性颈动脉狭窄转诊下限（含）',
  unit: '%',
  rows: [{ ...known, value: { stenosis: 50, range: ['颈动脉狭窄程度', 0, 100] } }],
});

export type Dependence = 'severe' | 'moderate' | 'mild' | 'none';

export const barthelBands = parameter<{
  readonly bands: readonly (readonly [upTo: number, dependence: Dependence])[];
  readonly range: InputRange;
}>({
  id: 'STK-03.barthel-bands',
  label: 'Barthel指数各档上限（含），从低到高',
  unit: '分',
  rows: [
    {
      ...known,
      clause: 'Barthel指数分级',
      value: {
        bands: [
          [40, 'severe'],
          [60, 'moderate'],
          [99, 'mild'],
          [100, 'none'],
        ],
        range: ['Barthel指数', 0, 100],
      },
    },
  ],
});
