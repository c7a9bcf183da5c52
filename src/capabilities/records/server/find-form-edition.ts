import { type RawBuilder, sql, type Transaction } from 'kysely';
import { engineEdition } from '#clinical/engine-edition.ts';
import { programSequence } from '#clinical/program-sequence.ts';
import { chooseEdition, type EditionHead, withPublished } from '#kernel/choose-edition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { formEdition, ownEditionHeads } from '#standards/forms/all-forms.ts';

/** What a sheet says it is written on. */
export interface NamedEdition {
  readonly countyId: string;
  readonly form: string;
  readonly edition: string;
}

/**
 * The statement that looks for an edition by name where the program's own may not be it: under one name the county's word
 * stands, on phones too. It may travel with others; `namedEdition` understands its answer.
 */
export function selectNamedEdition({ countyId, form, edition }: NamedEdition): RawBuilder<unknown> {
  return sql`
    select content from definition
    where county_id = ${countyId} and kind = 'form' and key = ${form} and edition = ${edition}
      and (${formEdition(form, edition) === undefined}::boolean or (origin = 'county' and retired_at is null))
    order by (retired_at is null) desc, (origin = 'county') desc, published_at desc limit 1`;
}

/** The edition `selectNamedEdition` found, else the program's own; undefined when nobody here ever had it. */
export function namedEdition(
  { form, edition }: Pick<NamedEdition, 'form' | 'edition'>,
  rows: readonly unknown[],
): FormEdition | undefined {
  const [row] = rows as readonly { readonly content: FormEdition }[];
  return row?.content ?? formEdition(form, edition);
}

/** The edition of a sheet by name: the county's, else the program's own, else one that was ever published. */
export async function findFormEdition(
  tx: Transaction<Tables>,
  countyId: string,
  form: string,
  edition: string,
): Promise<FormEdition | undefined> {
  const named = { countyId, form, edition };
  return namedEdition(named, (await selectNamedEdition(named).execute(tx)).rows);
}

/**
 * The editions of a form a new sheet may be begun on, each with its first day. What a newer program ended while both serve the
 * county is none of them, though this one was built with it.
 */
export async function readEditionHeads(
  tx: Transaction<Tables>,
  countyId: string,
  form: string,
): Promise<readonly EditionHead[]> {
  const published = await tx
    .selectFrom('definition')
    .select(['edition', 'in_force_from as from', 'engine', 'retired_at', 'sequence'])
    .where('county_id', '=', countyId)
    .where('kind', '=', 'form')
    .where('key', '=', form)
    .execute();
  const inForce = published.filter((one) => one.retired_at === null);
  const ended = published.filter((one) => one.retired_at !== null && one.sequence > programSequence);
  const own = ownEditionHeads(form, engineEdition).filter(
    ({ edition }) => !ended.some((one) => one.edition === edition),
  );
  return withPublished(
    own,
    inForce.map(({ edition, from, engine }) => ({ edition, from, engine })),
  );
}

/** The edition a sheet about that day is begun on, by the rule phones go by; undefined when the form has none. */
export async function findEditionInForce(
  tx: Transaction<Tables>,
  countyId: string,
  form: string,
  day: PlainDate,
): Promise<FormEdition | undefined> {
  const { chosen } = chooseEdition(await readEditionHeads(tx, countyId, form), day, engineEdition);
  return chosen && findFormEdition(tx, countyId, form, chosen.edition);
}
