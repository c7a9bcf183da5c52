import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type CopyValue, copyLine } from './copy-text.ts';

const chunkCharacters = 256 * 1024;

/** Streams rows into a table with COPY; text is gathered into chunks so that the socket is fed in few writes. */
export class TableCopy {
  #buffer: string[] = [];
  #size = 0;
  readonly #stream: Writable;

  constructor(client: pg.Client, table: string, columns: readonly string[]) {
    this.#stream = openCopy(client, table, columns);
  }

  /** Adds a row; resolves when the database has taken enough to go on. */
  add(row: readonly CopyValue[]): Promise<unknown> | undefined {
    const line = copyLine(row);
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
    await finishCopy(this.#stream);
  }
}

/** Copies rows that are COPY text already, made elsewhere. */
export async function copyText(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  text: Uint8Array,
  options = '',
): Promise<void> {
  const stream = openCopy(client, table, columns, options);
  for (let at = 0; at < text.length; at += chunkCharacters) {
    if (!stream.write(text.subarray(at, at + chunkCharacters))) await once(stream, 'drain');
  }
  await finishCopy(stream);
}

function openCopy(client: pg.Client, table: string, columns: readonly string[], options = ''): Writable {
  return client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin ${options}`));
}

async function finishCopy(stream: Writable): Promise<void> {
  const done = once(stream, 'finish');
  stream.end();
  await done;
}
