import { sql, type Transaction } from 'kysely';
import { loadPatientRecord } from '#capabilities/assessment/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { judgeStability, type Stability } from '../domain/judge-stability.ts';

/** The plan in force of a person; undefined when none was made. */
export async function readPlanInForce(tx: Transaction<Tables>, countyId: string, residentId: string) {
  const { rows } = await sql<{ id: string; plan_version: number; made_on: PlainDate; next_on: PlainDate }>`
    select id, plan_version, made_on, content->>'nextOn' as next_on from care_plan
    where county_id = ${countyId} and resident_id = ${residentId}::uuid
    order by plan_version desc limit 1`.execute(tx);
  return rows[0];
}

/** Whether a person is stable under the plan in force; undefined without a plan. */
export async function judgePerson(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  today: PlainDate,
): Promise<(Stability & { readonly nextOn: PlainDate; readonly planVersion: number }) | undefined> {
  const plan = await readPlanInForce(tx, countyId, residentId);
  if (!plan) return undefined;
  const record = await loadPatientRecord(tx, { countyId, residentId, today });
  if (!record) return undefined;
  return {
    ...judgeStability(record, { madeOn: plan.made_on }, today),
    nextOn: plan.next_on,
    planVersion: plan.plan_version,
  };
}
