/** A cell as the workbook reader hands it over. */
export interface WorkbookCell {
  /** Column letter: `A`, `AB`. */
  readonly column: string;
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula-text';
  /** Text as stored; for dates `YYYY-MM-DD`; for numbers their shortest decimal form. */
  readonly text: string;
}

export interface WorkbookRow {
  readonly rowNo: number;
  readonly hidden: boolean;
  readonly cells: readonly WorkbookCell[];
}
