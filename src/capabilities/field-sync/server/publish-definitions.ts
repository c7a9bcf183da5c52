import { sql, type Transaction } from 'kysely';
import type { Definition } from '#kernel/definition.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { ownDefinitions } from './own-definitions.ts';

/**
 * Publishes definitions: those known already stay as they are. A form's editions stand beside each other; of one edition,
 * and of everything else, the one published now takes the place of the one before, which is kept.
 */
export async function publishDefinitions(
  tx: Transaction<Tables>,
  countyId: string,
  definitions: readonly Definition[],
  now: Date,
): Promise<void> {
  if (definitions.length === 0) return;
  const rows = JSON.stringify(definitions);
  await sql`
    insert into definition (county_id, kind, key, edition, digest, title, in_force_from, engine, content, published_at)
    select ${countyId}, x.kind, x.key, x.edition, x.digest, x.title, x."from", x.engine, x.content, ${now}
    from jsonb_to_recordset(${rows}::jsonb) as x (kind text, key text, edition text, digest text, title text, "from" date,
      engine integer, content jsonb)
    on conflict (county_id, kind, key, edition, digest) do update set retired_at = null
      where definition.retired_at is not null`.execute(tx);
  await sql`
    update definition d set retired_at = ${now}
    from jsonb_to_recordset(${rows}::jsonb) as x (kind text, key text, edition text, digest text)
    where d.county_id = ${countyId} and d.kind = x.kind and d.key = x.key and d.retired_at is null
      and d.digest <> x.digest and (d.kind <> 'form' or d.edition = x.edition)`.execute(tx);
}

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
  const publishing = withScope(database, scope, (tx) =>
    publishDefinitions(tx, countyId, ownDefinitions(), now),
  );
  counties.set(countyId, publishing);
  publishing.catch(() => counties.delete(countyId));
  return publishing;
}
