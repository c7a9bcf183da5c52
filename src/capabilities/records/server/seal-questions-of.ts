import type { Transaction } from 'kysely';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { identityFieldsOf } from '#standards/privacy/identity-fields.ts';

/**
 * Has what an edition asks of who somebody is or where to find them sealed from now on, before anything is written on it.
 * What the program's own editions ask is always.
 */
export function sealQuestionsOf(tx: Transaction<Tables>, edition: FormEdition): void {
  if (edition === formEdition(edition.form, edition.edition)) return;
  sealsOf(tx).alsoSeal(identityFieldsOf(edition).keys());
}
