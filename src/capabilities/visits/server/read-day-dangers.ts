import { sql, type Transaction } from 'kysely';
import { loadPatientRecord } from '#capabilities/assessment/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { dangersOf } from '../domain/find-danger.ts';

/** What was measured of a person on a day that is an emergency for them; nothing is looked up when nothing was measured. */
export async function readDayDangers(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  day: PlainDate,
): Promise<string[]> {
  const { rows } =
    await sql`select 1 from measurement where county_id = ${countyId} and resident_id = ${residentId}::uuid
    and occurred_on = ${day}::date limit 1`.execute(tx);
  if (rows.length === 0) return [];
  const record = await loadPatientRecord(tx, { countyId, residentId, today: day });
  return record ? dangersOf(record, day) : [];
}
