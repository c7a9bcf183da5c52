import { type FormEdition, type FormField, fieldsOf } from './form-shape.ts';

/** One printed line of the national sheet: its number, its group's title and the fields that stand on it. */
export interface PaperRow {
  readonly no: string;
  readonly group: string;
  readonly fields: readonly FormField[];
}

/** The lines of the sheet in printed order; local additions are not on the national print. */
export function paperRows(edition: FormEdition): readonly PaperRow[] {
  const rows: { no: string; group: string; fields: FormField[] }[] = [];
  for (const group of edition.groups) {
    for (const field of group.fields) {
      if (field.extension || field.no === undefined) continue;
      const row = rows.find((one) => one.no === field.no);
      if (row) row.fields.push(field);
      else rows.push({ no: field.no, group: group.title, fields: [field] });
    }
  }
  return rows;
}

/** A field of an edition by id; undefined when it has none. */
export function findField(edition: FormEdition, id: string): FormField | undefined {
  return fieldsOf(edition).find((field) => field.id === id);
}
