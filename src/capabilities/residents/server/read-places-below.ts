import type { Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';

/** Kinds of places that keep the records of people. */
const placesOfPeople = ['township-centre', 'village-clinic'] as const;

/** The places directly below one that keep the records of people, in the county's order. */
export function readPlacesBelow(
  tx: Transaction<Tables>,
  place: { countyId: string; id: string },
): Promise<{ id: string; name: string; path: string }[]> {
  return tx
    .selectFrom('organization')
    .select(['id', 'name', 'path'])
    .where('county_id', '=', place.countyId)
    .where('parent_id', '=', place.id)
    .where('kind', 'in', placesOfPeople)
    .orderBy('position')
    .orderBy('path')
    .execute();
}
