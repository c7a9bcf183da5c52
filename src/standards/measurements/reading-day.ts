import type { FormAnswers } from '#kernel/form-shape.ts';
import { type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';

/** Answers that say when the reading beside them was taken, of tests that are reported at a later visit. */
const dayFields: Readonly<Record<string, string>> = { hba1c: 'hba1cDate' };

/** The day of a reading of a sheet: that of its test where the sheet says one until the visit, else the visit's. */
export function readingDay(id: string, answers: FormAnswers, visitOn: PlainDate): PlainDate {
  const field = dayFields[id];
  const said = field === undefined ? undefined : answers[field];
  if (typeof said !== 'string' || said === visitOn) return visitOn;
  const day = parsePlainDate(said);
  return day !== undefined && day < visitOn ? day : visitOn;
}
