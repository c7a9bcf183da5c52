import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SuiteId } from '../crypto/cipher-suite.ts';
import type { KeyProvider } from '../crypto/key-provider.ts';
import { syncFolder } from '../disk/sync-folder.ts';
import { createSealedFile, readSealedFile, readSealedHead, SealedFileUnusable } from './sealed-file.ts';

/** One erasure that was granted: whose, on which request, and the request itself, which an older backup does not hold. */
export interface Erasure {
  readonly countyId: string;
  readonly requestId: string;
  readonly residentId: string;
  readonly request: Readonly<Record<string, unknown>>;
}

/**
 * The erasures a county granted, outside its database: a backup brought back knows nothing of what was erased after it was
 * made. One sealed file for each, on disk before the erasure is acknowledged, so that what was written here is always done:
 * at the latest before the next start serves.
 */
export interface ErasureRegister {
  /** Whether this request's erasure was written down; it may still wait to be done. */
  has(requestId: string): Promise<boolean>;
  /** Writes an erasure and returns when it is on disk. The same one again changes nothing. */
  put(erasure: Erasure): Promise<void>;
  /** All of them. Refuses a damaged one and one that needs another root key. */
  readAll(): Promise<Erasure[]>;
}

const fileName = /^erasure-([0-9a-f-]{36})\.([0-9a-f]{8})\.sealed$/;
/** Tells files of one root from those of another; the full id stands in the file's head. */
const rootTag = (provider: KeyProvider) =>
  createHash('sha256').update(provider.rootId).digest('hex').slice(0, 8);

export function erasureRegister(input: {
  folder: string;
  provider: KeyProvider;
  suite: SuiteId;
}): ErasureRegister {
  const { folder, provider } = input;
  const tag = rootTag(provider);
  return {
    has: async (requestId) => (await filesOf(folder)).has(requestId),
    async put(erasure) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const sealed = await createSealedFile({
        path: join(folder, `erasure-${erasure.requestId}.${tag}.sealed`),
        provider,
        suite: input.suite,
        about: { what: 'erasure' },
      });
      try {
        await sealed.write('e', Buffer.from(JSON.stringify(erasure)));
        await sealed.finish();
      } catch (error) {
        await sealed.abandon();
        throw error;
      }
      await syncFolder(folder);
    },
    async readAll() {
      const erasures: Erasure[] = [];
      for (const tags of (await filesOf(folder)).values()) {
        const name = tags.get(tag) ?? [...tags.values()][0] ?? '';
        erasures.push(await readOne(join(folder, name), provider));
      }
      return erasures;
    },
  };
}

/**
 * Lays every erasure under a second root beside what is there, before the county's keys go under it; cut at any step, the
 * register opens with the one or the other.
 */
export async function sealErasuresAlso(
  from: { folder: string; provider: KeyProvider; suite: SuiteId },
  to: KeyProvider,
): Promise<void> {
  const next = erasureRegister({ ...from, provider: to });
  for (const erasure of await erasureRegister(from).readAll()) await next.put(erasure);
}

/** Takes away what lies under any other root, where the same erasure lies under this one. */
export async function leaveErasuresUnder(folder: string, root: KeyProvider): Promise<void> {
  const kept = rootTag(root);
  for (const tags of (await filesOf(folder)).values())
    for (const [tag, name] of tags) if (tags.has(kept) && tag !== kept) await rm(join(folder, name));
  await syncFolder(folder).catch(() => undefined);
}

async function readOne(path: string, provider: KeyProvider): Promise<Erasure> {
  const { about } = await readSealedHead(path);
  const pieces: Buffer[] = [];
  if (about.what !== 'erasure')
    throw new SealedFileUnusable(`${path} 不是删除登记。The file is not a record of an erasure.`);
  for await (const part of readSealedFile(path, provider)) pieces.push(part.bytes);
  return JSON.parse(Buffer.concat(pieces).toString()) as Erasure;
}

/** The files of each request, by the root they lie under. No folder is an empty register; one that cannot be read is told. */
async function filesOf(folder: string): Promise<Map<string, Map<string, string>>> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new SealedFileUnusable(
      `读不到删除登记文件夹 ${folder}（${error.code}）。The register of erasures cannot be read.`,
    );
  });
  const found = new Map<string, Map<string, string>>();
  for (const name of names.toSorted()) {
    const [, requestId, tag] = fileName.exec(name) ?? [];
    if (requestId === undefined || tag === undefined) continue;
    const tags = found.get(requestId) ?? new Map<string, string>();
    found.set(requestId, tags.set(tag, name));
  }
  return found;
}
