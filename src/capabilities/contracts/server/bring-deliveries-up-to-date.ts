import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type Scope, withScope } from '#platform/server/database/with-scope.ts';
import { creditServices, summariseDeliveries } from '../domain/credit-services.ts';
import { hasNotRunOut } from './contract-on-day.ts';
import { readServices } from './read-services.ts';
import { readPackages } from './service-packages.ts';

/** Contracts judged in one transaction. */
const batch = 500;

/**
 * Judges again every standing contract of the scope that a service was marked on since, batch by batch, and says how many
 * were. A service saved meanwhile waits for the batch or marks the contract again, so none is lost; a list asked for at the
 * same time waits too, since one that passed over what another was judging would leave those people out.
 */
export async function bringDeliveriesUpToDate(
  database: Database,
  scope: Scope,
  today: PlainDate,
): Promise<number> {
  let judged = 0;
  for (;;) {
    const done = await withScope(database, scope, (tx) => judgeBatch(tx, scope.countyId, today));
    judged += done;
    if (done < batch) return judged;
  }
}

interface StaleRow {
  readonly id: string;
  readonly resident_id: string;
  readonly package_ids: string[];
  readonly valid_from: PlainDate;
  readonly valid_to: PlainDate;
}

async function judgeBatch(tx: Transaction<Tables>, countyId: string, today: PlainDate): Promise<number> {
  const { rows } = await sql<StaleRow>`
    select c.id, c.resident_id, c.package_ids, c.valid_from, c.valid_to from contract c
    where c.county_id = ${countyId} and c.stale and ${hasNotRunOut('c', today)} order by c.id
    limit ${batch} for update of c`.execute(tx);
  if (rows.length === 0) return 0;
  const packages = new Map((await readPackages(tx, countyId)).map((one) => [one.id, one]));
  const from = rows.map((row) => row.valid_from).reduce((a, b) => (a < b ? a : b));
  const services = await readServices(
    tx,
    countyId,
    rows.map((row) => row.resident_id),
    from,
  );
  const judged = rows.map((row) => {
    const own = row.package_ids.flatMap((id) => packages.get(id) ?? []);
    const terms = { validFrom: row.valid_from, validTo: row.valid_to };
    // A service counts from its day on, and no sheet is filed for a day to come: the end of the term stands for today.
    const found = creditServices(terms, own, services.get(row.resident_id) ?? [], row.valid_to);
    return { id: row.id, ...summariseDeliveries(found) };
  });
  await sql`
    update contract c set planned = x.planned, done = x.done, first_due_on = x."firstDueOn", next_due_on = x."nextDueOn",
      stale = false
    from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb)
      as x (id uuid, planned integer, done integer, "firstDueOn" date, "nextDueOn" date)
    where c.county_id = ${countyId} and c.id = x.id`.execute(tx);
  return rows.length;
}
