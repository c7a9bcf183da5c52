import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | boolean | null;

const chunkCharacters = 256 * 1024;

/** Streams rows into a table with COPY; text is gathered into chunks so that the socket is fed in few writes. */
export class TableCopy {
  #buffer: string[] = [];
  #size = 0;
  readonly #stream: Writable;

  constructor(client: pg.Client, table: string, columns: readonly string[]) {
    this.#stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  }

  /** Adds a row; resolves when the database has taken enough to go on. */
  add(row: readonly CopyValue[]): Promise<unknown> | undefined {
    const line = `${row.map(toCopyText).join('\t')}\n`;
    this.#buffer.push(line);
    this.#size += line.length;
    return this.#size >= chunkCharacters ? this.#flush() : undefined;
  }

  #flush(): Promise<unknown> | undefined {
    const text = this.#buffer.join('');
    this.#buffer = [];
    this.#size = 0;
    return this.#stream.write(text) ? undefined : once(this.#stream, 'drain');
  }

  async finish(): Promise<void> {
    await this.#flush();
    const done = once(this.#stream, 'finish');
    this.#stream.end();
    await done;
  }
}

function toCopyText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (value === true) return 't';
  if (value === false) return 'f';
  const text = String(value);
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r')
    : text;
}
