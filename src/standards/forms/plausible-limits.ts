import type { Condition } from '#kernel/form-shape.ts';
import type { NumberLimits } from './field-builders.ts';

const man: Condition = { kind: 'sex-is', sex: '1' };
const woman: Condition = { kind: 'sex-is', sex: '2' };
const adult: Condition = { kind: 'age-at-least', years: 18 };

/**
 * What a reading can be. `hard` refuses, `warn` asks whether it was typed right, `normal` only highlights: a raised
 * pressure is news, not a typing error. All are engineering proposals of this product, not national limits; the normal
 * ranges repeat the thresholds of the public-health norms where they have one.
 * @source 国家基本公共卫生服务规范（第三版） 高血压、2型糖尿病患者健康管理服务规范（预警值）；其余为本平台建议
 */
export const limits = {
  sbp: {
    unit: 'mmHg',
    hard: { min: 50, max: 300 },
    warn: { min: 90, max: 179 },
    normal: [{ range: { min: 90, max: 139 } }],
  },
  dbp: {
    unit: 'mmHg',
    hard: { min: 30, max: 200 },
    warn: { min: 60, max: 109 },
    normal: [{ range: { min: 60, max: 89 } }],
  },
  heartRate: {
    unit: '次/分',
    hard: { min: 20, max: 250 },
    warn: { min: 50, max: 120 },
    normal: [{ range: { min: 60, max: 100 } }],
  },
  temperature: {
    unit: '℃',
    hard: { min: 30, max: 45 },
    warn: { min: 35, max: 39 },
    normal: [{ range: { min: 36, max: 37.3 } }],
  },
  respiratoryRate: {
    unit: '次/分',
    hard: { min: 4, max: 80 },
    warn: { min: 10, max: 29 },
    normal: [{ range: { min: 12, max: 24 } }],
  },
  height: { unit: 'cm', hard: { min: 50, max: 250 }, warn: { min: 130, max: 200 } },
  weight: { unit: 'kg', hard: { min: 2, max: 300 }, warn: { min: 35, max: 130 } },
  waist: {
    unit: 'cm',
    hard: { min: 30, max: 200 },
    warn: { min: 50, max: 140 },
    normal: [
      { range: { max: 89.9 }, when: man },
      { range: { max: 84.9 }, when: woman },
    ],
  },
  fastingGlucose: {
    unit: 'mmol/L',
    hard: { min: 0.5, max: 50 },
    warn: { min: 4, max: 16.6 },
    normal: [{ range: { min: 4.4, max: 6.9 } }],
  },
  afterMealGlucose: {
    unit: 'mmol/L',
    hard: { min: 0.5, max: 50 },
    warn: { min: 4, max: 16.6 },
    normal: [{ range: { min: 4.4, max: 9.9 } }],
  },
  hba1c: {
    unit: '%',
    hard: { min: 2, max: 20 },
    warn: { min: 4, max: 14 },
    normal: [{ range: { max: 6.9 } }],
  },
  spo2: {
    unit: '%',
    hard: { min: 30, max: 100 },
    warn: { min: 91, max: 100 },
    normal: [{ range: { min: 95 } }],
  },
  fev1: { unit: 'L', places: 2, hard: { min: 0.1, max: 8 }, warn: { min: 0.3, max: 6 } },
  fvc: { unit: 'L', places: 2, hard: { min: 0.2, max: 10 }, warn: { min: 0.5, max: 8 } },
  fev1PercentPredicted: {
    unit: '%',
    hard: { min: 5, max: 200 },
    warn: { min: 15, max: 140 },
    normal: [{ range: { min: 80 } }],
  },
  cigarettes: { unit: '支', hard: { min: 0, max: 200 }, warn: { max: 60 } },
  alcohol: {
    unit: '两',
    hard: { min: 0, max: 50 },
    warn: { max: 10 },
    normal: [{ range: { max: 1.9 } }],
  },
  exerciseTimes: { unit: '次/周', hard: { min: 0, max: 28 }, warn: { max: 14 } },
  exerciseMinutes: { unit: '分钟/次', hard: { min: 0, max: 600 }, warn: { max: 180 } },
  stapleFood: { unit: '克/天', hard: { min: 0, max: 2000 }, warn: { min: 100, max: 800 } },
  haemoglobin: {
    unit: 'g/L',
    hard: { min: 20, max: 250 },
    warn: { min: 60, max: 200 },
    normal: [
      { range: { min: 120 }, when: man },
      { range: { min: 110 }, when: woman },
    ],
  },
  leukocytes: { unit: '×10⁹/L', hard: { min: 0.1, max: 200 }, warn: { min: 2, max: 20 } },
  platelets: { unit: '×10⁹/L', hard: { min: 1, max: 2000 }, warn: { min: 50, max: 500 } },
  microalbumin: { unit: 'mg/dL', hard: { min: 0, max: 1000 } },
  alt: { unit: 'U/L', hard: { min: 0, max: 5000 }, warn: { max: 120 } },
  ast: { unit: 'U/L', hard: { min: 0, max: 5000 }, warn: { max: 120 } },
  albumin: { unit: 'g/L', hard: { min: 5, max: 80 }, warn: { min: 25, max: 60 } },
  bilirubin: { unit: 'μmol/L', hard: { min: 0, max: 1000 }, warn: { max: 40 } },
  creatinine: { unit: 'μmol/L', hard: { min: 5, max: 3000 }, warn: { min: 30, max: 200 } },
  urea: { unit: 'mmol/L', hard: { min: 0.1, max: 100 }, warn: { min: 1, max: 20 } },
  potassium: { unit: 'mmol/L', places: 2, hard: { min: 1, max: 10 }, warn: { min: 3, max: 5.8 } },
  sodium: { unit: 'mmol/L', hard: { min: 80, max: 200 }, warn: { min: 125, max: 155 } },
  totalCholesterol: { unit: 'mmol/L', places: 2, hard: { min: 0.5, max: 40 }, warn: { min: 2, max: 9 } },
  triglyceride: { unit: 'mmol/L', places: 2, hard: { min: 0.1, max: 80 }, warn: { min: 0.3, max: 8 } },
  ldlCholesterol: { unit: 'mmol/L', places: 2, hard: { min: 0.1, max: 30 }, warn: { min: 0.5, max: 7 } },
  hdlCholesterol: { unit: 'mmol/L', places: 2, hard: { min: 0.1, max: 6 }, warn: { min: 0.5, max: 3 } },
} as const satisfies Record<string, NumberLimits>;

/** Body mass index of an adult, in kg/m²: highlighted outside 18.5–23.9. */
export const normalBodyMassIndex = [{ range: { min: 18.5, max: 23.9 }, when: adult }] as const;
