import { sql, type Transaction } from 'kysely';
import { valueOn } from '#kernel/dated.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { treatingDays } from '#standards/privacy/privacy-parameters.ts';
import type { RevealField } from '#standards/reveal-purposes.ts';
import type { Actor } from '../auth/actor.ts';
import { asOf } from '../database/as-of.ts';
import type { Database } from '../database/open-database.ts';
import type { Tables } from '../database/tables.ts';
import { runInScope } from '../database/with-scope.ts';

/** What ties one member of staff to one person now. */
export interface Relation {
  readonly isTreating: boolean;
  /** Fields asked for with a purpose, while that holds. */
  readonly revealed: readonly RevealField[];
}

/**
 * What ties the actor to these people: the family doctor by contract, who saw them, wrote a sheet about them, is booked by
 * them or asked for their referral within the days that count, the centre they are at today, the examination that is held
 * for them, the house they are referred to or that is asked about them, while it may see the question; and what the actor
 * asked to see. People out of scope who are neither are left out.
 */
export async function readRelations(
  database: Database,
  actor: Actor,
  residentIds: readonly string[],
  at: { now: Date; today: PlainDate },
): Promise<Map<string, Relation>> {
  const days = valueOn(treatingDays, at.today);
  const [since, until] = [addDays(at.today, -days), addDays(at.today, days)];
  const { countyId, staffId, organizationId } = actor;
  const scope = { countyId, path: actor.scopePath };
  const reads = [asOf(at.now)];
  const work = async (tx: Transaction<Tables>) => {
    const found = await sql<{ id: string; treats: boolean; revealed: RevealField[] }>`
      select x.id, (
        referred.here
        or exists (select from contract c where c.county_id = r.county_id and c.resident_id = r.id and c.doctor_id = ${staffId}::uuid
          and c.ended_on is null and c.valid_from <= ${at.today}::date and c.valid_to >= ${at.today}::date)
        or exists (select from form_record f where f.county_id = r.county_id and f.resident_id = r.id
          and f.recorded_by = ${staffId}::uuid and f.occurred_on >= ${since}::date)
        or exists (select from centre_visit v where v.county_id = r.county_id and v.resident_id = r.id
          and (v.doctor_id = ${staffId}::uuid and v.arrived_on >= ${since}::date
            or v.organization_id = ${organizationId}::uuid and v.arrived_on = ${at.today}::date))
        or exists (select from appointment a join clinic_slot s on s.county_id = a.county_id and s.id = a.slot_id
          where a.county_id = r.county_id and a.resident_id = r.id and a.status in ('booked', 'arrived')
          and s.doctor_id = ${staffId}::uuid and s.day between ${since}::date and ${until}::date)
        or exists (select from referral_request q where q.county_id = r.county_id and q.resident_id = r.id
          and q.requested_by = ${staffId}::uuid and q.status <> 'withdrawn' and q.requested_at >= ${since}::date)
        or exists (select from exam_person p join exam_day d on d.county_id = p.county_id and d.id = p.exam_day_id
          where p.county_id = r.county_id and p.resident_id = r.id and d.organization_id = ${organizationId}::uuid
          and d.held_on between ${since}::date and ${until}::date)
      ) as treats,
      array(select distinct f.field from reveal_grant g, unnest(g.fields) as f(field) where g.county_id = r.county_id
        and g.staff_id = ${staffId}::uuid and g.resident_id = r.id and g.expires_at > ${at.now}) as revealed
      from unnest(${[...residentIds]}::uuid[]) as x (id)
      left join resident r on r.county_id = ${countyId} and r.id = x.id
      cross join lateral (select exists (select from referral_request q where q.county_id = ${countyId}
        and q.resident_id = x.id and q.to_organization_id = ${organizationId}::uuid
        and q.status not in ('declined', 'withdrawn') and q.receiver_until > ${at.now})
        or exists (select from consultation q where q.county_id = ${countyId} and q.resident_id = x.id
          and q.to_organization_id = ${organizationId}::uuid and q.status not in ('declined', 'withdrawn')
          and q.receiver_until > ${at.now}) as here) as referred
      where r.id is not null or referred.here`.execute(tx);
    return found.rows;
  };
  const rows = await runInScope(database, scope, { reads, work });
  return new Map(rows.map((row) => [row.id, { isTreating: row.treats, revealed: row.revealed }]));
}
