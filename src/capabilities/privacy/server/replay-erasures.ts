import { sql, type Transaction } from 'kysely';
import { orgPath } from '#kernel/org-path.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Erasure, ErasureRegister } from '#platform/server/backup/erasure-register.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { eraseContact } from './erase-contact.ts';

/** What came of the register: requests erased again, and those whose person this database does not know. */
export interface Replayed {
  readonly done: readonly string[];
  readonly waiting: readonly string[];
  /** Erasures only the database knew of, written into the register now. */
  readonly added: number;
}

/**
 * Brings the database and the register of erasures to one state: what the register holds and the database has not done is
 * done, as after a restore of an older backup; what only the database knows is written down, as after an upgrade. A person
 * who is not there waits: a phone may bring the record back. Repeating it changes nothing.
 */
export async function replayErasures(
  database: Database,
  erasures: ErasureRegister,
  input: { countyId: string; now: Date },
): Promise<Replayed> {
  const { countyId } = input;
  const county = { countyId, path: orgPath(`/${countyId}/`) };
  const known = (await erasures.readAll()).filter((one) => one.countyId === countyId);
  const done: string[] = [];
  const waiting: string[] = [];
  for (const erasure of known) {
    const result = await withScope(database, county, (tx) => replayOne(tx, erasure, input.now));
    if (result === 'done') done.push(erasure.requestId);
    if (result === 'waiting') waiting.push(erasure.requestId);
  }
  const written = new Set(known.map((one) => one.requestId));
  const granted = await withScope(database, county, (tx) =>
    tx
      .selectFrom('privacy_request')
      .selectAll()
      .where('county_id', '=', countyId)
      .where('kind', '=', 'deletion')
      .where('decision', '=', 'done')
      .execute(),
  );
  const missing = granted.filter((request) => !written.has(request.id));
  for (const request of missing)
    await erasures.put({ countyId, requestId: request.id, residentId: request.resident_id, request });
  return { done, waiting, added: missing.length };
}

async function replayOne(
  tx: Transaction<Tables>,
  { countyId, requestId, residentId, request }: Erasure,
  now: Date,
): Promise<'done' | 'waiting' | 'done-before'> {
  if (await wasDone(tx, { countyId, requestId, residentId })) return 'done-before';
  const resident = await tx
    .selectFrom('resident')
    .select(['id', 'org_path'])
    .where('county_id', '=', countyId)
    .where('id', '=', residentId)
    .forUpdate()
    .executeTakeFirst();
  if (!resident) return 'waiting';
  const reason = '恢复的备份早于这次删除，按删除登记重做';
  await eraseContact(tx, { countyId, residentId, changedBy: null, reason, now });
  await bringBackRequest(tx, { ...request, org_path: resident.org_path });
  await recordAudit(tx, undefined, {
    action: 'privacy-request.erase-again',
    residentId,
    subject: requestId,
    countyId,
    now,
  });
  return 'done';
}

/** The trail tells where the request could not come back: one of its people is not in this database. */
async function wasDone(
  tx: Transaction<Tables>,
  of: { countyId: string; requestId: string; residentId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from privacy_request where county_id = ${of.countyId} and id = ${of.requestId}::uuid and decision = 'done'
    union all
    select 1 from audit_entry where county_id = ${of.countyId} and resident_id = ${of.residentId}::uuid
      and action = 'privacy-request.erase-again' and subject = ${of.requestId}`.execute(tx);
  return rows.length > 0;
}

/** The request with its answer, as it stood; left out when this database does not know who took or answered it. */
async function bringBackRequest(
  tx: Transaction<Tables>,
  request: Readonly<Record<string, unknown>>,
): Promise<void> {
  const text = JSON.stringify(request);
  await sql`insert into privacy_request
    select (jsonb_populate_record(null::privacy_request, ${text}::jsonb)).*
    where not exists (
      select 1 from (values (${request.recorded_by}::uuid), (${request.answered_by}::uuid), (${request.assigned_to}::uuid)) of_person (id)
      where of_person.id is not null
        and not exists (select 1 from staff where county_id = ${request.county_id} and staff.id = of_person.id))
    on conflict (county_id, id) do update set decision = excluded.decision, answer = excluded.answer,
      held_until = excluded.held_until, answered_at = excluded.answered_at, answered_by = excluded.answered_by`.execute(
    tx,
  );
}
