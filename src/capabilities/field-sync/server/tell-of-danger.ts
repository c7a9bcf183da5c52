import { sql, type Transaction } from 'kysely';
import { loadPatientRecord } from '#capabilities/assessment/server/public.ts';
import { findFormEdition } from '#capabilities/records/server/public.ts';
import { openDanger } from '#capabilities/visits/server/public.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { dayInChina, type PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { dangersOfOperation, editionsNamed, wordDanger } from '../domain/dangers-of-operation.ts';
import { wordRefusal } from '../domain/word-refusal.ts';
import type { Holding, Sender } from './holding.ts';

/**
 * Puts a danger among the readings of a held operation on the list of 异常情况, with why the record was not filed. What was
 * said of the operation before is not said again, however often it is offered and whatever became of the danger since.
 * Of somebody without a record in the county nothing can be listed: the operation lies with the sender.
 */
export async function tellOfDanger(
  tx: Transaction<Tables>,
  sender: Sender,
  holding: Holding,
  saidBefore: string | null,
): Promise<void> {
  const { operation, now } = holding;
  if (operation.kind !== 'visit.record' && operation.kind !== 'record.file') return;
  const { countyId } = sender;
  const today = dayInChina(now);
  const record = await loadPatientRecord(tx, { countyId, residentId: operation.residentId, today });
  if (!record) return;
  const editions = await readNamed(tx, countyId, operation.body);
  const danger = dangersOfOperation(operation, record, today, (form, edition) =>
    editions.get(`${form}/${edition}`),
  );
  if (!danger) return;
  const what = wordDanger(danger);
  if (what === saidBefore) return;
  const about = await readAbout(tx, sender, operation.residentId);
  if (!about) return;
  await openDanger(
    tx,
    sender.actor ?? { countyId, staffId: sender.staffId, organizationId: about.organization_id },
    {
      residentId: operation.residentId,
      orgPath: about.org_path,
      source: 'phone',
      what,
      refusal: wordRefusal({
        ...holding,
        problem: holding.problem,
        ...about,
        statusOn: about.status_on,
        on: danger.on,
      }),
      today,
      now,
    },
  );
  await sql`update held_operation set danger = ${what}
    where county_id = ${countyId} and operation_id = ${operation.operationId}::uuid`.execute(tx);
}

/** The editions the operation names, as far as the program or the county has them. */
async function readNamed(tx: Transaction<Tables>, countyId: string, body: unknown) {
  const found = new Map<string, FormEdition>();
  for (const { form, edition } of editionsNamed(body)) {
    const name = `${form}/${edition}`;
    // What came may be no name at all.
    if (!/^[\w.-]+\/[\w.-]+$/.test(name)) continue;
    const kept = found.get(name) ?? (await findFormEdition(tx, countyId, form, edition));
    if (kept) found.set(name, kept);
  }
  return found;
}

async function readAbout(tx: Transaction<Tables>, sender: Sender, residentId: string) {
  const { rows } = await sql<{
    org_path: string;
    status: string;
    status_on: PlainDate | null;
    organization_id: string;
  }>`select r.org_path, r.status, r.status_on, s.organization_id from resident r
    join staff s on s.county_id = r.county_id and s.id = ${sender.staffId}::uuid
    where r.county_id = ${sender.countyId} and r.id = ${residentId}::uuid`.execute(tx);
  return rows[0];
}
