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

const firstBytes = 256 * 1024;

/** COPY text gathered as bytes: a line is written once, nothing is kept as strings. */
export class TextBuffer {
  #bytes = Buffer.allocUnsafe(firstBytes);
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(line: string): void {
    // No UTF-16 unit takes more than three bytes.
    const most = this.#length + line.length * 3;
    if (most > this.#bytes.length) this.#grow(most);
    this.#length += this.#bytes.write(line, this.#length, 'utf8');
  }

  #grow(most: number): void {
    const larger = Buffer.allocUnsafe(Math.max(most, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }

  /** The bytes so far, on memory of their own, and an empty buffer from here on. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return bytes;
  }
}
