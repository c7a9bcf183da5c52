import { sql, type Transaction } from 'kysely';
import { programSequence } from '#clinical/program-sequence.ts';
import type { Definition } from '#kernel/definition.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { identityFieldsChanged } from '#platform/server/masking/read-identity-fields.ts';
import { ownDefinitions } from './own-definitions.ts';

/** Who published a definition: it came with the program, or the county made it. */
export type DefinitionOrigin = 'program' | 'county';

/**
 * Publishes definitions: those known already stay as they are. A form's editions stand beside each other; of one edition,
 * and of everything else, the one published now takes the place of the one before, which is kept.
 */
export async function publishDefinitions(
  tx: Transaction<Tables>,
  countyId: string,
  definitions: readonly Definition[],
  now: Date,
  origin: DefinitionOrigin = 'county',
  sequence = 0,
): Promise<void> {
  if (definitions.length === 0) return;
  if (definitions.some((one) => one.kind === 'form')) identityFieldsChanged(countyId);
  const rows = JSON.stringify(definitions);
  await sql`
    insert into definition (county_id, kind, key, edition, digest, title, in_force_from, engine, content, published_at,
      origin, sequence)
    select ${countyId}, x.kind, x.key, x.edition, x.digest, x.title, x."from", x.engine, x.content, ${now}, ${origin}, ${sequence}
    from jsonb_to_recordset(${rows}::jsonb) as x (kind text, key text, edition text, digest text, title text, "from" date,
      engine integer, content jsonb)
    on conflict (county_id, kind, key, edition, digest) do update
      set retired_at = null,
        -- What the county published as well is the county's: it stays when the program drops it.
        origin = case when excluded.origin = 'county' then 'county' else definition.origin end,
        sequence = greatest(definition.sequence, excluded.sequence)
      where definition.retired_at is not null or (excluded.origin = 'county' and definition.origin = 'program')
        or definition.sequence < excluded.sequence`.execute(tx);
  await sql`
    update definition d set retired_at = ${now}
    from jsonb_to_recordset(${rows}::jsonb) as x (kind text, key text, edition text, digest text)
    where d.county_id = ${countyId} and d.kind = x.kind and d.key = x.key and d.retired_at is null
      and d.digest <> x.digest and (d.kind <> 'form' or d.edition = x.edition)`.execute(tx);
}

/**
 * Publishes what a program was built with, and ends what an earlier one had and this one has not: no phone begins anything on
 * it from then on, and what was written on it is read by it as before. What the county published under the same name stands.
 * So does what a program of a higher sequence published or ended: in an upgrade both serve the county for a while, and the
 * older may be started again.
 */
export async function publishProgram(
  tx: Transaction<Tables>,
  countyId: string,
  definitions: readonly Definition[],
  now: Date,
  sequence = programSequence,
): Promise<void> {
  const { rows } = await sql<NamedDefinition>`
    select kind, key, edition from definition
    where county_id = ${countyId} and ((origin = 'county' and retired_at is null) or sequence > ${sequence})`.execute(
    tx,
  );
  const settled = new Set(rows.map(nameOf));
  const own = definitions.filter((one) => !settled.has(nameOf(one)));
  await publishDefinitions(tx, countyId, own, now, 'program', sequence);
  await sql`
    update definition d set retired_at = ${now}, sequence = ${sequence}
    where d.county_id = ${countyId} and d.origin = 'program' and d.kind <> 'county-setting' and d.retired_at is null
      and d.sequence <= ${sequence}
      and not exists (select from jsonb_to_recordset(${JSON.stringify(definitions.map(withoutContent))}::jsonb)
          as x (kind text, key text, edition text)
        where x.kind = d.kind and x.key = d.key and (d.kind <> 'form' or x.edition = d.edition))`.execute(tx);
}

type NamedDefinition = Pick<Definition, 'kind' | 'key' | 'edition'>;
/** Of forms the editions stand beside each other; of everything else there is one. */
const nameOf = ({ kind, key, edition }: NamedDefinition) =>
  kind === 'form' ? `${kind}/${key}/${edition}` : `${kind}/${key}`;
const withoutContent = ({ kind, key, edition }: NamedDefinition) => ({ kind, key, edition });

const published = new WeakMap<Database, Map<string, Promise<void>>>();

/** Publishes what this program was built with, once for each county it serves; tried again when it failed. */
export function publishOwnDefinitions(
  database: Database,
  actor: Pick<Actor, 'countyId' | 'scopePath'>,
  now: Date,
): Promise<void> {
  const { countyId } = actor;
  const counties = published.get(database) ?? new Map<string, Promise<void>>();
  published.set(database, counties);
  const known = counties.get(countyId);
  if (known) return known;
  // No row of it is about anybody: it has the county's wall and no subtree.
  const scope = { countyId, path: actor.scopePath };
  const publishing = withScope(database, scope, (tx) => publishProgram(tx, countyId, ownDefinitions(), now));
  counties.set(countyId, publishing);
  publishing.catch(() => counties.delete(countyId));
  return publishing;
}
