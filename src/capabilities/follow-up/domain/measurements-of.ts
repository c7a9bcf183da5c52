import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { readingDay } from '#standards/measurements/reading-day.ts';

/** A reading of a sheet as a typed row; units are UCUM. */
export interface Measurement {
  readonly kind: string;
  readonly value: number;
  readonly unit: string;
  readonly context: string | null;
  /** The visit's day, or that of a test done before it. */
  readonly on: PlainDate;
}

/** What each answer measures. `contextOf` names the answer that says where or how it was taken, and its codes. */
const readings: readonly {
  readonly id: string;
  readonly kind: string;
  readonly unit: string;
  readonly contextOf?: { readonly id: string; readonly codes: Readonly<Record<string, string>> };
}[] = [
  ...(['sbp', 'dbp'] as const).map((kind) => ({
    id: kind,
    kind,
    unit: 'mm[Hg]',
    contextOf: { id: 'bpSource', codes: { '1': 'office', '2': 'home', '3': 'ambulatory' } },
  })),
  { id: 'heartRate', kind: 'heart-rate', unit: '/min' },
  { id: 'weight', kind: 'weight', unit: 'kg' },
  { id: 'height', kind: 'height', unit: 'cm' },
  { id: 'bmi', kind: 'bmi', unit: 'kg/m2' },
  {
    id: 'fpg',
    kind: 'fasting-glucose',
    unit: 'mmol/L',
    contextOf: { id: 'glucoseSource', codes: { '1': 'venous', '2': 'capillary', '3': 'home' } },
  },
  { id: 'ppg2h', kind: 'glucose-2h', unit: 'mmol/L' },
  { id: 'rbg', kind: 'random-glucose', unit: 'mmol/L' },
  { id: 'hba1c', kind: 'hba1c', unit: '%' },
  { id: 'temperature', kind: 'temperature', unit: 'Cel' },
  { id: 'spo2', kind: 'spo2', unit: '%' },
  { id: 'respRate', kind: 'respiratory-rate', unit: '/min' },
  { id: 'fev1', kind: 'fev1', unit: 'L' },
  { id: 'fvc', kind: 'fvc', unit: 'L' },
  { id: 'fev1PctPred', kind: 'fev1-percent-predicted', unit: '%' },
  { id: 'cat', kind: 'cat', unit: '{score}' },
  { id: 'exacerbations12m', kind: 'exacerbations', unit: '{count}' },
  { id: 'exacHosp12m', kind: 'exacerbation-admissions', unit: '{count}' },
];

/** The readings of a follow-up sheet, each with its unit and day, and with where it was taken when that is said. */
export function measurementsOf(answers: FormAnswers, visitOn: PlainDate): Measurement[] {
  const measured: Measurement[] = [];
  for (const { id, kind, unit, contextOf } of readings) {
    const value = answers[id];
    if (typeof value !== 'number') continue;
    const isOnOxygen = id === 'spo2' && answers.onOxygen === true;
    const context = isOnOxygen
      ? 'on-oxygen'
      : contextOf
        ? (contextOf.codes[String(answers[contextOf.id])] ?? null)
        : null;
    measured.push({ kind, value, unit, context, on: readingDay(id, answers, visitOn) });
  }
  return measured;
}
