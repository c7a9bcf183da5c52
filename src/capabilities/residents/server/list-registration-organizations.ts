import type { Transaction } from 'kysely';
import { subtreeRange } from '#kernel/org-path.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/** The village clinics of the actor's subtree, where a new record can be kept. */
export async function readRegistrationOrganizations(tx: Transaction<Tables>, actor: Actor) {
  const { from, to } = subtreeRange(actor.scopePath);
  const rows = await tx
    .selectFrom('organization as o')
    .leftJoin('organization as p', (join) =>
      join.onRef('p.county_id', '=', 'o.county_id').onRef('p.id', '=', 'o.parent_id'),
    )
    .select(['o.id', 'o.name', 'o.region_code', 'p.name as parent_name'])
    .where('o.county_id', '=', actor.countyId)
    .where('o.kind', '=', 'village-clinic')
    .where('o.path', '>=', from)
    .where('o.path', '<', to)
    .orderBy('o.path')
    .limit(2000)
    .execute();
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      parentName: row.parent_name,
      regionCode: row.region_code,
    })),
  };
}
