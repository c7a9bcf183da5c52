import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { fieldsFor, type MaskedField, type RevealPurpose } from '#standards/reveal-purposes.ts';
import { revealResident } from '../reveal-contract.ts';

export type WholeValues = Readonly<Partial<Record<MaskedField, string | null>>>;

/** Asks for the whole of what a purpose needs; it stands in the person's log. */
export function revealFor(
  residentId: string,
  purpose: RevealPurpose,
  fields: readonly MaskedField[] = fieldsFor(purpose),
) {
  return callApi(revealResident, { params: { residentId }, body: { purpose, fields: [...fields] } });
}

/** Masked answers with the whole values in their places; a field nobody filled in stays away. */
export function withWhole(answers: FormAnswers, whole: WholeValues): FormAnswers {
  const known = Object.entries(whole).filter(([field, value]) => value !== null && field in answers);
  return { ...answers, ...Object.fromEntries(known) };
}

const begunWith = new Set(['idNo', 'phone', 'address', 'homeAddress', 'liveAddress']);

/** Whether a form begins with numbers or addresses of the person. */
export function wantsWhole(edition: FormEdition): boolean {
  const asked: ReadonlySet<string> = new Set([...begunWith, ...fieldsFor('fill-form')]);
  return fieldsOf(edition).some((field) => asked.has(field.id));
}
