import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const chunkBytes = 256 * 1024;

/** Copies rows that `BinaryRows` made. Frozen they need no later vacuum; their table must be new in this transaction. */
export async function copyBinary(
  client: pg.Client,
  rows: { table: string; columns: readonly string[]; bytes: Uint8Array; isFrozen: boolean },
): Promise<void> {
  const { table, columns, bytes, isFrozen } = rows;
  const options = `format binary${isFrozen ? ', freeze' : ''}`;
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin with (${options})`));
  const done = once(stream, 'finish');
  // A refusal is met where it is awaited.
  done.catch(() => undefined);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    if (!stream.write(bytes.subarray(at, at + chunkBytes))) await Promise.race([once(stream, 'drain'), done]);
  }
  stream.end();
  await done;
}
