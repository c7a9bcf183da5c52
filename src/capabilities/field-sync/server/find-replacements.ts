import { sql, type Transaction } from 'kysely';
import { findFormEdition } from '#capabilities/records/server/public.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type CarriedSheet, sheetsOfBody } from '../domain/sheets-of-body.ts';
import type { HeldOperation } from '../held-contract.ts';

type Replacement = NonNullable<HeldOperation['replacement']>;

/** What is known of an operation that lies with the server. */
interface Held {
  readonly operation_id: string;
  readonly resident_id: string;
  readonly why: HeldOperation['why'];
  readonly body: unknown;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * What came in the place of operations their writers gave up: a form moved to another edition keeps the numbers of its
 * sheets under a new operation. That one is on file by now, or was sent back as well; with neither, nothing took its place.
 */
export async function findReplacements(
  tx: Transaction<Tables>,
  countyId: string,
  held: readonly Held[],
): Promise<Map<string, Replacement>> {
  const found = new Map<string, Replacement>();
  const gone = held.filter((one) => one.why === 'given-up');
  const sheets = gone.flatMap((one) => sheetsOfBody(one.body)).filter((one) => uuid.test(one.recordId));
  if (sheets.length === 0) return found;
  const filed = await readFiled(tx, countyId, sheets);
  const again = await readRefused(tx, countyId, gone);
  for (const one of gone) {
    const own = new Set(sheetsOfBody(one.body).map(({ recordId }) => recordId));
    const isOther = (sheet: Filed) => own.has(sheet.recordId) && sheet.operationId !== one.operation_id;
    const [taken, sentBack] = [filed.filter(isOther), again.filter(isOther)];
    const sheetsNow = taken.length > 0 ? taken : sentBack;
    if (sheetsNow.length === 0) continue;
    found.set(one.operation_id, {
      state: taken.length > 0 ? 'filed' : 'refused',
      sheets: await Promise.all(sheetsNow.map((sheet) => named(tx, countyId, sheet))),
    });
  }
  return found;
}

interface Filed {
  readonly operationId: string;
  readonly recordId: string;
  readonly form: string;
  readonly formEdition: string;
}

async function readFiled(
  tx: Transaction<Tables>,
  countyId: string,
  sheets: readonly CarriedSheet[],
): Promise<Filed[]> {
  const rows = await tx
    .selectFrom('form_record')
    .select(['id', 'operation_id', 'form', 'form_edition'])
    .where('county_id', '=', countyId)
    .where(
      'id',
      'in',
      sheets.map((one) => one.recordId),
    )
    .orderBy('form')
    .execute();
  return rows.map((row) => ({
    operationId: row.operation_id,
    recordId: row.id,
    form: row.form,
    formEdition: row.form_edition,
  }));
}

/** Sheets of the same people that wait to be mended. */
async function readRefused(
  tx: Transaction<Tables>,
  countyId: string,
  gone: readonly Held[],
): Promise<Filed[]> {
  const { rows } = await sql<{ operation_id: string; body: unknown }>`
    select operation_id, body from held_operation
    where county_id = ${countyId} and resolved_at is null and why = 'refused'
      and resident_id = any(${[...new Set(gone.map((one) => one.resident_id))]}::uuid[])
    order by received_at desc limit 300`.execute(tx);
  return rows.flatMap((row) =>
    sheetsOfBody(row.body).map((sheet) => ({ ...sheet, operationId: row.operation_id })),
  );
}

async function named(tx: Transaction<Tables>, countyId: string, { form, formEdition, recordId }: Filed) {
  const edition = await findFormEdition(tx, countyId, form, formEdition);
  return { recordId, title: edition?.title ?? form, edition: formEdition };
}
