import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../disk/sync-folder.ts';
import type { CipherSuite } from './cipher-suite.ts';
import { type KeyProvider, rootKeyProvider } from './key-provider.ts';

/** Where a root key waits that is to take the place of the one in `path`. */
const nextPath = (path: string) => `${path}.next`;
/** Where the root key goes that was replaced, until its owner destroys it. */
export const retiredPath = (path: string, rootId: string) => `${path}.old-${rootId}`;

/** Makes a root key beside the present one, on disk before anything is wrapped under it. */
export async function layNextRoot(path: string, suite: CipherSuite): Promise<KeyProvider> {
  const root = randomBytes(32);
  await rm(nextPath(path), { force: true });
  const file = await open(nextPath(path), 'wx', 0o600);
  await file.writeFile(`${root.toString('hex')}\n`);
  await file.sync();
  await file.close();
  await syncFolder(dirname(path));
  return rootKeyProvider(root, suite);
}

/** The root keys that lie there, the present one and one that waits; a damaged file counts as none. */
export async function readRoots(
  path: string,
  suite: CipherSuite,
): Promise<{ present: KeyProvider | undefined; next: KeyProvider | undefined }> {
  const read = async (from: string) => {
    const text = (await readFile(from, 'utf8').catch(() => '')).trim();
    return /^[0-9a-f]{64}$/.test(text) ? rootKeyProvider(Buffer.from(text, 'hex'), suite) : undefined;
  };
  return { present: await read(path), next: await read(nextPath(path)) };
}

/**
 * Puts the waiting root in its place. The old one gets its other name first and the place is taken in one step, so that
 * at every moment a root lies there. May be repeated.
 */
export async function takeNextRoot(path: string, oldId: string | undefined): Promise<void> {
  if (oldId !== undefined)
    await link(path, retiredPath(path, oldId)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
    });
  await rename(nextPath(path), path);
  await syncFolder(dirname(path));
}

/** Leaves out a waiting root under which nothing was wrapped. */
export const dropNextRoot = (path: string) => rm(nextPath(path), { force: true });
