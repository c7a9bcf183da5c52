import { timingSafeEqual } from 'node:crypto';
import { orgPath } from '#kernel/org-path.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import type { SentOperation } from '../contract.ts';
import { hashOfToken } from './devices.ts';
import { holdOperations } from './hold-operation.ts';

/**
 * Takes over what a phone holds when its user can no longer sign in: the operations stay on the server for a person to
 * decide, nothing of them becomes a fact by itself. The token was given to this phone and user alone. Tells the phone
 * whether to delete everything; a phone of a disabled user is always told to.
 */
export async function takeOver(
  database: Database,
  countyId: string,
  input: {
    deviceId: string;
    userId: string;
    token: string;
    operations: readonly SentOperation[];
    isDone: boolean;
  },
  now: Date,
): Promise<{ held: string[]; order: 'none' | 'wipe' } | Refused> {
  const county = { countyId, path: orgPath(`/${countyId}/`) };
  const row = await withScope(database, county, (tx) =>
    tx
      .selectFrom('field_device as d')
      .innerJoin('staff as s', (join) =>
        join.onRef('s.county_id', '=', 'd.county_id').onRef('s.id', '=', 'd.staff_id'),
      )
      .select(['d.state', 'd.hand_over_hash', 'd.org_path', 's.disabled_at'])
      .where('d.county_id', '=', countyId)
      .where('d.device_id', '=', input.deviceId)
      .where('d.staff_id', '=', input.userId)
      .executeTakeFirst(),
  );
  if (!row || !timingSafeEqual(row.hand_over_hash, hashOfToken(input.token))) return refused('not-allowed');
  const sender = { countyId, staffId: input.userId, path: row.org_path, deviceId: input.deviceId };
  await holdOperations(
    database,
    sender,
    input.operations.map((operation) => ({ operation, why: 'handed-over' as const, now })),
  );
  const order = row.state !== 'active' || row.disabled_at !== null ? ('wipe' as const) : ('none' as const);
  // Also of a disabled user: nothing is left there, and support must not look for it.
  const isDone = input.isDone && order === 'wipe' && row.state !== 'revoked';
  await withScope(database, county, async (tx) => {
    if (isDone) {
      await tx
        .updateTable('field_device')
        .set({ state: 'wiped', last_contact_at: now, pending: 0, refused: 0 })
        .where('county_id', '=', countyId)
        .where('device_id', '=', input.deviceId)
        .where('staff_id', '=', input.userId)
        .execute();
    }
    await recordAudit(tx, undefined, {
      countyId,
      action: isDone ? 'field-device.wiped' : 'field-device.hand-over',
      subject: input.deviceId,
      detail: { userId: input.userId, operations: input.operations.length },
      now,
    });
  });
  return { held: input.operations.map((operation) => operation.operationId), order };
}
