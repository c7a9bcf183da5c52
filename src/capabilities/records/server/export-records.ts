import { PassThrough, type Readable } from 'node:stream';
import { sql, type Transaction } from 'kysely';
import { type JsonExport, toJsonExport } from '#kernel/form-json-export.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { toSheetRows } from '#kernel/form-sheet-rows.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { markProperties, type Watermark, watermarkLine } from '#platform/server/export/watermark.ts';
import { bareAnswers, bareEdition } from '#standards/forms/bare-edition.ts';
import { type ExportPurpose, wholeInFile } from '#standards/privacy/export-doors.ts';
import { allShown, hideFromView, nothingShown, type Shown } from '#standards/privacy/hide-from-view.ts';
import { identityFieldsOf } from '#standards/privacy/identity-fields.ts';
import { clinicalRoles, type Role } from '#standards/roles.ts';
import { findFormEdition } from './find-form-edition.ts';

/** One filed form with the edition that reads it. */
export interface ExportedRecord {
  readonly recordId: string;
  readonly residentId: string;
  readonly occurredOn: PlainDate;
  readonly answers: FormAnswers;
  readonly edition: FormEdition;
  /** Nobody has its edition; it goes out as it was written. */
  readonly isBare?: boolean;
}

/** At most this many sheets of one form go into one workbook. */
const mostRecords = 500;

/** A filed form of any kind; undefined when not in scope. */
export async function readExport(
  tx: Transaction<Tables>,
  countyId: string,
  recordId: string,
): Promise<ExportedRecord | undefined> {
  const { rows } = await sql<Row>`
    select id, resident_id, form, form_edition, occurred_on, answers from form_record
    where county_id = ${countyId} and id = ${recordId}::uuid`.execute(tx);
  return (await toExports(tx, countyId, rows))[0];
}

/** A person's current sheets of one form, oldest first. */
export async function readExports(
  tx: Transaction<Tables>,
  countyId: string,
  residentId: string,
  form: string,
): Promise<ExportedRecord[]> {
  const { rows } = await sql<Row>`
    select id, resident_id, form, form_edition, occurred_on, answers from form_record
    where county_id = ${countyId} and resident_id = ${residentId}::uuid and form = ${form} and superseded_by is null
    order by occurred_on desc, received_at desc, id desc limit ${mostRecords}`.execute(tx);
  return toExports(tx, countyId, rows.toReversed());
}

/** The sheets as they may leave: what the purpose does not need, and what this role never sees, stays masked. */
export function maskForFile(
  records: readonly ExportedRecord[],
  role: Role,
  purpose: ExportPurpose,
): ExportedRecord[] {
  const isClinical = clinicalRoles.includes(role);
  const { identity, sensitive } = wholeInFile[purpose];
  const shown: Shown = {
    identity: identity && isClinical ? allShown.identity : nothingShown.identity,
    sensitive: sensitive && isClinical,
  };
  return records.map((one) => ({
    ...one,
    answers: hideFromView(one.answers, {
      shown: () => shown,
      asked: identityFieldsOf(one.edition),
    }) as FormAnswers,
  }));
}

interface Row {
  readonly id: string;
  readonly resident_id: string;
  readonly form: string;
  readonly form_edition: string;
  readonly occurred_on: PlainDate;
  readonly answers: FormAnswers;
}

/** None is left out: whose edition is known nowhere goes out as it was written. */
async function toExports(
  tx: Transaction<Tables>,
  countyId: string,
  rows: readonly Row[],
): Promise<ExportedRecord[]> {
  const found: ExportedRecord[] = [];
  const editions = new Map<string, Pick<ExportedRecord, 'edition' | 'isBare'>>();
  for (const row of rows) {
    const { form, form_edition: name } = row;
    const key = `${form}@${name}`;
    let read = editions.get(key);
    if (!read) {
      const edition = await findFormEdition(tx, countyId, form, name);
      const sheets = rows.filter((one) => one.form_edition === name).map((one) => one.answers);
      read = edition ? { edition } : { edition: bareEdition(form, name, sheets), isBare: true };
      editions.set(key, read);
    }
    const { id: recordId, resident_id: residentId, occurred_on: occurredOn, answers } = row;
    found.push({ recordId, residentId, occurredOn, answers, ...read });
  }
  return found;
}

/** After masking: what is nested must still be found by its name there. */
const writtenAnswers = ({ answers, isBare }: ExportedRecord) => (isBare ? bareAnswers(answers) : answers);

/** The sheets as JSON that explains itself. */
export function exportJson(
  records: readonly ExportedRecord[],
): (JsonExport & { recordId: string; occurredOn: string })[] {
  return records.map((one) => ({
    recordId: one.recordId,
    occurredOn: one.occurredOn,
    ...toJsonExport(one.edition, writtenAnswers(one)),
  }));
}

/** A workbook with one worksheet for each edition, one line for each sheet, and who took it at the end. Text stays text, never a formula. */
export async function writeRecordWorkbook(
  records: readonly ExportedRecord[],
  mark: Watermark,
): Promise<Readable> {
  const { default: ExcelJS } = await import('exceljs');
  const out = new PassThrough();
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  markProperties(workbook, mark);
  const byEdition = new Map<FormEdition, ExportedRecord[]>();
  for (const one of records) byEdition.set(one.edition, [...(byEdition.get(one.edition) ?? []), one]);
  for (const [edition, list] of byEdition) {
    const sheet = workbook.addWorksheet(`${edition.title.slice(0, 20)} ${edition.edition}`, {
      views: [{ state: 'frozen', ySplit: 1 }],
    });
    const { header, rows } = toSheetRows(edition, list.map(writtenAnswers));
    const top = sheet.addRow([...header]);
    top.font = { bold: true };
    top.commit();
    for (const row of rows) {
      const line = sheet.addRow([]);
      row.forEach((value, index) => {
        const cell = line.getCell(index + 1);
        if (typeof value === 'string') cell.numFmt = '@';
        cell.value = value;
      });
      line.commit();
    }
    const last = sheet.addRow([watermarkLine(mark)]);
    last.getCell(1).numFmt = '@';
    last.commit();
    sheet.commit();
  }
  void workbook.commit();
  return out;
}
