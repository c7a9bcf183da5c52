import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { Problem } from '#kernel/problem.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { DeviceLine } from '../contract.ts';
import type { HeldOperation } from '../held-contract.ts';
import { findReplacements } from './find-replacements.ts';

type Filter = 'all' | 'silent' | 'pending' | 'refused' | 'risk';

/** Days without contact after which a phone counts as silent. */
const silentDays = 7;
/** Seconds a phone's clock may be off before support is told. */
const skewSeconds = 600;

function condition(filter: Filter, now: Date): RawBuilder<boolean> {
  switch (filter) {
    case 'silent':
      return sql`d.state = 'active' and (d.last_contact_at is null
        or d.last_contact_at < ${now}::timestamptz - make_interval(days => ${silentDays}::int))`;
    case 'pending':
      return sql`d.pending > 0`;
    case 'refused':
      return sql`(d.refused > 0 or h.held > 0)`;
    case 'risk':
      return sql`(not d.is_persisted or d.is_storage_short or d.lost_store_at is not null or d.differed_at is not null or abs(coalesce(d.clock_skew_seconds, 0)) > ${skewSeconds})`;
    case 'all':
      return sql`true`;
  }
}

/** Phones of the scope, those longest without contact first. */
export async function readDevices(
  tx: Transaction<Tables>,
  input: { countyId: string; filter: Filter; cursor: string | undefined; limit: number; now: Date },
): Promise<{ items: DeviceLine[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 3);
  const { rows } = await sql<{
    device_id: string;
    name: string;
    staff_id: string;
    user_name: string;
    organization_name: string;
    app_version: string;
    engine_edition: number | null;
    first_seen_at: Date;
    last_contact_at: Date | null;
    pending: number;
    refused: number;
    held: number;
    clock_skew_seconds: number | null;
    is_persisted: boolean;
    storage_used: string | null;
    storage_quota: string | null;
    is_storage_short: boolean;
    lost_store_at: Date | null;
    differed_at: Date | null;
    state: DeviceLine['state'];
    key: string;
  }>`
    select d.device_id, d.name, d.staff_id, s.name as user_name, o.name as organization_name, d.app_version,
      d.engine_edition, d.first_seen_at, d.last_contact_at, d.pending, d.refused, h.held, d.clock_skew_seconds, d.is_persisted,
      d.storage_used, d.storage_quota, d.is_storage_short,
      d.lost_store_at, d.differed_at, d.state, to_char(coalesce(d.last_contact_at, d.first_seen_at) at time zone 'UTC', 'YYYYMMDDHH24MISSUS') as key
    from field_device d
    join staff s on s.county_id = d.county_id and s.id = d.staff_id
    join organization o on o.county_id = s.county_id and o.id = s.organization_id
    cross join lateral (select count(*)::int as held from held_operation x where x.county_id = d.county_id
      and x.device_id = d.device_id and x.staff_id = d.staff_id and x.resolved_at is null) h
    where d.county_id = ${input.countyId} and ${condition(input.filter, input.now)}
      and (${after?.[0] ?? null}::text is null or
        (to_char(coalesce(d.last_contact_at, d.first_seen_at) at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), d.device_id, d.staff_id)
          > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid, ${after?.[2] ?? null}::uuid))
    order by key, d.device_id, d.staff_id limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      deviceId: row.device_id,
      deviceName: row.name,
      userId: row.staff_id,
      userName: row.user_name,
      organizationName: row.organization_name,
      appVersion: row.app_version,
      engineEdition: row.engine_edition,
      firstSeenAt: row.first_seen_at.toISOString(),
      lastContactAt: row.last_contact_at?.toISOString() ?? null,
      pending: row.pending,
      refused: row.refused,
      held: row.held,
      clockSkewSeconds: row.clock_skew_seconds,
      isPersisted: row.is_persisted,
      storageUsed: row.storage_used === null ? null : Number(row.storage_used),
      storageQuota: row.storage_quota === null ? null : Number(row.storage_quota),
      isStorageShort: row.is_storage_short,
      lostStoreAt: row.lost_store_at?.toISOString() ?? null,
      differedAt: row.differed_at?.toISOString() ?? null,
      state: row.state,
    })),
    nextCursor:
      rows.length > input.limit && last ? encodeCursor([last.key, last.device_id, last.staff_id]) : null,
  };
}

/** Operations that did not become facts and wait for somebody, newest first. */
export async function readHeldOperations(
  tx: Transaction<Tables>,
  input: { countyId: string; deviceId: string | undefined; cursor: string | undefined; limit: number },
): Promise<{ items: HeldOperation[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await sql<{
    operation_id: string;
    device_id: string;
    user_name: string;
    kind: string;
    resident_id: string;
    resident_name: string | null;
    received_at: Date;
    key: string;
    why: HeldOperation['why'];
    problem: Problem | null;
    note: string | null;
    body: unknown;
  }>`
    select h.operation_id, h.device_id, s.name as user_name, h.kind, h.resident_id, r.name as resident_name,
      h.received_at, h.received_at::text as key, h.why, h.problem, h.note, h.body
    from held_operation h
    join staff s on s.county_id = h.county_id and s.id = h.staff_id
    left join resident r on r.county_id = h.county_id and r.id = h.resident_id
    where h.county_id = ${input.countyId} and h.resolved_at is null
      and (${input.deviceId ?? null}::uuid is null or h.device_id = ${input.deviceId ?? null}::uuid)
      and (${after?.[0] ?? null}::timestamptz is null
        or (h.received_at, h.operation_id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    order by h.received_at desc, h.operation_id desc limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const replacements = await findReplacements(tx, input.countyId, page);
  return {
    items: page.map((row) => ({
      operationId: row.operation_id,
      deviceId: row.device_id,
      userName: row.user_name,
      kind: row.kind,
      residentId: row.resident_id,
      residentName: row.resident_name,
      receivedAt: row.received_at.toISOString(),
      why: row.why,
      problem: row.problem,
      note: row.note,
      replacement: replacements.get(row.operation_id) ?? null,
      body: row.body,
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.key, last.operation_id]) : null,
  };
}
