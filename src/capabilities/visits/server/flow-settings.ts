import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { FlowSetting } from '../domain/flow-lines.ts';
import { defaultFlowSettings, type FlowSettings } from '../domain/move-visit.ts';

const key = 'service-flow';
const names = Object.keys(defaultFlowSettings) as FlowSetting[];

/** The county's reading of the drawing; ours where it has said nothing. */
export async function readFlowSettings(tx: Transaction<Tables>, countyId: string) {
  const { rows } = await sql<{ value: Partial<FlowSettings>; changed_at: Date; name: string | null }>`
    select c.value, c.changed_at, s.name from county_setting c
    left join staff s on s.county_id = c.county_id and s.id = c.changed_by
    where c.county_id = ${countyId} and c.key = ${key}`.execute(tx);
  const [row] = rows;
  const settings = Object.fromEntries(
    names.map((name) => [name, row?.value[name] ?? defaultFlowSettings[name]]),
  ) as Record<FlowSetting, boolean>;
  return {
    settings,
    changedAt: row?.changed_at.toISOString() ?? null,
    changedByName: row?.name ?? null,
  };
}

/** Writes the county's reading, with who and when; refuses when somebody else changed it since it was looked at. */
export async function writeFlowSettings(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly settings: Record<FlowSetting, boolean>;
    readonly seen: string | null;
    readonly now: Date;
  },
): Promise<{ settings: Record<FlowSetting, boolean>; changedAt: string } | Refused> {
  await sql`select pg_advisory_xact_lock(hashtext(${`${actor.countyId} ${key}`}))`.execute(tx);
  if ((await readFlowSettings(tx, actor.countyId)).changedAt !== input.seen) return refused('stale-version');
  await sql`
    insert into county_setting (county_id, key, value, changed_at, changed_by)
    values (${actor.countyId}, ${key}, ${JSON.stringify(input.settings)}::jsonb, ${input.now}, ${actor.staffId}::uuid)
    on conflict (county_id, key) do update set value = excluded.value, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'setting.change',
    subject: key,
    detail: input.settings,
    now: input.now,
  });
  return { settings: input.settings, changedAt: input.now.toISOString() };
}
