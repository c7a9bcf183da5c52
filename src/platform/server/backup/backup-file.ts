import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { SuiteId } from '../crypto/cipher-suite.ts';
import type { KeyProvider } from '../crypto/key-provider.ts';
import { type BaseBackupPart, readBaseBackup } from './base-backup.ts';
import { checkAgainstManifest, type SeenFile } from './check-manifest.ts';
import { createSealedFile, readSealedFile, readSealedHead, SealedFileUnusable } from './sealed-file.ts';

const deflate = promisify(gzip);
const inflate = promisify(gunzip);

/** Kinds of parts: the small files beside the database, the archive of the database, PostgreSQL's list. */
const kinds = { beside: 's', archive: 'd', manifest: 'm' } as const;
const partBytes = 1024 * 1024;

/** A small file that belongs with the database: its passwords, the kept audit roots. Never the root key. */
export interface FileBeside {
  readonly name: string;
  readonly content: string;
}

/** Writes the whole database into one sealed file. Answers how much it read and wrote, in bytes. */
export async function writeBackupFile(input: {
  path: string;
  ownerUrl: string;
  provider: KeyProvider;
  suite: SuiteId;
  beside: readonly FileBeside[];
  about: Readonly<Record<string, string | number>>;
  onProgress?: (readBytes: number) => void;
}): Promise<{ read: number; written: number }> {
  const file = await createSealedFile({ ...input, about: { what: 'backup', ...input.about } });
  let read = 0;
  try {
    for (const one of input.beside) await file.write(kinds.beside, Buffer.from(JSON.stringify(one)));
    for await (const part of inLargeParts(readBaseBackup(input.ownerUrl))) {
      await file.write(kinds[part.kind], await deflate(part.bytes, { level: 1 }));
      read += part.bytes.length;
      input.onProgress?.(read);
    }
    return { read, written: await file.finish() };
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

/** The files of the log a backup holds itself; an archive has to go on from here. */
export interface LogSpan {
  readonly startSegment: string;
  readonly endSegment: string;
}

/** A file of the database on its way out of a backup; `content` has to be read to its end. */
export interface RestoredEntry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly content: AsyncIterable<Buffer>;
}

/**
 * Reads a backup to its end and checks all of it: each part's seal, each file against PostgreSQL's list of sizes and
 * SHA-256 sums, and that the log it needs is there. `onEntry` may put each file somewhere; nothing is good before this
 * function has returned. Answers the files beside and how many files and bytes the database has.
 */
export async function readBackupFile(input: {
  path: string;
  provider: KeyProvider;
  onEntry?: (entry: RestoredEntry) => Promise<void>;
}): Promise<{ beside: FileBeside[]; files: number; bytes: number; log: LogSpan }> {
  const head = await readSealedHead(input.path);
  if (head.about.what !== 'backup')
    throw new SealedFileUnusable(`${input.path} 不是备份文件。The file is not a backup.`);
  const beside: FileBeside[] = [];
  const manifest: Buffer[] = [];
  const seen = new Map<string, SeenFile>();
  async function* archive(): AsyncGenerator<Buffer> {
    for await (const part of readSealedFile(input.path, input.provider)) {
      if (part.kind === kinds.beside) beside.push(JSON.parse(part.bytes.toString()) as FileBeside);
      else if (part.kind === kinds.manifest) manifest.push(await inflate(part.bytes));
      else if (part.kind === kinds.archive) yield await inflate(part.bytes);
      else throw new SealedFileUnusable(`备份文件版本较新，请用新版恢复。The backup is of a later version.`);
    }
  }
  const tar = extract();
  // What fails in the source comes out of the loop below, which reads the other end.
  void pipeline(Readable.from(archive(), { objectMode: false }), tar).catch(() => undefined);
  for await (const entry of tar) {
    const { name, type } = entry.header;
    if (type !== 'file' && type !== 'directory')
      throw new SealedFileUnusable(`备份中有无法识别的条目。The backup holds an entry of an unknown kind.`);
    const content = hashed(
      entry as AsyncIterable<Buffer>,
      (file) => type === 'file' && seen.set(tidy(name), file),
    );
    if (input.onEntry) await input.onEntry({ name: tidy(name), isFolder: type === 'directory', content });
    else for await (const _ of content);
  }
  const list = Buffer.concat(manifest);
  const { startSegment, endSegment, problems } = checkAgainstManifest(list, seen);
  if (problems.length > 0)
    throw new SealedFileUnusable(
      `备份不完整：${problems.slice(0, 3).join('；')}。The backup does not hold what its list says.`,
    );
  const bytes = [...seen.values()].reduce((sum, file) => sum + file.size, 0);
  return { beside, files: seen.size, bytes, log: { startSegment, endSegment } };
}

/** A name inside the data folder and nowhere else. */
function tidy(name: string): string {
  const plain = name.replace(/^\.\//, '').replace(/\/$/, '');
  if (plain.startsWith('/') || plain.split('/').includes('..'))
    throw new SealedFileUnusable('备份中有越界的文件名。The backup names a file outside its folder.');
  return plain;
}

async function* hashed(entry: AsyncIterable<Buffer>, done: (file: SeenFile) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const bytes of entry) {
    hash.update(bytes);
    size += bytes.length;
    yield bytes;
  }
  done({ size, sha256: hash.digest('hex') });
}

/** Messages of a few kB put together, so that each sealed part is worth its seal. */
async function* inLargeParts(parts: AsyncIterable<BaseBackupPart>): AsyncGenerator<BaseBackupPart> {
  let kind: BaseBackupPart['kind'] = 'archive';
  let held: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    if (size > 0 && (part.kind !== kind || size >= partBytes)) {
      yield { kind, bytes: Buffer.concat(held) };
      held = [];
      size = 0;
    }
    kind = part.kind;
    held.push(part.bytes);
    size += part.bytes.length;
  }
  if (size > 0) yield { kind, bytes: Buffer.concat(held) };
}
