/** The visits on one sheet of paper, in the columns of the edition they were written on. */
export interface PrintedSheet<V> {
  readonly formEdition: string;
  readonly visits: readonly V[];
}

/**
 * Visits on the sheets they are printed on, both oldest first. A sheet has as many columns as its edition, and visits of one
 * edition only: another one numbers and words its lines in its own way.
 */
export function layOutSheets<V extends { readonly formEdition: string }>(
  oldestFirst: readonly V[],
  columnsOf: (formEdition: string) => number,
): readonly PrintedSheet<V>[] {
  const sheets: { formEdition: string; visits: V[] }[] = [];
  for (const visit of oldestFirst) {
    const { formEdition } = visit;
    const last = sheets.at(-1);
    if (last?.formEdition === formEdition && last.visits.length < columnsOf(formEdition))
      last.visits.push(visit);
    else sheets.push({ formEdition, visits: [visit] });
  }
  return sheets;
}
