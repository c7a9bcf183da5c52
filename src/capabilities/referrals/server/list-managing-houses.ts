import { sql, type Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';
import { managingKinds } from '../domain/found-person.ts';

/** The houses of the county that manage people: each township with its villages below it. */
export async function readManagingHouses(
  tx: Transaction<Tables>,
  countyId: string,
): Promise<{ id: string; name: string; isVillage: boolean; townshipName: string }[]> {
  const { rows } = await sql<{ id: string; name: string; isVillage: boolean; townshipName: string }>`
    select o.id, o.name, o.kind = 'village-clinic' as "isVillage",
      case when o.kind = 'village-clinic' then coalesce(p.name, '') else o.name end as "townshipName"
    from organization o left join organization p on p.county_id = o.county_id and p.id = o.parent_id
    where o.county_id = ${countyId} and o.kind in (${sql.join(managingKinds)}) order by o.path`.execute(tx);
  return rows;
}
