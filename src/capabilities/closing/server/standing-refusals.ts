import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Program } from '#capabilities/residents/domain/program.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/**
 * Whether a refusal `e` of the person `r` waits for its day: not answered since, by management of what was refused or by
 * one refusal more with a day of its own, and of a record that has not ended.
 */
export const isStanding: RawBuilder<boolean> = sql<boolean>`
  (e.kind = 'refused' and e.undone_by_id is null and e.detail ->> 'reviewOn' is not null and r.status = 'active'
    and not exists (select 1 from resident_status_event n
      where n.county_id = e.county_id and n.resident_id = e.resident_id and n.kind = 'refused'
        and n.undone_by_id is null and (n.recorded_at, n.id) > (e.recorded_at, e.id)
        and (n.detail ->> 'program' is null or n.detail ->> 'program' = e.detail ->> 'program'))
    and not exists (select 1 from enrollment m
      where m.county_id = e.county_id and m.resident_id = e.resident_id and m.closed_on is null
        and (e.detail ->> 'program' is null or m.program = e.detail ->> 'program')))`;

/** A refusal that stands, with the day to ask again; of all management when no disease is named. */
export interface StandingRefusal {
  readonly program: Program | null;
  readonly on: PlainDate;
  readonly reviewOn: PlainDate;
  readonly note: string | null;
}

/** The refusals of these people that stand, the earliest to be asked first. */
export async function readStandingRefusals(
  tx: Transaction<Tables>,
  input: { countyId: string; residentIds: readonly string[] },
): Promise<Map<string, StandingRefusal[]>> {
  const { rows } = await sql<StandingRefusal & { resident_id: string }>`
    select e.resident_id, e.detail ->> 'program' as program, e.on_day as on, e.detail ->> 'reviewOn' as "reviewOn", e.note
    from resident_status_event e
    join resident r on r.county_id = e.county_id and r.id = e.resident_id
    where e.county_id = ${input.countyId} and e.resident_id = any(${[...input.residentIds]}::uuid[]) and ${isStanding}
    order by e.resident_id, e.detail ->> 'reviewOn', e.id`.execute(tx);
  const byPerson = new Map<string, StandingRefusal[]>();
  for (const { resident_id, ...refusal } of rows)
    byPerson.set(resident_id, [...(byPerson.get(resident_id) ?? []), refusal]);
  return byPerson;
}
