import { sql, type Transaction } from 'kysely';
import { type OrgPath, orgPath, subtreeRange } from '#kernel/org-path.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/** An organization whose people are looked at: the actor's own scope or below it. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly path: OrgPath;
}

/** The place asked for, by default the top of the actor's scope; a county office stands for its county. */
export async function findPlace(
  tx: Transaction<Tables>,
  actor: Actor,
  organizationId: string | undefined,
): Promise<Place | undefined> {
  const { rows } = await sql<Place & { scope_path: string }>`
    select t.id, t.name, t.kind, t.path from organization o
    join organization t on t.county_id = o.county_id and t.path = o.scope_path
    where o.county_id = ${actor.countyId}
      and ${organizationId === undefined ? sql`o.path = ${actor.scopePath}` : sql`o.id = ${organizationId}::uuid`}`.execute(
    tx,
  );
  const found = rows[0];
  if (!found?.path.startsWith(actor.scopePath)) return undefined;
  return { id: found.id, name: found.name, kind: found.kind, path: orgPath(found.path) };
}

/** Places directly below that keep records, in their order. */
export async function listPlacesBelow(
  tx: Transaction<Tables>,
  countyId: string,
  place: Place,
): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select id, name, kind, path from organization
    where county_id = ${countyId} and parent_id = ${place.id}::uuid and kind in ('township-centre','village-clinic')
    order by position, path`.execute(tx);
  return rows.map((row) => ({ ...row, path: orgPath(row.path) }));
}

/** Places from the top of the actor's scope down to this one. */
export async function readPlaceTrail(
  tx: Transaction<Tables>,
  actor: Actor,
  place: Place,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organization where county_id = ${actor.countyId} and starts_with(${place.path}, path)
      and path >= ${actor.scopePath} and path < ${subtreeRange(actor.scopePath).to} order by length(path)`.execute(
    tx,
  );
  return rows;
}
