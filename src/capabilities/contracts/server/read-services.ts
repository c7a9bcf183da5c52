import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { DeliveredService } from '../domain/credit-services.ts';

/** Real work for these people since a day that a package may count, by person. */
export async function readServices(
  tx: Transaction<Tables>,
  countyId: string,
  residentIds: readonly string[],
  from: PlainDate,
): Promise<Map<string, DeliveredService[]>> {
  const whose = sql`county_id = ${countyId} and resident_id = any(${residentIds}::uuid[])`;
  const { rows } = await sql<{
    id: string;
    resident_id: string;
    form: string;
    on_day: PlainDate;
    context_id: string | null;
  }>`
    select id, resident_id, form, occurred_on as on_day, null::uuid as context_id from form_record
    where ${whose} and superseded_by is null and status = 'complete' and occurred_on >= ${from}::date
    union all
    select id, resident_id, 'care-plan', made_on, null from care_plan where ${whose} and made_on >= ${from}::date
    union all
    select id, resident_id, 'centre-visit', arrived_on, null from centre_visit
    where ${whose} and status = 'closed' and arrived_on >= ${from}::date
    union all
    select id, resident_id, 'referral-request', requested_at::date, visit_id from referral_request
    where ${whose} and status = 'requested' and requested_at >= ${from}::date
    union all
    select resident_id, resident_id, 'record-update', changed_at::date, null from resident_revision
    where ${whose} and version > 1 and changed_at >= ${from}::date
    union all
    select a.id, a.resident_id, 'lead-hospital-appointment', s.day, s.id from appointment a
    join clinic_slot s on s.county_id = a.county_id and s.id = a.slot_id
    where a.county_id = ${countyId} and a.resident_id = any(${residentIds}::uuid[]) and a.status = 'arrived'
      and s.kind = 'lead-hospital' and s.day >= ${from}::date`.execute(tx);
  const byPerson = new Map<string, DeliveredService[]>();
  for (const row of rows) {
    const own = byPerson.get(row.resident_id) ?? [];
    own.push({ recordId: row.id, form: row.form, on: row.on_day, contextId: row.context_id });
    byPerson.set(row.resident_id, own);
  }
  return byPerson;
}
