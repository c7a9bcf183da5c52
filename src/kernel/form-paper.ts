import { describeAnswer, labelOf } from './form-describe.ts';
import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from './form-shape.ts';

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

/** A column of a register: the fields of one printed line, side by side in one cell. */
export interface RegisterColumn {
  readonly no: string;
  readonly title: string;
  readonly unit: string;
  readonly fields: readonly FormField[];
}

/** One table of a register: what stands above it, and its people in rows. */
export interface RegisterTable {
  readonly head: FormAnswers;
  readonly rows: readonly FormAnswers[];
}

const headGroup = 'header';

/** What a register says once above the table: unit, group, leader. */
export function registerHead(edition: FormEdition): readonly FormField[] {
  const group = edition.groups.find((one) => one.id === headGroup);
  return (group?.fields ?? []).filter((field) => !field.extension);
}

/** The columns of a register in printed order. */
export function registerColumns(edition: FormEdition): readonly RegisterColumn[] {
  const head = new Set(registerHead(edition).map((field) => field.id));
  return paperRows(edition)
    .filter((row) => !row.fields.some((field) => head.has(field.id)))
    .map(({ no, fields }) => {
      const named = fields.filter((field) => !isExplanation(field, fields));
      return {
        no,
        fields,
        title: joinLabels(named.map((field) => field.label)),
        unit: named.find((field) => field.unit)?.unit ?? '',
      };
    });
}

/** Records as the register holds them: those under the same head stand in one table, in the order they were written. */
export function registerTables(
  edition: FormEdition,
  records: readonly FormAnswers[],
): readonly RegisterTable[] {
  const fields = registerHead(edition);
  const tables = new Map<string, { head: FormAnswers; rows: FormAnswers[] }>();
  for (const record of records) {
    const key = JSON.stringify(fields.map((field) => record[field.id] ?? null));
    const table = tables.get(key);
    if (table) table.rows.push(record);
    else tables.set(key, { head: record, rows: [record] });
  }
  return [...tables.values()];
}

/** What a cell of a register reads: numbers of one line as 142/88, codes with their label, free text after its code. */
export function registerCell(column: RegisterColumn, row: FormAnswers): readonly string[] {
  const lines: string[] = [];
  let numbers: string[] = [];
  const endNumbers = () => {
    if (numbers.some((one) => one !== '')) lines.push(numbers.map((one) => one || '—').join('/'));
    numbers = [];
  };
  for (const field of column.fields) {
    const value = row[field.id];
    if (field.kind === 'integer' || field.kind === 'decimal' || field.kind === 'computed') {
      numbers.push(typeof value === 'number' ? String(value) : '');
      continue;
    }
    endNumbers();
    const text = codedText(field, value);
    if (text !== '') lines.push(text);
  }
  endNumbers();
  return lines;
}

function codedText(field: FormField, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (field.kind === 'code') return `${String(value)} ${labelOf(field.options, String(value))}`;
  if (field.kind === 'codes' && Array.isArray(value))
    return value.map((code) => `${String(code)} ${labelOf(field.options, String(code))}`).join('、');
  return describeAnswer(field, value);
}

/** Labels of one line as a heading: what they all begin with is said once, 复测1日期/收缩压/舒张压. */
function joinLabels(labels: readonly string[]): string {
  const [first = '', ...others] = labels;
  let shared = 0;
  while (others.length > 0 && shared < first.length && others.every((one) => one[shared] === first[shared]))
    shared++;
  return [first, ...others.map((one) => one.slice(shared))].join('/');
}

/** The words that explain a code beside it (其他____) belong to the code's column. */
function isExplanation(field: FormField, beside: readonly FormField[]): boolean {
  return beside.some(
    (one) =>
      (one.kind === 'code' || one.kind === 'codes') && Object.values(one.needsText ?? {}).includes(field.id),
  );
}
