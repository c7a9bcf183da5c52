import type { Transaction } from 'kysely';
import { lacksHandling, referralAsks, wordUnderWay } from '#capabilities/referrals/domain/check-asked.ts';
import { underWayStates } from '#capabilities/referrals/domain/referral-states.ts';
import { sendReferral } from '#capabilities/referrals/server/public.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { closeByReferral } from './danger-events.ts';

type ReferralRequest = Parameters<typeof sendReferral>[2];

/**
 * Sends a person on from their page, where there is no visit of a centre: at the village clinic, after a follow-up, at home.
 * In an emergency what was done first must be said. Refuses a second one of this house while the first is under way.
 */
export async function referResident(
  tx: Transaction<Tables>,
  actor: Actor,
  input: Omit<ReferralRequest, 'visitId'>,
): Promise<{ referralId: string } | Refused> {
  const handled = input.firstHandling.trim();
  if (lacksHandling(input))
    return refused('invalid-input', {
      issues: [{ path: 'firstHandling', code: 'missing', message: referralAsks.firstHandling }],
    });
  const underWay = await tx
    .selectFrom('referral_request')
    .select('to_department')
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('from_organization_id', '=', actor.organizationId)
    .where('to_organization_id', 'is not', null)
    .where('status', 'in', underWayStates)
    .limit(1)
    .executeTakeFirst();
  if (underWay) return refused('already-exists', { detail: wordUnderWay(underWay.to_department) });
  const sent = await sendReferral(tx, actor, { ...input, visitId: null });
  if ('kind' in sent) return sent;
  const note = handled || `转诊：${input.reason.trim()}`;
  await closeByReferral(tx, actor, { residentId: input.residentId, note, now: input.now });
  return sent;
}
