import { type RosterField, readHeader, requiredColumns } from './roster-columns.ts';
import type { WorkbookRow } from './workbook-cell.ts';

export interface RosterHeader {
  readonly rowNo: number;
  /** Column letter → what it holds; only columns we know. */
  readonly columns: ReadonlyMap<string, RosterField>;
  readonly all: readonly { letter: string; header: string; field: RosterField | null }[];
  readonly missing: readonly RosterField[];
}

/** How many rows from the top a title, a unit name and a date may take before the header. */
const searchedRows = 15;

/** Finds the header row by the words in it, below any title rows; undefined when no row looks like one. */
export function findRosterHeader(rows: readonly WorkbookRow[]): RosterHeader | undefined {
  for (const row of rows.slice(0, searchedRows)) {
    const columns = new Map<string, RosterField>();
    const taken = new Set<RosterField>();
    const all = row.cells.map((cell) => {
      const field = readHeader(cell.text) ?? null;
      if (field && !taken.has(field)) {
        taken.add(field);
        columns.set(cell.column, field);
      }
      return { letter: cell.column, header: cell.text.trim().slice(0, 60), field };
    });
    if (taken.has('name') && taken.size >= 2) {
      return {
        rowNo: row.rowNo,
        columns,
        all,
        missing: requiredColumns.filter((field) => !taken.has(field)),
      };
    }
  }
  return undefined;
}
