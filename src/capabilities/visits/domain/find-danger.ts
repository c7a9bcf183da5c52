import { assess } from '#clinical/assess/assess.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import type { Condition } from '#clinical/conditions.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** Readings of one day as a self-test point or a desk took them. */
export interface DayReading {
  readonly kind: string;
  readonly value: number;
}

/**
 * Why readings of a day are an emergency, in Chinese sentences, by the same rules as at a visit; empty when they are not.
 * Of a slip nobody has claimed yet only the values speak, since whose they are is not known.
 */
export function findDanger(
  readings: readonly DayReading[],
  conditions: readonly Condition[],
  day: PlainDate,
): string[] {
  const measurements = readings.map(({ kind, value }) => ({ kind, value, on: day }));
  return dangersOf({ conditions, programs: [], measurements, visits: [], medicines: [] }, day);
}

/** What of a person's record is an emergency on a day. */
export function dangersOf(record: PatientRecord, day: PlainDate): string[] {
  const texts = assess(record, day).emergencies.flatMap((one) => one.reasons.map((reason) => reason.text));
  return [...new Set(texts)];
}
