import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const lip2023 = { from: plainDate('2023-03-01'), source: 'LIPID-2023', certainty: 'from-knowledge' as const };

export const lipidBands = parameter({
  id: 'LIP-01.bands',
  label: '血脂合适水平与异常分层（下限）',
  unit: 'mmol/L',
  rows: [
    {
      ...lip2023,
      clause: '中国血脂管理指南 一级预防低危人群血脂合适水平',
      value: {
        ldl: [
          { from: 0, level: 'ideal' },
          { from: 2.6, level: 'suitable' },
          { from: 3.4, level: 'borderline' },
          { from: 4.1, level: 'high' },
        ],
        totalCholesterol: [
          { from: 0, level: 'suitable' },
          { from: 5.2, level: 'borderline' },
          { from: 6.2, level: 'high' },
        ],
        triglycerides: [
          { from: 0, level: 'suitable' },
          { from: 1.7, level: 'borderline' },
          { from: 2.3, level: 'high' },
        ],
        nonHdl: [
          { from: 0, level: 'ideal' },
          { from: 3.4, level: 'suitable' },
          { from: 4.1, level: 'borderline' },
          { from: 4.9, level: 'high' },
        ],
        hdlLowBelow: 1,
        pancreatitisFrom: 5.6,
      } as const,
    },
  ],
});

/** Rows: risk factors 0–3; columns: cholesterol band 1–3; without and with hypertension. */
export const ascvdTable = parameter({
  id: 'LIP-02.table',
  label: '动脉粥样硬化性心血管病风险分层：直接高危、胆固醇分档与查表',
  rows: [
    {
      ...lip2023,
      clause: '中国血脂管理指南 风险评估流程图',
      value: {
        direct: { ldl: 4.9, totalCholesterol: 7.2, diabetesAge: 40 },
        bands: [
          { from: 0, ldl: 0 },
          { from: 4.1, ldl: 2.6 },
          { from: 5.2, ldl: 3.4 },
        ],
        hdlBelow: 1,
        age: { male: 45, female: 55 },
        plain: ['LLL', 'LLL', 'LLM', 'LMM'],
        hypertensive: ['LLL', 'LMM', 'MHH', 'HHH'],
        lifetimeBelowAge: 55,
      },
    },
  ],
});

export const lipidTargets = parameter({
  id: 'LIP-03.targets',
  label: '低密度脂蛋白与非高密度脂蛋白目标（低于）、降幅',
  unit: 'mmol/L',
  rows: [
    {
      from: plainDate('2023-03-01'),
      source: 'LIPID-2023',
      certainty: 'found',
      clause: '中国血脂管理指南 降脂目标',
      value: {
        extreme: { ldl: 1.4, nonHdl: 2.2, fall: 50 },
        'very-high': { ldl: 1.8, nonHdl: 2.6, fall: 50 },
        high: { ldl: 2.6, nonHdl: 3.4, fall: 0 },
        moderate: { ldl: 2.6, nonHdl: 3.4, fall: 0 },
        low: { ldl: 3.4, nonHdl: 4.2, fall: 0 },
      },
    },
  ],
});

export const dietLimits = parameter({
  id: 'LIP-04.diet',
  label: '血脂膳食：饱和脂肪供能比、胆固醇、油、膳食纤维',
  rows: [
    {
      from: plainDate('2023-01-01'),
      source: 'DIET-LIPID-2023',
      certainty: 'found',
      clause: '成人高脂血症食养指南',
      value: { saturatedPercent: 10, cholesterolMg: 300, oilGrams: 25, fibreGrams: 25 },
    },
  ],
});
