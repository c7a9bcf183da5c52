import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { isWithin, type OrgPath, orgPath } from '#kernel/org-path.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';

export interface KnownDevice {
  readonly state: 'active' | 'wipe-ordered' | 'wiped' | 'revoked';
  readonly share: Buffer;
  readonly paths: readonly OrgPath[];
}

export const hashOfToken = (token: string) => createHash('sha256').update(token).digest();

/**
 * Registers a phone for its user, or greets it again, and gives out the server's share of the key. Every greeting makes a
 * new token for handing over. Refuses a phone that was withdrawn.
 */
export async function greetDevice(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    deviceId: string;
    name: string;
    appVersion: string;
    isPersisted: boolean;
    hasLostStore: boolean;
    /** Left out: as before, or the whole scope. */
    paths: readonly OrgPath[] | undefined;
    now: Date;
  },
): Promise<{ share: string; recovery: string; handOverToken: string } | Refused> {
  const known = await findDevice(tx, actor, input.deviceId);
  if (known?.state === 'revoked')
    return refused('not-allowed', { detail: '这台手机已被收回，不能再使用。请联系管理员。' });
  const handOverToken = randomBytes(24).toString('base64url');
  const share = known && known.state !== 'wiped' ? known.share : randomBytes(32);
  const values = {
    org_path: actor.path,
    name: input.name,
    app_version: input.appVersion,
    share,
    hand_over_hash: hashOfToken(handOverToken),
    scope_paths: [...(input.paths ?? known?.paths ?? [actor.scopePath])],
    state: known?.state === 'wipe-ordered' ? ('wipe-ordered' as const) : ('active' as const),
    last_contact_at: input.now,
    is_persisted: input.isPersisted,
    ...(input.hasLostStore ? { lost_store_at: input.now } : {}),
  };
  await tx
    .insertInto('field_device')
    .values({
      county_id: actor.countyId,
      device_id: input.deviceId,
      staff_id: actor.staffId,
      first_seen_at: input.now,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['county_id', 'device_id', 'staff_id']).doUpdateSet(values))
    .execute();
  await recordAudit(tx, actor, { action: 'field-device.greet', subject: input.deviceId, now: input.now });
  return {
    share: deriveFromShare(share, 'share'),
    recovery: deriveFromShare(share, 'recovery'),
    handOverToken,
  };
}

/** Two secrets from one, so that a phone that holds the first knows nothing of the second. */
export function deriveFromShare(secret: Buffer, use: 'share' | 'recovery'): string {
  return Buffer.from(hkdfSync('sha256', secret, '', `quancheng field ${use}`, 32)).toString('base64');
}

/** A phone of this user; undefined when it never registered. Its villages are cut to what the user may see today. */
export async function findDevice(
  tx: Transaction<Tables>,
  actor: Actor,
  deviceId: string,
): Promise<KnownDevice | undefined> {
  const row = await tx
    .selectFrom('field_device')
    .select(['state', 'share', 'scope_paths'])
    .where('county_id', '=', actor.countyId)
    .where('device_id', '=', deviceId)
    .where('staff_id', '=', actor.staffId)
    .executeTakeFirst();
  if (!row) return undefined;
  const still = row.scope_paths
    .map((path) => orgPath(path))
    .filter((path) => isWithin(path, actor.scopePath));
  return { state: row.state, share: row.share, paths: still.length > 0 ? still : [actor.scopePath] };
}

/**
 * Writes down what a phone said of itself; support reads it. Returns the transaction's number: once committed it survives
 * a crash of the database, which the bounds of a snapshot do not, since a number nobody wrote with is given out again.
 */
export async function markContact(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    deviceId: string;
    appVersion: string;
    pending?: number;
    refused?: number;
    isPersisted?: boolean;
    storageUsed?: number | undefined;
    storageQuota?: number | undefined;
    isStorageShort?: boolean | undefined;
    definitions?: string | undefined;
    engine?: number | undefined;
    deviceNow?: string | undefined;
    now: Date;
  },
): Promise<string> {
  const skew = skewSeconds(input.deviceNow, input.now);
  const { rows } = await sql<{ xid: string }>`
    update field_device set last_contact_at = ${input.now}, app_version = ${input.appVersion},
      clock_skew_seconds = coalesce(${skew}::int, clock_skew_seconds), org_path = ${actor.path},
      pending = coalesce(${input.pending ?? null}::int, pending), refused = coalesce(${input.refused ?? null}::int, refused),
      definition_set = coalesce(${input.definitions ?? null}::text, definition_set),
      engine_edition = coalesce(${input.engine ?? null}::int, engine_edition),
      is_persisted = coalesce(${input.isPersisted ?? null}::boolean, is_persisted),
      storage_used = coalesce(${input.storageUsed ?? null}::bigint, storage_used),
      storage_quota = coalesce(${input.storageQuota ?? null}::bigint, storage_quota),
      is_storage_short = coalesce(${input.isStorageShort ?? null}::boolean, is_storage_short)
    where county_id = ${actor.countyId} and device_id = ${input.deviceId}::uuid and staff_id = ${actor.staffId}::uuid
    returning pg_current_xact_id()::text as xid`.execute(tx);
  return rows[0]?.xid ?? '0';
}

/** How far a phone's clock runs ahead; a clock that says nonsense says nothing. */
function skewSeconds(deviceNow: string | undefined, now: Date): number | null {
  const said = deviceNow === undefined ? Number.NaN : Date.parse(deviceNow);
  if (Number.isNaN(said)) return null;
  const most = 2_000_000_000;
  return Math.round(Math.max(-most, Math.min(most, (said - now.getTime()) / 1000)));
}

/** The chosen organizations of the user's scope; undefined when none was chosen. */
export async function chosenPaths(
  tx: Transaction<Tables>,
  actor: Actor,
  organizationIds: readonly string[] | undefined,
): Promise<readonly OrgPath[] | undefined | Refused> {
  if (!organizationIds || organizationIds.length === 0) return undefined;
  const rows = await tx
    .selectFrom('organization')
    .select('path')
    .where('county_id', '=', actor.countyId)
    .where('id', 'in', [...organizationIds])
    .orderBy('path')
    .execute();
  const paths = rows.map((row) => orgPath(row.path)).filter((path) => isWithin(path, actor.scopePath));
  if (paths.length !== organizationIds.length) {
    const message = '请选择您管理范围内的机构。';
    return refused('invalid-input', {
      issues: [{ path: 'organizationIds', code: 'not-in-scope', message }],
    });
  }
  return paths;
}
