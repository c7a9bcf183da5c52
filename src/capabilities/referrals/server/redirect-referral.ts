import type { Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sendReferral } from './send-referral.ts';
import { takeStep } from './step-referral.ts';

/**
 * Sends somebody for the same reason to another house, with a summary drawn anew, and ends the first referral: both or
 * neither. For one that was declined, not come to, or not answered.
 */
export async function redirect(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly operationId: string;
    readonly referralId: string;
    readonly newReferralId: string;
    readonly version: number;
    readonly toOrganizationId?: string | undefined;
    readonly toDepartment: string;
    readonly today: PlainDate;
    readonly now: Date;
  },
): Promise<{ referralId: string } | Refused> {
  const first = await tx
    .selectFrom('referral_request')
    .select([
      'resident_id',
      'visit_id',
      'urgency',
      'reason',
      'first_handling',
      'to_organization_id',
      'is_found',
    ])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.referralId)
    .where('from_organization_id', '=', actor.organizationId)
    .executeTakeFirst();
  if (!first?.resident_id || first.is_found) return refused('not-found');
  if (input.toOrganizationId !== undefined && input.toOrganizationId === first.to_organization_id)
    return refused('invalid-input', {
      issues: [{ path: 'toOrganizationId', code: 'not-possible', message: '就是原来的机构，请选另一家。' }],
    });
  const { today, now } = input;
  const ended = await takeStep(tx, actor, { ...input, deed: 'withdraw', note: '已另转一家' });
  if ('kind' in ended) return ended;
  return sendReferral(tx, actor, {
    referralId: input.newReferralId,
    residentId: first.resident_id,
    visitId: first.visit_id,
    toOrganizationId: input.toOrganizationId,
    toDepartment: input.toDepartment,
    urgency: first.urgency,
    reason: first.reason,
    firstHandling: first.first_handling,
    today,
    now,
  });
}
