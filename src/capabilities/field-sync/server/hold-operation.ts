import { sql, type Transaction } from 'kysely';
import { orgPath } from '#kernel/org-path.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf, withScope } from '#platform/server/database/with-scope.ts';
import type { Holding, Sender } from './holding.ts';
import { tellOfDanger } from './tell-of-danger.ts';

/**
 * Keeps operations that did not become facts, exactly as typed, for a person to decide. Offered again, the newest text and
 * reason stand. Walled by county here: a sender who moved since must not lose what they send. A danger among the readings
 * goes to a person at once.
 */
export function holdOperations(
  database: Database,
  sender: Sender,
  holdings: readonly Holding[],
): Promise<void> {
  return withScope(
    database,
    { countyId: sender.countyId, path: orgPath(`/${sender.countyId}/`) },
    async (tx) => {
      for (const holding of holdings) await holdOne(tx, sender, holding);
    },
  );
}

async function holdOne(tx: Transaction<Tables>, sender: Sender, holding: Holding): Promise<void> {
  const { operation } = holding;
  const seals = sealsOf(tx);
  const body = seals.whole('held_operation', operation.operationId, 'body', operation.body);
  const said = holding.problem && seals.answers('held_operation', operation.operationId, holding.problem);
  const problem = said ? JSON.stringify(said) : null;
  // An operation that became a fact earlier is not held again: the phone only missed the answer. It lies with whoever
  // manages the resident now, who may be another than when it was typed; with the sender where nobody is registered yet.
  const { rows } = await sql<{ danger: string | null }>`
    insert into held_operation (county_id, operation_id, device_id, staff_id, org_path, kind, resident_id, seq, saved_at,
      body, why, problem, note, received_at)
    select ${sender.countyId}, ${operation.operationId}::uuid, ${sender.deviceId}::uuid, ${sender.staffId}::uuid,
      coalesce((select org_path from resident where county_id = ${sender.countyId}
        and id = ${operation.residentId}::uuid), ${sender.path}), ${operation.kind}, ${operation.residentId}::uuid, ${operation.seq}::bigint, ${operation.savedAt},
      ${JSON.stringify(body)}::jsonb, ${holding.why}, ${problem}::jsonb, ${holding.note ?? null}, ${holding.now}
    where not exists (select 1 from operation where county_id = ${sender.countyId} and id = ${operation.operationId}::uuid)
    on conflict (county_id, operation_id) do update set body = excluded.body, org_path = excluded.org_path, why = excluded.why,
      problem = excluded.problem, note = excluded.note, received_at = excluded.received_at, resolved_at = null
      where held_operation.staff_id = excluded.staff_id
    returning danger`.execute(tx);
  if (rows[0]) await tellOfDanger(tx, sender, holding, rows[0].danger);
}

/** Marks a held operation as having become a fact after all. */
export async function releaseHeld(
  tx: Transaction<Tables>,
  countyId: string,
  operationId: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('held_operation')
    .set({ resolved_at: now })
    .where('county_id', '=', countyId)
    .where('operation_id', '=', operationId)
    .where('resolved_at', 'is', null)
    .execute();
}
