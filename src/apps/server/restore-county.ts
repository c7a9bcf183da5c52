import { existsSync } from 'node:fs';
import { access, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Erasure, erasureRegister } from '#platform/server/backup/erasure-register.ts';
import { restoreFiles } from '#platform/server/backup/restore-files.ts';
import { openLogArchive } from '#platform/server/backup/wal-archive.ts';
import { CannotStart, type Config } from '#platform/server/config.ts';
import { cipherSuite } from '#platform/server/crypto/cipher-suite.ts';
import { fileKeyProvider } from '#platform/server/crypto/key-provider.ts';
import { singleClient } from '#platform/server/database/as-owner.ts';
import { startEmbeddedPostgres } from '#platform/server/database/embedded-postgres.ts';
import { databaseUser, locateCluster, placeCluster } from '#platform/server/database/place-postgres.ts';
import { stopLeftover } from '#platform/server/database/stop-leftover.ts';
import { explain, megabytes } from './back-up.ts';
import { configOfDrill, markDrill, readDrillMark } from './drill-mark.ts';
import { openKeyProvider, rootKeyPath } from './open-county-keys.ts';
import { openErasures } from './settle-erasures.ts';

export interface RestoreWish {
  /** The backup file. */
  readonly from: string;
  /** The root key that was kept apart, when it does not lie in the data folder yet. */
  readonly keyFile: string | undefined;
  /** The sealed log, to go on from the backup to its end or to `until`. */
  readonly logArchive: string | undefined;
  /** A moment as PostgreSQL reads it, with its zone. */
  readonly until: string | undefined;
  /** The register of erasures; beside the log or where this county keeps its own when not given. */
  readonly erasures: string | undefined;
  /** The root key the register lies under, when it is another than the backup's. */
  readonly erasuresKey: string | undefined;
  /** Said so: nothing was erased since the backup, or the register is lost. */
  readonly withoutErasures: boolean;
  /** When this is a drill and not the county that comes back. */
  readonly drillAt?: Date | undefined;
}

type Say = (message: string) => void;

/**
 * Restores a county into an empty data folder: opens and checks every file, replays the log, and starts a new timeline, by
 * which every phone notices. Refuses a folder that holds a database and a moment the log does not reach; then, and when
 * anything is not whole, it leaves no database behind.
 */
export async function restoreCounty(config: Config, wish: RestoreWish, say: Say): Promise<void> {
  await clearHalfRestored(config.dataFolder);
  await assertPossible(config, wish);
  if (config.keyCommand === undefined) await placeRootKey(config, wish.keyFile);
  const erasures = await readErasures(config, wish).catch(explain);
  const cluster = await placeCluster(config.dataFolder, databaseUser(), undefined);
  await writeFile(unfinishedMark(config.dataFolder), `${cluster}\n`);
  try {
    await putBack(config, wish, cluster, say);
    const register = await openErasures(wish.drillAt ? configOfDrill(config) : config);
    for (const erasure of erasures) await register.put(erasure);
  } catch (error) {
    await clearHalfRestored(config.dataFolder);
    return explain(error);
  } finally {
    await rm(openedLog(cluster), { recursive: true, force: true });
  }
  if (wish.drillAt)
    await markDrill(config.dataFolder, {
      restoredAt: wish.drillAt.toISOString(),
      from: basename(wish.from),
    });
  await rm(unfinishedMark(config.dataFolder));
  say(
    `删除登记里的 ${erasures.length} 项已带来；数据库里还没有办的，在启动时、第一次有人访问之前自动重做，并逐项写出。`,
  );
  say(
    wish.drillAt
      ? '恢复完成，这是演练副本：每页都标“演练副本”，不发提醒，不收手机数据，不能改作正式系统。现在用 npm start 启动。'
      : '恢复完成。手机下次联系时会发现时间线已变，自动重报它们保存过的操作。现在用 npm start 启动。',
  );
}

/** Refuses to serve what a cut restore has left: part of a county looks like a county. */
export function assertNotHalfRestored(dataFolder: string): void {
  if (existsSync(unfinishedMark(dataFolder)))
    throw new CannotStart(
      '上次恢复没有完成，请重新运行 npm run restore。The last restore was cut short; run it again.',
    );
}

async function putBack(config: Config, wish: RestoreWish, cluster: string, say: Say): Promise<void> {
  const provider = await openKeyProvider(config);
  const runAs = databaseUser();
  say('正在打开备份，逐个文件核对…');
  const { beside, log, files, bytes } = await restoreFiles({ path: wish.from, provider, cluster, runAs });
  say(`已放回 ${files} 个文件，${megabytes(bytes)}。`);
  for (const { name, content } of beside) {
    const path = join(config.dataFolder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, content, { mode: 0o600 });
  }
  const into = openedLog(cluster);
  if (wish.logArchive !== undefined) {
    const opened = await openLogArchive({ archive: wish.logArchive, into, log, provider, runAs });
    say(`已打开日志归档 ${opened} 个文件，正在重放…`);
  }
  await writeFile(join(cluster, 'recovery.signal'), '');
  await replay(config.dataFolder, say, {
    restore_command: wish.logArchive === undefined ? 'false' : `cp ../${basename(into)}/%f %p`,
    ...(wish.until ? { recovery_target_time: wish.until, recovery_target_action: 'promote' } : {}),
  }).catch((error) => {
    if (wish.until === undefined) throw error;
    throw new CannotStart(
      `日志到不了 ${wish.until}，没有恢复。The log does not reach that moment; nothing was restored.`,
    );
  });
}

