import { PassThrough, type Readable } from 'node:stream';
import { markProperties, type Watermark, watermarkLine } from '#platform/server/export/watermark.ts';
import type { RosterIssue } from '../domain/read-roster-row.ts';
import type { WorkbookRow } from '../domain/workbook-cell.ts';

const wrong = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFE2DE' } } as const;

/**
 * The uploaded sheet again with a column 问题 in front and the wrong cells marked. Every cell is text, so that identity
 * numbers keep their digits and nothing in it can act as a formula.
 */
export async function writeMarkedWorkbook(
  rows: readonly WorkbookRow[],
  headerRow: number,
  issues: ReadonlyMap<number, readonly RosterIssue[]>,
  mark: Watermark,
): Promise<Readable> {
  const { default: ExcelJS } = await import('exceljs');
  const out = new PassThrough();
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  markProperties(workbook, mark);
  const sheet = workbook.addWorksheet('花名册（标出问题）', {
    views: [{ state: 'frozen', ySplit: headerRow }],
  });
  sheet.getColumn(1).width = 46;
  for (const [column, width] of widthsOf(rows, headerRow)) sheet.getColumn(column).width = width;
  let written = 0;
  for (const row of rows) {
    // Blank rows of the original keep their place, so that row numbers agree.
    for (; written < row.rowNo - 1; written++) sheet.addRow([]).commit();
    const found = issues.get(row.rowNo) ?? [];
    const line = sheet.addRow([]);
    const first = line.getCell(1);
    first.value = row.rowNo === headerRow ? '问题' : found.map((issue) => issue.message).join('\n');
    first.alignment = { wrapText: true, vertical: 'top' };
    if (found.length > 0) first.fill = wrong;
    if (row.rowNo === headerRow) line.font = { bold: true };
    for (const cell of row.cells) {
      const at = line.getCell(columnNumber(cell.column) + 1);
      at.numFmt = '@';
      at.value = cell.text;
      if (found.some((issue) => issue.cell === `${cell.column}${row.rowNo}`)) at.fill = wrong;
    }
    line.commit();
    written += 1;
  }
  // In the column 问题, which is not read when the sheet comes back.
  const last = sheet.addRow([watermarkLine(mark)]);
  last.getCell(1).numFmt = '@';
  last.commit();
  sheet.commit();
  void workbook.commit();
  return out;
}

/** Columns as wide as their header and the longest text of the first rows, so that a number is read without dragging. */
function widthsOf(rows: readonly WorkbookRow[], headerRow: number): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  // A title above the header lies over many columns and says nothing of the width of one.
  for (const { cells } of rows.filter((row) => row.rowNo >= headerRow).slice(0, 200))
    for (const { column, text } of cells) {
      const at = columnNumber(column) + 1;
      widths.set(at, Math.min(40, Math.max(widths.get(at) ?? 8, shownWidth(text) + 2)));
    }
  return widths;
}

/** A Chinese character is as wide as two digits. */
const shownWidth = (text: string) => [...text].reduce((sum, one) => sum + (one > '\u00ff' ? 2 : 1), 0);

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
