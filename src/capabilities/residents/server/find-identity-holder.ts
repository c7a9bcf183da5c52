import { isWithin, orgPath } from '#kernel/org-path.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import { countyWide } from '#platform/server/auth/county-wide.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { idNoIndex } from './seal-resident.ts';

/** Who already keeps a record under this identity number in the county. */
export interface IdentityHolder {
  /** Only when the record lies within the caller's own subtree. */
  readonly residentId: string | null;
  readonly organizationName: string;
}

/**
 * Looks across the whole county, past the caller's subtree, for one purpose: one person has one record.
 * Outside the caller's subtree the answer names the organization and nothing of the person.
 */
export async function findIdentityHolder(
  database: Database,
  actor: Actor,
  idType: string,
  idNo: string,
): Promise<IdentityHolder | undefined> {
  const wide = { countyId: actor.countyId, path: countyWide(actor).scopePath };
  return withScope(database, wide, async (tx) => {
    const row = await tx
      .selectFrom('resident as r')
      .innerJoin('organization as o', (join) =>
        join.onRef('o.county_id', '=', 'r.county_id').onRef('o.id', '=', 'r.organization_id'),
      )
      .select(['r.id', 'r.org_path', 'o.name'])
      .where('r.county_id', '=', actor.countyId)
      .where('r.id_type', '=', idType)
      .where('r.id_no_index', '=', idNoIndex(database.seals, idType, idNo))
      .executeTakeFirst();
    if (!row) return undefined;
    const own = isWithin(orgPath(row.org_path), actor.scopePath);
    return { residentId: own ? row.id : null, organizationName: row.name };
  });
}

/** Which organization keeps the record of each of these identity numbers, anywhere in the county; names no person. */
export async function findIdentityHolders(
  database: Database,
  actor: Actor,
  idNos: readonly string[],
): Promise<Map<string, string>> {
  if (idNos.length === 0) return new Map();
  const wide = { countyId: actor.countyId, path: countyWide(actor).scopePath };
  return withScope(database, wide, async (tx) => {
    const rows = await tx
      .selectFrom('resident as r')
      .innerJoin('organization as o', (join) =>
        join.onRef('o.county_id', '=', 'r.county_id').onRef('o.id', '=', 'r.organization_id'),
      )
      .select(['r.id', 'r.id_no', 'o.name'])
      .where('r.county_id', '=', actor.countyId)
      .where('r.id_type', '=', '01')
      .where(
        'r.id_no_index',
        'in',
        idNos.map((idNo) => idNoIndex(database.seals, '01', idNo)),
      )
      .execute();
    return new Map(rows.flatMap((row) => (row.id_no === null ? [] : [[row.id_no, row.name] as const])));
  });
}
