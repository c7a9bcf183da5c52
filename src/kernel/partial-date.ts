import { type PlainDate, parsePlainDate } from './plain-date.ts';

/** A day known only in part: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. It stays partial; nothing is filled in. */
export type PartialDate = string & { readonly __partialDate: unique symbol };

/** Parses `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; undefined otherwise. */
export function parsePartialDate(text: string): PartialDate | undefined {
  const match = /^(\d{4})(-(\d{2})(-(\d{2}))?)?$/.exec(text);
  if (!match) return undefined;
  const candidate = `${match[1]}-${match[3] ?? '01'}-${match[5] ?? '01'}`;
  return parsePlainDate(candidate) === undefined ? undefined : (text as PartialDate);
}

/** The first day the partial date can mean. */
export function earliestDayOf(date: PartialDate): PlainDate {
  return (date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date) as PlainDate;
}
