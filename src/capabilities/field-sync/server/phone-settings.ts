import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import type { changePhoneSettings } from '../device-contract.ts';
import { defaultLeaseDays } from '../domain/phone-lease.ts';

const key = 'phone-lease-days';
type Settings = EndpointResponse<typeof changePhoneSettings>;

/** How long a phone of this county may go without contact, and who said so. */
export async function readPhoneSettings(tx: Transaction<Tables>, countyId: string): Promise<Settings> {
  const { rows } = await sql<{ value: number; changed_at: Date; name: string | null }>`
    select c.value, c.changed_at, s.name from county_setting c
    left join staff s on s.county_id = c.county_id and s.id = c.changed_by
    where c.county_id = ${countyId} and c.key = ${key}`.execute(tx);
  const [row] = rows;
  return {
    leaseDays: row?.value ?? defaultLeaseDays,
    defaultLeaseDays,
    changedAt: row?.changed_at.toISOString() ?? null,
    changedByName: row?.name ?? null,
  };
}

/** Changes the days; refuses when somebody else changed them meanwhile. Phones learn of it at their next contact. */
export async function writePhoneSettings(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { readonly leaseDays: number; readonly seen: string | null; readonly now: Date },
): Promise<Settings | Refused> {
  await sql`select pg_advisory_xact_lock(hashtext(${`${actor.countyId} ${key}`}))`.execute(tx);
  const held = await readPhoneSettings(tx, actor.countyId);
  if (held.changedAt !== input.seen) return refused('stale-version');
  await sql`
    insert into county_setting (county_id, key, value, changed_at, changed_by)
    values (${actor.countyId}, ${key}, to_jsonb(${input.leaseDays}::int), ${input.now}, ${actor.staffId}::uuid)
    on conflict (county_id, key) do update set value = excluded.value, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'county-setting.change',
    subject: key,
    detail: { value: input.leaseDays },
    now: input.now,
  });
  return readPhoneSettings(tx, actor.countyId);
}
