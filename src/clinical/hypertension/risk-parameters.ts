import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const cn2018 = {
  from: plainDate('2018-12-01'),
  source: 'HTN-CN-2018',
  certainty: 'from-knowledge' as const,
  clause: '中国高血压防治指南 影响心血管预后的因素、心血管风险水平分层',
};

export const riskFactorLimits = parameter({
  id: 'HTN-06.risk-factors',
  label: '危险因素界值：年龄（超过）、糖代谢、血脂、腰围、体质指数、同型半胱氨酸',
  rows: [
    {
      ...cn2018,
      value: {
        ageAbove: { male: 55, female: 65 },
        fpg: { from: 6.1, below: 7 },
        glucose2h: { from: 7.8, below: 11.1 },
        totalCholesterol: 5.2,
        ldl: 3.4,
        hdlBelow: 1,
        waist: { male: 90, female: 85 },
        bmi: 28,
        homocysteine: 15,
      },
    },
  ],
});

export const targetOrganLimits = parameter({
  id: 'HTN-06.target-organs',
  label:
    '靶器官损害界值：肾小球滤过率、血肌酐、尿白蛋白肌酐比、左室质量指数、颈动脉内膜、踝臂指数、脉搏波传导速度（颈股、臂踝）',
  rows: [
    {
      ...cn2018,
      value: {
        egfr: { from: 30, below: 60 },
        creatinine: { male: { from: 115, below: 133 }, female: { from: 107, below: 124 } },
        acr: { from: 30, below: 300 },
        lvMassIndex: { male: 115, female: 95 },
        carotidThickness: 0.9,
        ankleBrachialBelow: 0.9,
        pulseWaveVelocity: 12,
        ankleWaveVelocity: 18,
      },
    },
  ],
});

export type HypertensionRisk = 'low' | 'moderate' | 'moderate-high' | 'high' | 'high-very-high' | 'very-high';

/** Rows: no modifier, 1–2 risk factors, ≥3 or organ damage or plain diabetes, clinical disease. Columns: high-normal (130/85), grade 1–3. */
export const riskTable = parameter<readonly (readonly (HypertensionRisk | null)[])[]>({
  id: 'HTN-07.table',
  label:
    '心血管风险分层表（行：无、1–2个危险因素、≥3个或靶器官损害或糖尿病、合并临床疾患；列：正常高值、1级、2级、3级）',
  rows: [
    {
      ...cn2018,
      value: [
        [null, 'low', 'moderate', 'high'],
        ['low', 'moderate', 'moderate-high', 'very-high'],
        ['moderate-high', 'high', 'high', 'very-high'],
        ['high-very-high', 'very-high', 'very-high', 'very-high'],
      ],
    },
  ],
});

/** Where the first column of the table begins. */
export const riskTableFrom = parameter({
  id: 'HTN-07.from',
  label: '风险分层起始血压',
  unit: 'mmHg',
  rows: [{ ...cn2018, value: { sbp: 130, dbp: 85 } }],
});

export const riskParameters = [riskFactorLimits, targetOrganLimits, riskTable, riskTableFrom] as const;
