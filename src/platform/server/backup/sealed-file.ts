import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { cipherSuite, type SuiteId, Unsealable } from '../crypto/cipher-suite.ts';
import { type KeyProvider, KeysUnavailable } from '../crypto/key-provider.ts';

/** A sealed file is not one of ours, was changed, or ends too early. */
export class SealedFileUnusable extends Error {}

/** What stands readable at the top of a sealed file. */
export interface SealedHead {
  readonly format: 'quancheng-sealed-1';
  readonly suite: SuiteId;
  /** The key of this file, wrapped by the county's root key. */
  readonly wrappedKey: string;
  /** What the file is, for a person who finds it; no personal data. */
  readonly about: Readonly<Record<string, string | number>>;
}

export interface SealedPart {
  /** One letter, chosen by whoever writes the file. */
  readonly kind: string;
  readonly bytes: Buffer;
}

export interface SealedWriter {
  write(kind: string, bytes: Buffer): Promise<void>;
  /** Ends the file, puts it on disk and gives it its name. Answers its size in bytes. */
  finish(): Promise<number>;
  /** Leaves nothing. */
  abandon(): Promise<void>;
}

/** The last part of every whole file. */
const end = '.';
const longestPart = 8 * 1024 * 1024;

/**
 * Writes a file of sealed parts under a key of its own. Each part is bound to the file, its place in it and its kind, so
 * that none can be changed, moved, left out or carried over. The name appears only when the file is whole and on disk.
 */
export async function createSealedFile(input: {
  path: string;
  provider: KeyProvider;
  suite: SuiteId;
  about: SealedHead['about'];
}): Promise<SealedWriter> {
  const key = randomBytes(32);
  const suite = cipherSuite(input.suite);
  const head: SealedHead = {
    format: 'quancheng-sealed-1',
    suite: suite.id,
    wrappedKey: (await input.provider.wrap(key)).toString('base64'),
    about: { ...input.about, rootKey: input.provider.rootId },
  };
  const unfinished = `${input.path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600);
  const top = Buffer.from(`${JSON.stringify(head)}\n`);
  await file.write(top);
  const place = placeOf(top);
  let size = top.length;
  let index = 0;
  const write = async (kind: string, bytes: Buffer) => {
    const sealed = suite.seal(key, bytes, place(index++, kind));
    const frame = Buffer.alloc(5);
    frame.writeUInt32BE(sealed.length);
    frame.write(kind, 4, 'latin1');
    await file.write(Buffer.concat([frame, sealed]));
    size += frame.length + sealed.length;
  };
  const abandon = async () => {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
  };
  return {
    write,
    abandon,
    async finish() {
      await write(end, Buffer.alloc(0));
      await file.sync();
      await file.close();
      await rename(unfinished, input.path);
      return size;
    },
  };
}

/** The head of a sealed file; says what it is without a key. Refuses a file that is not ours. */
export async function readSealedHead(path: string): Promise<SealedHead> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new SealedFileUnusable(`读不到文件 ${path}（${error.code}）。The file cannot be read.`);
  });
  try {
    return (await readTop(file, path)).head;
  } finally {
    await file.close();
  }
}

/** Opens a sealed file part by part. Refuses at the first part that is not as it was written, and at a missing end. */
export async function* readSealedFile(path: string, provider: KeyProvider): AsyncGenerator<SealedPart> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new SealedFileUnusable(`读不到文件 ${path}（${error.code}）。The file cannot be read.`);
  });
  const { head, top } = await readTop(file, path);
  await file.close();
  const suite = cipherSuite(head.suite);
  const key = await provider.unwrap(Buffer.from(head.wrappedKey, 'base64')).catch((error: unknown) => {
    const wanted = head.about.rootKey;
    if (!(error instanceof KeysUnavailable) || wanted === undefined || wanted === provider.rootId)
      throw error;
    throw new KeysUnavailable(
      `${path} 要用根密钥 ${wanted} 打开，与现在的 ${provider.rootId} 不相配。The file needs another root key.`,
    );
  });
  const place = placeOf(top);
  const take = exactReader(createReadStream(path, { start: top.length, highWaterMark: 1024 * 1024 }));
  for (let index = 0; ; index++) {
    const frame = await take(5);
    const length = frame?.readUInt32BE() ?? 0;
    const kind = frame?.toString('latin1', 4) ?? '';
    const sealed = frame && length <= longestPart ? await take(length) : undefined;
    if (!sealed) throw damaged(path);
    let bytes: Buffer;
    try {
      bytes = suite.open(key, sealed, place(index, kind));
    } catch (error) {
      if (error instanceof Unsealable) throw damaged(path);
      throw error;
    }
    if (kind === end) {
      if ((await take(1)) !== undefined) throw damaged(path);
      return;
    }
    yield { kind, bytes };
  }
}

function damaged(path: string): SealedFileUnusable {
  return new SealedFileUnusable(
    `文件 ${path} 已损坏、被改动或不完整，不能使用。The file was damaged, changed or cut short.`,
  );
}

/** Binds a part to the file by the hash of its head, which holds the file's own wrapped key. */
function placeOf(top: Buffer): (index: number, kind: string) => string {
  const file = createHash('sha256').update(top).digest('hex');
  return (index, kind) => `sealed-file|${file}|${index}|${kind}`;
}

async function readTop(file: FileHandle, path: string): Promise<{ head: SealedHead; top: Buffer }> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
  const line = buffer.subarray(0, bytesRead).indexOf('\n');
  const top = buffer.subarray(0, line + 1);
  try {
    const head = JSON.parse(top.toString()) as SealedHead;
    if (head.format === 'quancheng-sealed-1') return { head, top };
  } catch {
    // Told below: whatever it is, it is not ours.
  }
  throw new SealedFileUnusable(`${path} 不是全程的备份文件。The file is not a Quancheng backup.`);
}

/** Takes exactly so many bytes from a stream; undefined when there are not as many. */
function exactReader(stream: AsyncIterable<Buffer>): (length: number) => Promise<Buffer | undefined> {
  const source = stream[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  return async (length) => {
    const pieces = [held];
    let size = held.length;
    while (size < length) {
      const next = await source.next();
      if (next.done) return undefined;
      pieces.push(next.value);
      size += next.value.length;
    }
    const all = pieces.length === 1 ? held : Buffer.concat(pieces);
    held = all.subarray(length);
    return all.subarray(0, length);
  };
}
