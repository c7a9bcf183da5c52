import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type KnownSheet, lastReachedOn } from '../domain/last-reached.ts';

/** The last day on which somebody reached the person, by what is on file within the transaction's scope. */
export async function readReachedOn(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  today: PlainDate,
): Promise<PlainDate | undefined> {
  const sheets = await sql<KnownSheet>`
    select form, mode, max(occurred_on) as on from form_record
    where county_id = ${countyId} and resident_id = ${residentId}::uuid and superseded_by is null and status = 'complete'
    group by form, mode`.execute(tx);
  const returned = await tx
    .selectFrom('resident_status_event')
    .select((eb) => eb.fn.max('on_day').as('on'))
    .where('county_id', '=', countyId)
    .where('resident_id', '=', residentId)
    .where('kind', '=', 'returned')
    .executeTakeFirst();
  return lastReachedOn(sheets.rows, returned?.on, today);
}
