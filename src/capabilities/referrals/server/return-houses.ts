import { sql, type Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';

/**
 * Where a receiving house may send somebody back to, the sender first, then the village and the township that manage the
 * person: they see the referral because the person is theirs.
 */
export async function readReturnHouses(
  tx: Transaction<Tables>,
  countyId: string,
  referral: {
    readonly org_path: string | null;
    readonly from_organization_id: string;
    readonly to_organization_id: string | null;
  },
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select o.id, o.name from organization o where o.county_id = ${countyId}
      and o.id is distinct from ${referral.to_organization_id}::uuid
      and (o.id = ${referral.from_organization_id}::uuid
        or o.kind in ('village-clinic','township-centre') and starts_with(${referral.org_path}, o.path))
    order by o.id <> ${referral.from_organization_id}::uuid, length(o.path) desc`.execute(tx);
  return rows;
}
