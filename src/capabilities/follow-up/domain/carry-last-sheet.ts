import { carryAnswers } from '#kernel/carry-answers.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';

/**
 * What the last sheet says, as it stands on the edition of the next: every choice by what is printed beside it. A list of which
 * one choice has no place there is asked anew as a whole, so that a shorter one is not taken for all that was said. Where
 * nobody has the edition it was written on, its numbers tell nothing and nothing is taken over.
 */
export function carryLastSheet(
  answers: FormAnswers,
  writtenOn: FormEdition | undefined,
  edition: FormEdition,
): FormAnswers {
  if (writtenOn === undefined) return {};
  if (writtenOn.edition === edition.edition) return answers;
  const { answers: carried, left } = carryAnswers(writtenOn, edition, answers);
  const shortened = new Set(left.map(({ id }) => id));
  const lists = fieldsOf(edition).filter(({ kind, id }) => kind === 'codes' && shortened.has(id));
  return Object.fromEntries(Object.entries(carried).filter(([id]) => !lists.some((one) => one.id === id)));
}
