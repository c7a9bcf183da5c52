import { type CarriedDraft, carryDraft } from '#kernel/carry-answers.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { dayTyped, plainDate } from '#kernel/plain-date.ts';
import { useActor } from '../session.tsx';
import { useSheetOnItsDay } from './use-sheet-on-its-day.ts';

/** One form on the edition in force on the day it is about, the draft carried along when that changes. */
export function useFormOnItsDay<D extends CarriedDraft>(input: {
  readonly begun: FormEdition;
  readonly dayField: string;
  readonly isFixed: boolean;
  readonly draft: D;
  readonly setDraft: (change: (old: D) => D) => void;
  /** What a form begun on an edition starts with. */
  readonly begin: (edition: FormEdition) => FormAnswers;
}) {
  const { begun, setDraft } = input;
  const today = plainDate(useActor().today);
  return useSheetOnItsDay<FormEdition>({
    forms: [begun.form],
    day: dayTyped(input.draft.answers[input.dayField], today),
    today,
    isFixed: input.isFixed,
    begun: () => begun,
    sheetOf: ([edition]) => edition ?? begun,
    nameOf: ({ edition }) => edition,
    onMove: (from, to) =>
      setDraft((old) => ({
        ...old,
        ...carryDraft(from, to, old, { fresh: input.begin(to) }),
        edition: to.edition,
      })),
  });
}
