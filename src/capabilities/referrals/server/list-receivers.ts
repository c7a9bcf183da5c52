import type { Transaction } from 'kysely';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type Direction, rankReceivers } from '../domain/choose-receiver.ts';

/** The houses of the county that take people who are sent on. */
export const readReceivingHouses = (tx: Transaction<Tables>, countyId: string) =>
  tx
    .selectFrom('organization')
    .select(['id', 'name', 'kind', 'path', 'phone as orgPhone'])
    .where('county_id', '=', countyId)
    .where('kind', 'in', ['county-hospital', 'township-centre'])
    .orderBy('path')
    .execute();

/** The houses of the county one may send patients to, the likeliest for this person first. */
export async function readReceivers(
  tx: Transaction<Tables>,
  actor: Actor,
  residentId: string | undefined,
): Promise<{ id: string; name: string; direction: Direction; orgPhone: string | null }[]> {
  const houses = await readReceivingHouses(tx, actor.countyId);
  const person =
    residentId === undefined
      ? undefined
      : await tx
          .selectFrom('resident')
          .select('org_path')
          .where('county_id', '=', actor.countyId)
          .where('id', '=', residentId)
          .executeTakeFirst();
  const from = { id: actor.organizationId, kind: actor.organizationKind, path: actor.path };
  return rankReceivers(houses, from, person?.org_path).map(({ house, direction }) => ({
    id: house.id,
    name: house.name,
    direction,
    orgPhone: house.orgPhone,
  }));
}
