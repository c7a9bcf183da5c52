import { sql, type Transaction } from 'kysely';
import { readPublishedAvailability } from '#capabilities/medicines/server/public.ts';
import { engineEdition } from '#clinical/engine-edition.ts';
import type { EditionHead } from '#kernel/choose-edition.ts';
import type { Definition, DefinitionHead } from '#kernel/definition.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { digestOfSet, withDigest } from './own-definitions.ts';
import { publishDefinitions } from './publish-definitions.ts';

/** Settings of the county that a phone's verdicts and lists need. */
const settingTitles: Readonly<Record<string, string>> = {
  'critical-values': '本县检验危急值',
};

export interface DefinitionSet {
  readonly set: string;
  readonly heads: readonly DefinitionHead[];
}

const columns = sql`kind, key, edition, digest, title, in_force_from as "from", engine`;

/**
 * What is in force for phones now. A setting the county changed is published on the way: whoever changes it need not know of
 * phones.
 */
export async function readDefinitionSet(
  tx: Transaction<Tables>,
  countyId: string,
  now: Date,
): Promise<DefinitionSet> {
  const settings = await sql<{ key: string; value: unknown; changed_at: Date }>`
    select key, value, changed_at from county_setting
    where county_id = ${countyId} and key = any(${Object.keys(settingTitles)}::text[])`.execute(tx);
  const own = settings.rows.map(({ key, value, changed_at }) =>
    settingOf(key, settingTitles[key] ?? key, value, changed_at),
  );
  const supply = await readPublishedAvailability(tx, countyId);
  if (supply) own.push(settingOf('medicine-availability', '本县药品供应', supply.content, supply.changedAt));
  const heads = await readHeads(tx, countyId);
  const unheard = own.filter((one) => !heads.some(({ digest }) => digest === one.digest));
  if (unheard.length > 0) await publishDefinitions(tx, countyId, unheard, now);
  const current = [
    ...heads.filter((one) => one.kind !== 'county-setting'),
    ...own.map(({ content: _, ...head }) => head),
  ];
  const set = digestOfSet(current);
  const members = current.map(({ digest }) => digest);
  await sql`insert into definition_set (county_id, digest, made_at, members)
    values (${countyId}, ${set}, ${now}, ${members}::text[]) on conflict (county_id, digest) do nothing`.execute(
    tx,
  );
  return { set, heads: current };
}

const settingOf = (key: string, title: string, content: unknown, changedAt: Date): Definition =>
  withDigest({
    kind: 'county-setting',
    key,
    edition: dayInChina(changedAt),
    title,
    from: null,
    engine: engineEdition,
    content,
  });

async function readHeads(tx: Transaction<Tables>, countyId: string): Promise<DefinitionHead[]> {
  const { rows } = await sql<DefinitionHead>`
    select ${columns} from definition where county_id = ${countyId} and retired_at is null`.execute(tx);
  return rows;
}

/** Every edition of a form ever published, also those a revision took the place of and those that were ended. */
export async function readFormHeads(
  tx: Transaction<Tables>,
  countyId: string,
  form: string,
): Promise<(DefinitionHead & EditionHead)[]> {
  const { rows } = await sql<DefinitionHead & { retired_at: Date | null }>`
    select distinct on (edition) ${columns}, retired_at from definition
    where county_id = ${countyId} and kind = 'form' and key = ${form}
    order by edition, (retired_at is null) desc, published_at desc`.execute(tx);
  return rows.map(({ retired_at, ...head }) => ({ ...head, endedOn: retired_at && dayInChina(retired_at) }));
}

/** Definitions with their content, by digest. */
export async function readDefinitions(
  tx: Transaction<Tables>,
  countyId: string,
  digests: readonly string[],
): Promise<Definition[]> {
  if (digests.length === 0) return [];
  const { rows } = await sql<Definition>`
    select ${columns}, content from definition
    where county_id = ${countyId} and digest = any(${digests}::text[]) order by kind, key, edition`.execute(
    tx,
  );
  return rows;
}