/** Runs the database until it has replayed what there is and is open for work, then stops it. */
async function replay(
  dataFolder: string,
  say: Say,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const embedded = await startEmbeddedPostgres({ dataFolder, onProgress: say, settings });
  const client = singleClient(embedded.ownerUrl);
  try {
    await client.connect();
    const isReplaying = async () =>
      (await client.query<{ yes: boolean }>('select pg_is_in_recovery() as yes')).rows[0]?.yes !== false;
    while (await isReplaying()) await client.query('select pg_sleep(0.1)');
  } finally {
    await client.end().catch(() => undefined);
    await embedded.stop();
  }
}

/** Everything that was erased for good, opened before anything is put back; a restore without it is one that is asked for. */
async function readErasures(config: Config, wish: RestoreWish): Promise<Erasure[]> {
  if (wish.withoutErasures) return [];
  const beside = wish.logArchive === undefined ? [] : [join(wish.logArchive, 'erasures')];
  const folder = [wish.erasures, config.erasures, ...beside].find(
    (one) => one !== undefined && existsSync(one),
  );
  if (folder === undefined || (wish.erasures !== undefined && folder !== wish.erasures))
    throw new CannotStart(
      `找不到删除登记${wish.erasures ? `（${wish.erasures}）` : ''}：恢复旧备份会带回后来应居民请求删除的内容。请用 --erasures 给出它的文件夹（QUANCHENG_ERASURES 所指，或日志归档、原数据文件夹里的 erasures）；确实从没有办过删除的写 --without-erasures。Give the register of erasures with --erasures.`,
    );
  if (!wish.drillAt && (await readDrillMark(dirname(folder))))
    throw new CannotStart(
      `${folder} 是演练副本的删除登记，里面可能有练习时办的删除；请用 --erasures 给出正式系统的登记。This register is a drill’s.`,
    );
  const suite = cipherSuite(config.cipherSuite);
  const provider =
    wish.erasuresKey === undefined
      ? await openKeyProvider(config)
      : await fileKeyProvider(wish.erasuresKey, suite, { mustExist: true });
  return erasureRegister({ folder, provider, suite: config.cipherSuite }).readAll();
}

async function assertPossible(config: Config, wish: RestoreWish): Promise<void> {
  if ((await locateCluster(config.dataFolder)) !== undefined)
    throw new CannotStart(
      `数据文件夹 ${config.dataFolder} 已有数据库，恢复只写入空文件夹（用 QUANCHENG_DATA 另选）。The data folder holds a database; restore into an empty one.`,
    );
  if (!wish.drillAt && (await readDrillMark(config.dataFolder)))
    throw new CannotStart(
      `数据文件夹 ${config.dataFolder} 是演练用过的，正式恢复请用 QUANCHENG_DATA 另选一个空文件夹。The data folder was a drill’s; restore the county into another.`,
    );
  if (wish.until === undefined) return;
  if (wish.logArchive === undefined)
    throw new CannotStart('指定 --until 时须同时用 --log 给出日志归档。--until needs --log.');
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d(:\d\d)?)$/.test(wish.until))
    throw new CannotStart(
      '--until 应写成“2026-11-24 10:00:00+08”。--until is written as 2026-11-24 10:00:00+08.',
    );
}

/** Stands while a restore is under way; a restore that was cut leaves it. */
const unfinishedMark = (dataFolder: string) => join(dataFolder, 'restore-unfinished');
const openedLog = (cluster: string) => `${cluster}-log-restore`;

/** Removes what a restore that failed or was cut has left. */
async function clearHalfRestored(dataFolder: string): Promise<void> {
  const left = (await readFile(unfinishedMark(dataFolder), 'utf8').catch(() => '')).trim();
  if (!left) return;
  await stopLeftover(left);
  await rm(left, { recursive: true, force: true });
  await rm(unfinishedMark(dataFolder));
}

async function placeRootKey(config: Config, keyFile: string | undefined): Promise<void> {
  const path = rootKeyPath(config);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unreadable = (error: NodeJS.ErrnoException) => {
    throw new CannotStart(`读不到密钥文件 ${keyFile}（${error.code}）。The key file cannot be read.`);
  };
  if (keyFile !== undefined) return copyFile(keyFile, path).catch(unreadable);
  await access(path).catch(() => {
    throw new CannotStart(
      `没有根密钥，备份打不开：请用 --key 给出单独保管的密钥文件（或先放到 ${path}）。The root key is missing; give it with --key.`,
    );
  });
}
