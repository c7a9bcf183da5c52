import type { WorkbookCell, WorkbookRow } from '../domain/workbook-cell.ts';
import { attributeOf, localName, type WorkbookArchive, WorkbookRefused } from './workbook-archive.ts';
import { workbookLimits } from './workbook-limits.ts';
import type { SheetRef } from './workbook-parts.ts';

/** Reads a sheet row by row; empty rows are passed over. */
export async function readSheet(
  archive: WorkbookArchive,
  sheet: SheetRef,
  strings: readonly string[],
  dateStyles: ReadonlySet<number>,
  onRow: (row: WorkbookRow) => void,
): Promise<void> {
  let row: { rowNo: number; hidden: boolean; cells: WorkbookCell[] } | undefined;
  let rows = 0;
  let lastRowNo = 0;
  let cell: { column: string; type: string; style: number; value: string[]; formula: boolean } | undefined;
  let reading = false;
  await archive.stream(sheet.path, (parser) => {
    parser.on('opentag', ({ name, attributes }) => {
      const tag = localName(name);
      if (tag === 'row') {
        lastRowNo = Number(attributeOf(attributes, 'r') ?? lastRowNo + 1);
        row = { rowNo: lastRowNo, hidden: attributeOf(attributes, 'hidden') === '1', cells: [] };
      } else if (tag === 'c' && row) {
        cell = {
          column:
            (attributeOf(attributes, 'r') ?? '').replace(/(?<!\d)\d+$/, '') || columnLetter(row.cells.length),
          type: attributeOf(attributes, 't') ?? 'n',
          style: Number(attributeOf(attributes, 's') ?? 0),
          value: [],
          formula: false,
        };
        if (row.cells.length >= workbookLimits.columns)
          throw new WorkbookRefused('工作表的列数过多，拒绝读取。');
      } else if (tag === 'f' && cell) cell.formula = true;
      reading = tag === 'v' || tag === 't';
    });
    parser.on('text', (text) => {
      if (reading) cell?.value.push(text);
    });
    parser.on('closetag', ({ name }) => {
      const tag = localName(name);
      if (tag === 'v' || tag === 't') reading = false;
      if (tag === 'c' && cell && row) {
        const read = toCell(cell, strings, dateStyles, sheet.date1904);
        if (read) row.cells.push(read);
        cell = undefined;
      }
      if (tag === 'row' && row) {
        if (row.cells.length > 0) {
          rows += 1;
          if (rows > workbookLimits.rows) {
            throw new WorkbookRefused(`一次最多导入 ${workbookLimits.rows} 行，请分批导入。`);
          }
          onRow(row);
        }
        row = undefined;
      }
    });
  });
}

function toCell(
  raw: { column: string; type: string; style: number; value: string[]; formula: boolean },
  strings: readonly string[],
  dateStyles: ReadonlySet<number>,
  date1904: boolean,
): WorkbookCell | undefined {
  const value = raw.value.join('').slice(0, workbookLimits.cellCharacters);
  if (value === '') return undefined;
  const { column } = raw;
  if (raw.type === 's') return textCell(column, strings[Number(value)] ?? '');
  if (raw.type === 'inlineStr') return textCell(column, value);
  if (raw.type === 'str')
    return value.trim() === '' ? undefined : { column, kind: 'formula-text', text: value };
  if (raw.type === 'b') return { column, kind: 'boolean', text: value };
  if (raw.type === 'e') return { column, kind: 'error', text: value };
  if (raw.type === 'd') return { column, kind: 'date', text: value.slice(0, 10) };
  if (dateStyles.has(raw.style)) {
    const day = dayOfSerial(Number(value), date1904);
    if (day !== undefined) return { column, kind: 'date', text: day };
  }
  return { column, kind: 'number', text: value };
}

function textCell(column: string, text: string): WorkbookCell | undefined {
  return text.trim() === '' ? undefined : { column, kind: 'text', text };
}

/** Spreadsheet day number → day. Serial 60 (29 February 1900) never existed; earlier serials are off by one. */
export function dayOfSerial(serial: number, date1904: boolean): string | undefined {
  const whole = Math.floor(serial);
  if (!Number.isFinite(serial) || whole < 1 || whole > 2_958_465) return undefined;
  if (!date1904 && whole === 60) return undefined;
  const daysBefore1970 = date1904 ? 24_107 : whole < 60 ? 25_568 : 25_569;
  return new Date((whole - daysBefore1970) * 86_400_000).toISOString().slice(0, 10);
}

function columnLetter(index: number): string {
  const first = Math.floor(index / 26) - 1;
  return `${first >= 0 ? String.fromCharCode(65 + first) : ''}${String.fromCharCode(65 + (index % 26))}`;
}
