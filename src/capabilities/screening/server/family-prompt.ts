import { sql, type Transaction } from 'kysely';
import { screeningForms } from '#capabilities/records/domain/evaluate-screening.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { familyPromptText, promptRestMonths } from '../domain/family-prompt.ts';

/**
 * The neutral prompt for a member of a consenting patient's household who was not screened lately. It never says who
 * consented nor what that person has.
 */
export async function readFamilyPrompt(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; today: PlainDate },
): Promise<string | null> {
  const { rows } = await sql`
    select 1 from resident r
    join family_consent c on c.county_id = r.county_id and c.household_id = r.household_id
      and c.revoked_on is null and c.resident_id <> r.id
    where r.county_id = ${actor.countyId} and r.id = ${input.residentId}::uuid and r.status = 'active'
      and not exists (select 1 from form_record f where f.county_id = r.county_id and f.resident_id = r.id
        and f.form = any(${[...screeningForms]}::text[]) and f.superseded_by is null
        and f.occurred_on > ${addMonths(input.today, -promptRestMonths)}::date)
    limit 1`.execute(tx);
  return rows.length > 0 ? familyPromptText : null;
}
