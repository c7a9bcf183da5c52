import pg from 'pg';

/** A piece of the copy: bytes of the archive of all files, or of the list that says what must be in it. */
export interface BaseBackupPart {
  readonly kind: 'archive' | 'manifest';
  readonly bytes: Buffer;
}

/** The database cannot be copied as it is, in one sentence for the person who asked. */
export class CannotBackUp extends Error {}

/** Messages held before the database is asked to wait: 64 kB each. */
const heldMessages = 64;

/**
 * Copies the running database file by file over the replication protocol, with the log that makes the copy whole and
 * PostgreSQL's own list of names, sizes and SHA-256 sums. Refuses a database with tablespaces outside its folder and a
 * role that may not replicate.
 */
export async function* readBaseBackup(ownerUrl: string): AsyncGenerator<BaseBackupPart> {
  const client = new pg.Client({ connectionString: ownerUrl, ...replicating });
  // An error while nobody asks is told by the next question.
  client.on('error', () => undefined);
  await client.connect().catch(explain);
  const stream = new CopyStream();
  try {
    client.query(stream as unknown as pg.Submittable);
    let kind: BaseBackupPart['kind'] = 'archive';
    let archives = 0;
    for await (const message of stream.messages()) {
      const sign = String.fromCharCode(message[0] ?? 0);
      if (sign === 'n' && ++archives > 1)
        throw new CannotBackUp(
          '数据库使用了数据文件夹以外的表空间，不能这样备份。The database has tablespaces elsewhere.',
        );
      if (sign === 'm') kind = 'manifest';
      if (sign === 'd') yield { kind, bytes: message.subarray(1) };
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A connection that may ask for a copy; the driver passes the setting on without knowing it. */
const replicating = { replication: 'true' } as object;

function explain(error: unknown): never {
  const { code } = error as { code?: string };
  throw new CannotBackUp(
    `数据库不让备份连接（${code ?? '连不上'}），备份需要有复制权限的用户。The database refuses a replication connection (${code}).`,
  );
}

interface ProtocolConnection {
  query(text: string): void;
  stream: { pause(): void; resume(): void };
}

/** One BASE_BACKUP as the driver's query object: its messages come out as they are read, and it waits when they are not. */
class CopyStream {
  readonly #held: Buffer[] = [];
  #connection: ProtocolConnection | undefined;
  #wake: (() => void) | undefined;
  #ended = false;
  #failed: Error | undefined;

  submit(connection: ProtocolConnection): void {
    this.#connection = connection;
    connection.query(
      "BASE_BACKUP (LABEL 'quancheng', CHECKPOINT 'fast', WAL true, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')",
    );
  }

  async *messages(): AsyncGenerator<Buffer> {
    for (;;) {
      const next = this.#held.shift();
      if (next) {
        if (this.#held.length === heldMessages / 2) this.#connection?.stream.resume();
        yield next;
      } else if (this.#failed) throw explainFailure(this.#failed);
      else if (this.#ended) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }

  handleCopyData(message: { chunk: Buffer }): void {
    // The driver reads the next messages into the same memory.
    this.#held.push(Buffer.from(message.chunk));
    if (this.#held.length >= heldMessages) this.#connection?.stream.pause();
    this.#wake?.();
  }

  handleError(error: Error): void {
    this.#failed = error;
    this.#wake?.();
  }

  handleReadyForQuery(): void {
    this.#ended = true;
    this.#wake?.();
  }

  // The positions in the log are in the list as well.
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
  handleCopyInResponse(): void {}
}

function explainFailure(error: Error): Error {
  const { code } = error as { code?: string };
  return new CannotBackUp(`备份中断（${code ?? error.name}）。The backup was cut short (${code}).`);
}
