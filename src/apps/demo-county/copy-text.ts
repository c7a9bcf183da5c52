export type CopyValue = string | number | boolean | null;

/** One row in PostgreSQL's text form of COPY, with its line end. */
export function copyLine(row: readonly CopyValue[]): string {
  let line = toCopyText(row[0] ?? null);
  for (let i = 1; i < row.length; i++) line += `\t${toCopyText(row[i] ?? null)}`;
  return `${line}\n`;
}

function toCopyText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (value === true) return 't';
  if (value === false) return 'f';
  return typeof value === 'number' ? String(value) : escapeCopyText(value);
}

/** Text with the four characters escaped that COPY reads as its own. */
export function escapeCopyText(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r')
    : text;
}
