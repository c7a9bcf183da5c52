import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { reachingForms } from '#standards/indicators/record-closing.ts';

/** A filed sheet as far as it says whether the person was there; a follow-up names its mode, other forms have none. */
export interface KnownSheet {
  readonly on: PlainDate;
  readonly form: string;
  readonly mode: string | null;
}

/** The last day on which somebody reached the person: by a sheet filled with them, or by their return after a loss. */
export function lastReachedOn(
  sheets: readonly KnownSheet[],
  returnedOn: PlainDate | null | undefined,
  today: PlainDate,
): PlainDate | undefined {
  const forms = valueOn(reachingForms, today);
  let last = returnedOn ?? undefined;
  for (const { on, form, mode } of sheets)
    if ((mode !== null || forms.includes(form)) && (last === undefined || on > last)) last = on;
  return last;
}
