import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import type { CompactDocument } from './person-document.ts';

/** Months of sheets compared: less than the phone holds, so that a sheet grown too old in between is no difference. */
const comparedMonths = 22;

/**
 * A document as phone and server compare it, as text: without what changes by the calendar alone (calls that end, services
 * that fall due, sheets that grow old), which nobody has to send.
 */
export function comparedText(document: CompactDocument, day: PlainDate): string {
  const since = addMonths(day, -comparedMonths);
  const {
    calls: _,
    contract: __,
    likelyDuplicates: ___,
    lastCheckupOn: ____,
    sheets = [],
    ...rest
  } = document;
  return JSON.stringify([
    Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    sheets.filter(([on]) => on >= since),
  ]);
}
