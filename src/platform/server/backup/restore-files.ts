import { chown, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KeyProvider } from '../crypto/key-provider.ts';
import type { RunAs } from '../database/place-postgres.ts';
import { type FileBeside, type LogSpan, type RestoredEntry, readBackupFile } from './backup-file.ts';

/**
 * Puts a backup's database into a folder that must not exist yet, each file on disk and the database's user's own.
 * Leaves nothing when any of it is not whole. Answers the files beside and where the log starts.
 */
export async function restoreFiles(input: {
  path: string;
  provider: KeyProvider;
  cluster: string;
  runAs: RunAs | undefined;
}): Promise<{ beside: FileBeside[]; files: number; bytes: number; log: LogSpan }> {
  await mkdir(dirname(input.cluster), { recursive: true });
  await mkdir(input.cluster, { mode: 0o700 });
  if (input.runAs) await chown(input.cluster, input.runAs.uid, input.runAs.gid);
  try {
    return await readBackupFile({
      path: input.path,
      provider: input.provider,
      onEntry: (entry) => putEntry(input.cluster, input.runAs, entry),
    });
  } catch (error) {
    await rm(input.cluster, { recursive: true, force: true });
    throw error;
  }
}

async function putEntry(cluster: string, runAs: RunAs | undefined, entry: RestoredEntry): Promise<void> {
  const path = join(cluster, entry.name);
  if (entry.isFolder) {
    await mkdir(path, { recursive: true, mode: 0o700 });
    for await (const _ of entry.content);
  } else {
    const file = await open(path, 'w', 0o600);
    for await (const bytes of entry.content) await file.write(bytes);
    await file.sync();
    await file.close();
  }
  if (runAs) await chown(path, runAs.uid, runAs.gid);
}
