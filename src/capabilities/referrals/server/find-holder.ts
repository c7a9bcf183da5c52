import { findIdentityHolder, type IdentityHolder } from '#capabilities/residents/server/public.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import type { ReferralDetail } from '../contract.ts';
import { inOwnHouse } from './own-house.ts';

/**
 * Who keeps a record of somebody a hospital sent down, for the house that received them and has not linked one yet: its own
 * record, or only the name of the house that would have to hand it over. The number is the hospital's: nobody here chose it.
 */
export async function findHolder(
  database: Database,
  actor: Actor,
  one: Pick<ReferralDetail, 'id' | 'side' | 'residentId' | 'person' | 'deeds'>,
  now: Date,
): Promise<IdentityHolder | null> {
  if (one.person === null || one.side !== 'received' || one.residentId !== null || one.deeds.length === 0)
    return null;
  const house = inOwnHouse(actor);
  const holder = await findIdentityHolder(database, house, '01', one.person.idNo);
  await withScope(database, { countyId: actor.countyId, path: actor.path }, (tx) =>
    recordAudit(tx, actor, {
      action: 'identity.check',
      subject: one.id,
      detail: { found: holder !== undefined },
      now,
    }),
  );
  return holder ?? null;
}
