import type { Transaction } from 'kysely';
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
  if (input.urgency === 'emergency' && handled === '')
    return refused('invalid-input', {
      issues: [{ path: 'firstHandling', code: 'missing', message: '急诊转诊请写明已做的初步处理。' }],
    });
  const underWay = await tx
    .selectFrom('referral_request')
    .select('to_department')
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('from_organization_id', '=', actor.organizationId)
    .where('to_organization_id', 'is not', null)
    .where('status', 'in', ['requested', 'accepted'])
    .limit(1)
    .executeTakeFirst();
  if (underWay)
    return refused('already-exists', {
      detail: `本机构已为此人转诊“${underWay.to_department}”，还在进行中；要改请先撤回那一份。`,
    });
  const sent = await sendReferral(tx, actor, { ...input, visitId: null });
  if ('kind' in sent) return sent;
  const note = handled || `转诊：${input.reason.trim()}`;
  await closeByReferral(tx, actor, { residentId: input.residentId, note, now: input.now });
  return sent;
}
