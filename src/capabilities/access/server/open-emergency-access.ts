import type { Transaction } from 'kysely';
import type { z } from 'zod';
import { idNoIndex } from '#capabilities/residents/server/public.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { accessProfile } from '#standards/access-profile.ts';
import { checkIdentityNumber } from '#standards/identity/check-identity-number.ts';
import type { emergencyAccessSchema } from '../contract.ts';

export type EmergencyAccess = z.infer<typeof emergencyAccessSchema>;

/**
 * Opens one person's summary to one member of staff for some hours. It takes the whole identity number, so that nobody is
 * found by browsing, and a reason; it stands in the person's own access log and waits for somebody else's review.
 * `tx` sees the county. Refuses more in a day than an emergency room meets.
 */
export async function insertEmergencyAccess(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { accessId: string; idNo: string; reason: string; now: Date },
): Promise<EmergencyAccess | Refused> {
  const checked = checkIdentityNumber(input.idNo);
  if (checked.kind === 'invalid')
    return refused('invalid-input', {
      issues: [{ path: 'idNo', code: 'invalid', message: checked.message }],
    });
  const { opened } = await tx
    .selectFrom('emergency_access')
    .select((eb) => eb.fn.countAll<number>().as('opened'))
    .where('county_id', '=', actor.countyId)
    .where('staff_id', '=', actor.staffId)
    .where('opened_at', '>', new Date(input.now.getTime() - 86_400_000))
    .executeTakeFirstOrThrow();
  if (Number(opened) >= accessProfile.emergenciesADay)
    return refused('too-many-look-ups', {
      detail: `一天内最多紧急查阅${accessProfile.emergenciesADay}人，请联系上级机构办理转诊或会诊。`,
    });
  const resident = await tx
    .selectFrom('resident')
    .select(['id', 'org_path'])
    .where('county_id', '=', actor.countyId)
    .where('id_no_index', '=', idNoIndex(sealsOf(tx), '01', checked.idNo))
    .executeTakeFirst();
  if (!resident) return refused('not-found', { detail: '全县没有这个证件号码的健康档案。' });
  const expiresAt = new Date(input.now.getTime() + accessProfile.emergencyHours * 3_600_000);
  await tx
    .insertInto('emergency_access')
    .values({
      county_id: actor.countyId,
      id: input.accessId,
      staff_id: actor.staffId,
      resident_id: resident.id,
      org_path: resident.org_path,
      reason: input.reason,
      opened_at: input.now,
      expires_at: expiresAt,
    })
    .execute();
  await recordAudit(tx, actor, {
    action: 'emergency-access.open',
    residentId: resident.id,
    subject: input.accessId,
    now: input.now,
  });
  return describeAccess({ id: input.accessId, opened_at: input.now, expires_at: expiresAt }, input.now);
}

/** An access as its holder sees it. */
export function describeAccess(
  row: { id: string; opened_at: Date; expires_at: Date },
  now: Date,
): EmergencyAccess {
  return {
    accessId: row.id,
    openedAt: row.opened_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    isOpen: row.expires_at > now,
  };
}
