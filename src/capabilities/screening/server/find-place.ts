import type { Transaction } from 'kysely';
import { isWithin, type OrgPath, orgPath } from '#kernel/org-path.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/** A place of the tree whose people are looked at. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly path: OrgPath;
  readonly parentId: string | null;
}

/** The named organization within the actor's scope, or the top of that scope; undefined for a place out of it. */
export async function findPlace(
  tx: Transaction<Tables>,
  actor: Actor,
  organizationId: string | undefined,
): Promise<Place | undefined> {
  const query = tx
    .selectFrom('organization')
    .select(['id', 'name', 'path', 'parent_id'])
    .where('county_id', '=', actor.countyId);
  const row = await (organizationId
    ? query.where('id', '=', organizationId)
    : query.where('path', '=', actor.scopePath)
  ).executeTakeFirst();
  if (!row) return undefined;
  const path = orgPath(row.path);
  if (!isWithin(path, actor.scopePath)) return undefined;
  const isTop = path === actor.scopePath;
  return { id: row.id, name: row.name, path, parentId: isTop ? null : row.parent_id };
}
