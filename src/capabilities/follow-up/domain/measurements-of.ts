import type { FormAnswers } from '#kernel/form-shape.ts';

/** A reading of a sheet as a typed row; units are UCUM. */
export interface Measurement {
  readonly kind: string;
  readonly value: number;
  readonly unit: string;
  readonly context: string | null;
}

const readings: readonly { id: string; kind: string; unit: string }[] = [
  { id: 'sbp', kind: 'sbp', unit: 'mm[Hg]' },
  { id: 'dbp', kind: 'dbp', unit: 'mm[Hg]' },
  { id: 'heartRate', kind: 'heart-rate', unit: '/min' },
  { id: 'weight', kind: 'weight', unit: 'kg' },
  { id: 'height', kind: 'height', unit: 'cm' },
  { id: 'bmi', kind: 'bmi', unit: 'kg/m2' },
];

const pressureContexts: Readonly<Record<string, string>> = { '1': 'office', '2': 'home', '3': 'ambulatory' };

/** The readings of a hypertension sheet, each with its unit; pressure with where it was taken when that is said. */
export function measurementsOf(answers: FormAnswers): Measurement[] {
  return readings.flatMap(({ id, kind, unit }) => {
    const value = answers[id];
    if (typeof value !== 'number') return [];
    const isPressure = kind === 'sbp' || kind === 'dbp';
    const context = isPressure ? (pressureContexts[String(answers.bpSource)] ?? null) : null;
    return [{ kind, value, unit, context }];
  });
}
