import type { FormAnswers } from '#kernel/form-shape.ts';

/** A reading of a checkup as a typed row; units are UCUM. */
export interface CheckupReading {
  readonly kind: string;
  readonly value: number;
  readonly unit: string;
  readonly context: string;
}

const laboratory: readonly (readonly [id: string, kind: string, unit: string])[] = [
  ['height', 'height', 'cm'],
  ['weight', 'weight', 'kg'],
  ['bmi', 'bmi', 'kg/m2'],
  ['waist', 'waist', 'cm'],
  ['pulse', 'heart-rate', '/min'],
  ['spo2', 'spo2', '%'],
  ['hb', 'haemoglobin', 'g/L'],
  ['plt', 'platelets', '10*9/L'],
  ['fpg', 'fasting-glucose', 'mmol/L'],
  ['hba1c', 'hba1c', '%'],
  ['alt', 'alt', 'U/L'],
  ['ast', 'ast', 'U/L'],
  ['creatinine', 'creatinine', 'umol/L'],
  ['potassium', 'potassium', 'mmol/L'],
  ['sodium', 'sodium', 'mmol/L'],
  ['tc', 'total-cholesterol', 'mmol/L'],
  ['tg', 'triglycerides', 'mmol/L'],
  ['ldl', 'ldl', 'mmol/L'],
  ['hdl', 'hdl', 'mmol/L'],
];

/** The readings of an annual checkup; of two arms the one with the higher systolic pressure. */
export function checkupReadings(answers: FormAnswers): CheckupReading[] {
  const readings = laboratory.flatMap(([id, kind, unit]) => {
    const value = answers[id];
    return typeof value === 'number' ? [{ kind, value, unit, context: 'checkup' }] : [];
  });
  const arms = (['Left', 'Right'] as const).flatMap((side) => {
    const [sbp, dbp] = [answers[`bp${side}Sbp`], answers[`bp${side}Dbp`]];
    return typeof sbp === 'number' && typeof dbp === 'number' ? [{ sbp, dbp }] : [];
  });
  const higher = arms.toSorted((a, b) => b.sbp - a.sbp)[0];
  if (!higher) return readings;
  const pressure = { unit: 'mm[Hg]', context: 'office' };
  return [
    { kind: 'sbp', value: higher.sbp, ...pressure },
    { kind: 'dbp', value: higher.dbp, ...pressure },
    ...readings,
  ];
}
