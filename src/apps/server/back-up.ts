import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clockInChina } from '#kernel/china-time.ts';
import { type FileBeside, readBackupFile, writeBackupFile } from '#platform/server/backup/backup-file.ts';
import { CannotBackUp } from '#platform/server/backup/base-backup.ts';
import { SealedFileUnusable } from '#platform/server/backup/sealed-file.ts';
import { CannotStart, type Config } from '#platform/server/config.ts';
import { KeysUnavailable } from '#platform/server/crypto/key-provider.ts';
import { startEmbeddedPostgres } from '#platform/server/database/embedded-postgres.ts';
import { locateCluster } from '#platform/server/database/place-postgres.ts';
import { readDrillMark } from './drill-mark.ts';
import { openKeyProvider } from './open-county-keys.ts';

type Say = (message: string) => void;

/** Backs the county up beside a running server; without one it starts the database for as long as it takes. */
export async function backUp(input: {
  config: Config;
  folder: string | undefined;
  isRunning: boolean;
  say: Say;
  now: Date;
}): Promise<string> {
  const { config, say } = input;
  const folder = input.folder ?? join(config.dataFolder, 'backups');
  const { ownerUrl, letGo } = await reachDatabase(config, input.isRunning, say);
  try {
    return await backUpDatabase({ config, ownerUrl, folder, say, now: input.now });
  } finally {
    await letGo();
  }
}

/**
 * Copies the database into one sealed file of that folder and reads it back whole before it says that it is there.
 * Answers the file's path.
 */
export async function backUpDatabase(input: {
  config: Config;
  ownerUrl: string;
  folder: string;
  say: Say;
  now: Date;
}): Promise<string> {
  const { config, ownerUrl, folder, say } = input;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Beside backups of the county it must not pass for one of them.
  const isDrill = (await readDrillMark(config.dataFolder)) !== undefined;
  const path = join(folder, `quancheng-${isDrill ? 'drill-' : ''}${stampOf(input.now)}.backup`);
  let told = 0;
  const { read, written } = await writeBackupFile({
    path,
    ownerUrl,
    provider: await openKeyProvider(config),
    suite: config.cipherSuite,
    beside: await filesBeside(config.dataFolder),
    about: { madeAt: input.now.toISOString() },
    onProgress(bytes) {
      if (bytes - told < 256e6) return;
      told = bytes;
      say(`  已复制 ${megabytes(bytes)}…`);
    },
  }).catch(explain);
  say(`已写入 ${path}：数据 ${megabytes(read)}，文件 ${megabytes(written)}。正在读回核对…`);
  await checkBackup(config, path, say);
  return path;
}

/** Reads a backup to its end and says what it holds; refuses one that is not whole. */
export async function checkBackup(
  config: Config,
  path: string,
  say: (message: string) => void,
): Promise<void> {
  const provider = await openKeyProvider(config);
  const { files, bytes } = await readBackupFile({ path, provider }).catch(explain);
  say(`核对完好：${files} 个文件，${megabytes(bytes)}，逐一符合数据库自己的清单。`);
}

/** Turns what a backup may refuse into the sentence it ends with. */
export function explain(error: unknown): never {
  if (
    error instanceof SealedFileUnusable ||
    error instanceof CannotBackUp ||
    error instanceof KeysUnavailable
  )
    throw new CannotStart(error.message);
  const { code } = error as { code?: string };
  if (code === 'ENOSPC')
    throw new CannotStart(
      '磁盘空间不够，没有留下不完整的文件。The disk is full; nothing incomplete was left.',
    );
  throw error;
}

/** The database as its owner: the county's own, the one that runs now, or one started for this. */
async function reachDatabase(config: Config, isRunning: boolean, say: Say) {
  const nothing = async () => undefined;
  if (config.databaseUrl !== undefined) return { ownerUrl: config.databaseUrl, letGo: nothing };
  const cluster = await locateCluster(config.dataFolder);
  if (cluster === undefined)
    throw new CannotStart(`数据文件夹 ${config.dataFolder} 里没有数据库。The data folder holds no database.`);
  if (!isRunning) {
    const started = await startEmbeddedPostgres({ dataFolder: config.dataFolder, onProgress: say });
    return { ownerUrl: started.ownerUrl, letGo: () => started.stop() };
  }
  const port = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[3];
  const password = (await readFile(join(config.dataFolder, 'owner-password'), 'utf8')).trim();
  return { ownerUrl: `postgres://quancheng_owner:${password}@127.0.0.1:${port}/quancheng`, letGo: nothing };
}

/** The small files the county needs besides its database. The root key is not among them: it never lies with a backup. */
async function filesBeside(dataFolder: string): Promise<FileBeside[]> {
  const roots = await readdir(join(dataFolder, 'audit-roots')).catch(() => []);
  const names = ['owner-password', 'application-password', ...roots.map((name) => `audit-roots/${name}`)];
  const files: FileBeside[] = [];
  for (const name of names) {
    const content = await readFile(join(dataFolder, name), 'utf8').catch(() => undefined);
    if (content !== undefined) files.push({ name, content });
  }
  return files;
}

export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** `20261124-101500`, in China's time, for a file's name. */
function stampOf(now: Date): string {
  return clockInChina(now).replaceAll(/[-:]/g, '').replace(' ', '-');
}
