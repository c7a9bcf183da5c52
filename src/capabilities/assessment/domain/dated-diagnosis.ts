import { earliestDayOf, parsePartialDate } from '#kernel/partial-date.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** The first day a partial diagnosis date can mean; undefined when it is none. */
export function dayOfDiagnosis(text: string | null): PlainDate | undefined {
  const partial = text === null ? undefined : parsePartialDate(text);
  return partial === undefined ? undefined : earliestDayOf(partial);
}
