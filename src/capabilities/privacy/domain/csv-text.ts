/** A cell of an extract. */
export type Cell = string | number | null;

/** First characters with which a spreadsheet program takes a text for a formula, also as full-width keyboards type them. */
const startsFormula = /^\s*[=+\-@＝＋－＠|%]|^[\t\r\n]/;

/** A text that no spreadsheet program runs: an apostrophe goes before what would begin a formula. */
export const harmlessCell = (text: string): string => (startsFormula.test(text) ? `'${text}` : text);

/** Rows as CSV that Excel and WPS read as UTF-8. Numbers stay numbers; text is quoted and cannot act as a formula. */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell) =>
    value === null
      ? ''
      : typeof value === 'number'
        ? String(value)
        : `"${harmlessCell(value).replaceAll('"', '""')}"`;
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
