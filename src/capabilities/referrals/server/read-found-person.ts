import type { Transaction } from 'kysely';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { deedsOpen } from '../domain/referral-states.ts';
import { foundPerson } from './link-found.ts';

/** Whom a hospital sent down, whole, for the house that received them while it has something to do; undefined for others. */
export async function readFoundPerson(tx: Transaction<Tables>, actor: Actor, referralId: string) {
  const row = await tx
    .selectFrom('referral_request')
    .select(['id', 'resident_id', 'summary', 'status'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', referralId)
    .where('to_organization_id', '=', actor.organizationId)
    .where('is_found', '=', true)
    .executeTakeFirst();
  if (!row || deedsOpen(row.status, 'received', { isFound: true }).length === 0) return undefined;
  const { idNo = '', phone = '', ...person } = foundPerson(row.summary);
  return { ...person, idNo, phone, residentId: row.resident_id };
}
