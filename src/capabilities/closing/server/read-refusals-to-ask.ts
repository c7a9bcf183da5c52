import { sql, type Transaction } from 'kysely';
import type { Program } from '#capabilities/residents/domain/program.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { RefusalToAsk } from '../refusals-contract.ts';
import { isStanding } from './standing-refusals.ts';

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly organization_name: string;
  readonly program: Program | null;
  readonly on_day: PlainDate;
  readonly review_on: PlainDate;
  readonly note: string | null;
}

/**
 * One page of the refusals whose day to ask again has come, the earliest first. What was answered since is left out: who
 * is managed again for what they refused, or refused it once more with a day of its own, and whose record has ended.
 */
export async function readRefusalsToAsk(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number; today: PlainDate },
): Promise<{ items: RefusalToAsk[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await sql<Row>`
    select e.id, e.resident_id, r.name, r.sex, r.birth_date, o.name as organization_name, e.on_day, e.note,
      e.detail ->> 'program' as program, e.detail ->> 'reviewOn' as review_on
    from resident_status_event e
    join resident r on r.county_id = e.county_id and r.id = e.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    where e.county_id = ${actor.countyId} and e.kind = 'refused' and e.undone_by_id is null
      and e.detail ->> 'reviewOn' <= ${input.today}::text and ${isStanding}
      ${after ? sql`and (e.detail ->> 'reviewOn', e.id) > (${after[0]}::text, ${after[1]}::uuid)` : sql``}
    order by e.detail ->> 'reviewOn', e.id limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      eventId: row.id,
      residentId: row.resident_id,
      name: row.name,
      sex: row.sex,
      ageYears: ageInYears(row.birth_date, input.today),
      organizationName: row.organization_name,
      program: row.program,
      refusedOn: row.on_day,
      reviewOn: row.review_on,
      note: row.note,
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.review_on, last.id]) : null,
  };
}
