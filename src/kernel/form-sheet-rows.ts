import { labelOf } from './form-describe.ts';
import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from './form-shape.ts';

/** One cell of a worksheet. Text stays text: the writer must never let it become a formula. */
export type SheetCell = string | number | null;

/** A worksheet as plain arrays: Chinese header, the field path of each column, one row per record. */
export interface SheetRows {
  readonly header: readonly string[];
  readonly paths: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
}

interface Column {
  readonly header: string;
  readonly path: string;
  readonly field: FormField;
}

/** Records of one edition as worksheet rows; codes are written as `2 头痛头晕`, several joined by `；`. */
export function toSheetRows(edition: FormEdition, records: readonly FormAnswers[]): SheetRows {
  const columns = columnsOf(edition, records);
  return {
    header: columns.map((column) => column.header),
    paths: columns.map((column) => column.path),
    rows: records.map((answers) =>
      columns.map(({ field, path }) => writeCell(field, valueAt(answers, path))),
    ),
  };
}

/** Answers read back from worksheet rows that `toSheetRows` wrote; they still need validation. */
export function fromSheetRows(edition: FormEdition, sheet: SheetRows): readonly FormAnswers[] {
  const columns = columnsOf(edition, [], sheet.paths);
  return sheet.rows.map((cells) => {
    const answers: Record<string, unknown> = {};
    for (const [index, path] of sheet.paths.entries()) {
      const column = columns.find((one) => one.path === path);
      const value = column ? readCell(column.field, cells[index] ?? null) : undefined;
      if (value !== undefined) place(answers, path, value);
    }
    return answers;
  });
}

function columnsOf(
  edition: FormEdition,
  records: readonly FormAnswers[],
  paths: readonly string[] = [],
): readonly Column[] {
  return fieldsOf(edition).flatMap((field): Column[] => {
    const label = field.unit ? `${field.label}（${field.unit}）` : field.label;
    if (field.kind !== 'rows') return [{ header: label, path: field.id, field }];
    const inRecords = records.map((answers) => {
      const value = answers[field.id];
      return Array.isArray(value) ? value.length : 0;
    });
    const inPaths = paths
      .filter((path) => path.startsWith(`${field.id}.`))
      .map((path) => Number(path.split('.')[1]) + 1);
    const count = Math.min(field.maxRows, Math.max(field.printedRows, ...inRecords, ...inPaths));
    return Array.from({ length: count }, (_, index) =>
      field.columns.map((column) => ({
        header: `${field.label}${index + 1}·${column.label}${column.unit ? `（${column.unit}）` : ''}`,
        path: `${field.id}.${index}.${column.id}`,
        field: column,
      })),
    ).flat();
  });
}

function valueAt(answers: FormAnswers, path: string): unknown {
  let value: unknown = answers;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

function place(answers: Record<string, unknown>, path: string, value: unknown): void {
  const [id = '', index, column] = path.split('.');
  if (index === undefined || column === undefined) {
    answers[id] = value;
    return;
  }
  const rows = (answers[id] ?? []) as Record<string, unknown>[];
  const at = Number(index);
  while (rows.length <= at) rows.push({});
  const row = rows[at];
  if (row) row[column] = value;
  answers[id] = rows;
}

function writeCell(field: FormField, value: unknown): SheetCell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (field.kind === 'code') return writeCode(field.options, String(value));
  if (field.kind === 'codes' && Array.isArray(value)) {
    return value.map((code) => writeCode(field.options, String(code))).join('；');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function writeCode(options: readonly { code: string; label: string }[], code: string): string {
  return options.some((option) => option.code === code) ? `${code} ${labelOf(options, code)}` : code;
}

function readCell(field: FormField, cell: SheetCell): unknown {
  if (cell === null || cell === '') return undefined;
  switch (field.kind) {
    case 'code':
      return readCode(String(cell));
    case 'codes':
      return String(cell).split('；').map(readCode);
    case 'flag':
      return cell === '是' ? true : cell === '否' ? false : cell;
    default:
      return cell;
  }
}

function readCode(text: string): string {
  return text.trim().split(' ')[0] ?? '';
}
