import { sql, type Transaction } from 'kysely';
import { readScreeningSubject } from '#capabilities/records/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { ScreeningCondition } from '../contract.ts';
import { readFamilyPrompt } from './family-prompt.ts';

/** What a screening sheet is begun with; undefined for a person out of scope. */
export async function readScreeningStart(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; today: PlainDate },
) {
  const person = await tx
    .selectFrom('resident')
    .select(['birth_date', 'sex'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .executeTakeFirst();
  if (!person) return undefined;
  const subject = await readScreeningSubject(tx, {
    countyId: actor.countyId,
    residentId: input.residentId,
    birthDate: person.birth_date,
    sex: person.sex,
    on: input.today,
    exceptRecordIds: [],
  });
  const campaigns = await sql<{ id: string; name: string; condition: ScreeningCondition }>`
    select c.id, c.name, c.target->>'condition' as condition from campaign_person p
    join campaign c on c.county_id = p.county_id and c.id = p.campaign_id and c.status = 'running'
    where p.county_id = ${actor.countyId} and p.resident_id = ${input.residentId}::uuid
      and (p.outcome is null or p.outcome in ('absent', 'refused'))
    order by c.created_at desc limit 10`.execute(tx);
  return {
    today: input.today,
    ageYears: subject.ageYears,
    sex: subject.sex,
    pressures: [...subject.pressures],
    campaigns: campaigns.rows,
    familyPrompt: await readFamilyPrompt(tx, actor, input),
  };
}
