import type { Transaction } from 'kysely';
import { engineEdition } from '#clinical/engine-edition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { allFormEditions, formEdition } from '#standards/forms/all-forms.ts';

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

/**
 * The edition a new sheet of a form is begun on that day, by the rule phones go by: the newest in force that this program can
 * read, of its own and of those published besides. Undefined when there is none.
 */
export async function findEditionInForce(
  tx: Transaction<Tables>,
  countyId: string,
  form: string,
  day: PlainDate,
): Promise<FormEdition | undefined> {
  const published = await tx
    .selectFrom('definition')
    .select(['edition', 'in_force_from as from'])
    .where('county_id', '=', countyId)
    .where('kind', '=', 'form')
    .where('key', '=', form)
    .where('retired_at', 'is', null)
    .where('engine', '<=', engineEdition)
    .execute();
  const own = allFormEditions
    .filter((one) => one.form === form)
    .map((one) => ({ edition: one.edition, from: (one.inForceFrom as PlainDate | undefined) ?? null }));
  const begun = [...own, ...published].filter(({ from }) => from === null || from <= day);
  const newest = begun.toSorted(
    (a, b) => (a.from ?? '').localeCompare(b.from ?? '') || a.edition.localeCompare(b.edition),
  );
  const chosen = newest.at(-1);
  return chosen && findFormEdition(tx, countyId, form, chosen.edition);
}
