import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { identityAnswers } from '#standards/privacy/identity-answers.ts';
import {
  fieldsFor,
  type MaskedField,
  type RevealField,
  type RevealPurpose,
} from '#standards/reveal-purposes.ts';
import { revealResident } from '../reveal-contract.ts';

export type WholeValues = Readonly<Partial<Record<MaskedField, string | null>>>;

/** The whole values, and the answers that tell of sensitive diagnoses. */
export interface WholeAnswers {
  readonly values: WholeValues;
  readonly answers: FormAnswers;
}

/** Asks for the whole of what a purpose needs; it stands in the person's log. */
export function revealFor(
  residentId: string,
  purpose: RevealPurpose,
  fields: readonly RevealField[] = fieldsFor(purpose),
) {
  return callApi(revealResident, { params: { residentId }, body: { purpose, fields: [...fields] } });
}

/** Masked answers with the whole values in their places; a field nobody filled in stays away. */
export function withWhole(answers: FormAnswers, { values, answers: sensitive }: WholeAnswers): FormAnswers {
  const known = Object.entries(values).filter(([field, value]) => value !== null && field in answers);
  return { ...answers, ...sensitive, ...Object.fromEntries(known) };
}

/** Answers without the numbers and addresses: what is still masked there is a sensitive diagnosis. */
export function withoutIdentity(answers: FormAnswers): FormAnswers {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !Object.hasOwn(identityAnswers, id)));
}

const begunWith = new Set(['idNo', 'phone', 'address', 'homeAddress', 'liveAddress']);

/** Whether a form begins with numbers or addresses of the person. */
export function wantsWhole(edition: FormEdition): boolean {
  const asked: ReadonlySet<string> = new Set([...begunWith, ...fieldsFor('fill-form')]);
  return fieldsOf(edition).some((field) => asked.has(field.id));
}
