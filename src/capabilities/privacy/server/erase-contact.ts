import { sql, type Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';

/** Takes telephone and contact person out of the record and of its past versions. */
export async function eraseContact(
  tx: Transaction<Tables>,
  input: { countyId: string; residentId: string; changedBy: string | null; reason: string; now: Date },
): Promise<void> {
  const { countyId } = input;
  await sql`update resident set phone = null, phone_index = null, phone_tail_index = null, version = version + 1, updated_at = ${input.now},
      personal_information = personal_information - 'phone' - 'contactName' - 'contactPhone'
    where county_id = ${countyId} and id = ${input.residentId}::uuid`.execute(tx);
  await sql`select erase_contact_history(${countyId}, ${input.residentId}::uuid)`.execute(tx);
  await sql`insert into resident_revision (county_id, resident_id, version, org_path, form_edition, personal_information,
      changed_at, changed_by, reason)
    select county_id, id, version, org_path, form_edition, personal_information, ${input.now}, ${input.changedBy}::uuid,
      ${input.reason} from resident where county_id = ${countyId} and id = ${input.residentId}::uuid`.execute(
    tx,
  );
}
