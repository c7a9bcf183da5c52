import { type CarriedDraft, carryDraft } from '#kernel/carry-answers.ts';
import { type FormAnswers, fieldsOf } from '#kernel/form-shape.ts';
import type { MergedSheet } from './merge-sheets.ts';

/** A visit half typed, as far as it depends on the editions of its sheets. */
export interface VisitTyped extends CarriedDraft {
  /** Fields the doctor has set; the rules propose the others. */
  readonly touched: readonly string[];
}

/**
 * A half-typed visit on other editions of its sheets, nothing lost. Sheets that differ more or less than before ask less or
 * more together: an answer goes wherever its question now stands. `fresh`: what a visit begun on them starts with.
 */
export function carryVisit(
  from: MergedSheet,
  to: MergedSheet,
  visit: VisitTyped,
  fresh: FormAnswers,
): VisitTyped {
  const places = new Map<string, Set<string>>();
  for (const { program, edition } of from.parts)
    if (to.parts.some((part) => part.program === program))
      for (const { id } of fieldsOf(edition)) {
        const place = from.pathOf(program, id);
        places.set(place, (places.get(place) ?? new Set()).add(to.pathOf(program, id)));
      }
  const placesOf = (id: string) => [...(places.get(id) ?? [id])];
  const { answers, aside = {} } = carryDraft(from.edition, to.edition, visit, { fresh, placesOf });
  return { answers, aside, touched: [...new Set(visit.touched.flatMap(placesOf))] };
}
