import type { Transaction } from 'kysely';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { formEdition } from '#standards/forms/all-forms.ts';

/** An edition this program was built with, or one that was published besides; undefined when it never was. */
export async function findFormEdition(
  tx: Transaction<Tables>,
  countyId: string,
  form: string,
  edition: string,
): Promise<FormEdition | undefined> {
  const known = formEdition(form, edition);
  if (known) return known;
  const row = await tx
    .selectFrom('definition')
    .select('content')
    .where('county_id', '=', countyId)
    .where('kind', '=', 'form')
    .where('key', '=', form)
    .where('edition', '=', edition)
    .orderBy('published_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.content as FormEdition | undefined;
}
