import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readSealedHead, SealedFileUnusable } from '#platform/server/backup/sealed-file.ts';
import type { Config } from '#platform/server/config.ts';
import { openKeyProvider } from './open-county-keys.ts';

/**
 * Says which root key each backup and each piece of the kept log below a folder needs: a root may be destroyed when none
 * names it any more. Files made before the root was written on them are opened with the present one to see.
 */
export async function listNeededRoots(
  config: Config,
  folder: string,
  say: (message: string) => void,
): Promise<void> {
  const present = await openKeyProvider(config, { mustExist: true });
  const files = new Map<string, string[]>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const head = await readSealedHead(path).catch((error: unknown) => {
      if (error instanceof SealedFileUnusable) return undefined;
      throw error;
    });
    if (!head) continue;
    const root = String(head.about.rootKey ?? (await rootByTrial(head.wrappedKey)));
    files.set(root, [...(files.get(root) ?? []), entry.name]);
  }
  for (const [root, names] of files) {
    const which = root === present.rootId ? '（现在的）' : '';
    const sorted = names.toSorted();
    say(`根密钥 ${root}${which}：${names.length} 个文件，${sorted[0]} 至 ${sorted.at(-1)}`);
  }
  if (files.size === 0) say('这个文件夹里没有备份或日志归档。');

  async function rootByTrial(wrappedKey: string): Promise<string> {
    const opened = await present.unwrap(Buffer.from(wrappedKey, 'base64')).catch(() => undefined);
    return opened ? present.rootId : '以前的（文件上没有写明是哪一把）';
  }
}
