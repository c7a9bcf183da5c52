import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { asOwner, singleClient } from './as-owner.ts';
import { EmbeddedPostgresFailed, explainLog, isDiskFull } from './embedded-postgres-failed.ts';
import { checkVersion, clusterOwner, initialiseCluster } from './initialise-cluster.ts';
import { libraryEnvironment, nobody, placeBinaries, placeCluster, type RunAs } from './place-postgres.ts';
import { stopLeftover } from './stop-leftover.ts';

export interface EmbeddedPostgres {
  /** Connection of the owner role, for migrations and bulk loading. */
  readonly ownerUrl: string;
  readonly host: string;
  readonly port: number;
  readonly processId: number;
  /** Where files of the log wait for the archive, when they are to be archived. */
  readonly logSpool: string | undefined;
  /** Whether it said that the disk is full; what its clients see of that is a lost connection. */
  hasFilledDisk(): boolean;
  stop(): Promise<void>;
}

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
  /** Lays each finished file of the log into a spool, at least once a minute while there is work. */
  archivesLog?: boolean;
}): Promise<EmbeddedPostgres> {
  const isRoot = process.getuid?.() === 0;
  const runAs = isRoot ? nobody : undefined;
  const binaries = await placeBinaries(runAs, input.reachableRoot, input.onProgress);
  const cluster = await placeCluster(input.dataFolder, runAs, input.reachableRoot);
  const passwordFile = join(input.dataFolder, 'owner-password');
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    input.onProgress?.('正在初始化数据库…');
    await initialiseCluster(binaries, cluster, passwordFile, runAs);
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
    ...memorySettings(totalmem()),
    work_mem: '16MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    // Figures are counted from indexes alone where vacuum has passed; it looks more often than once a minute.
    autovacuum_naptime: '10s',
    logging_collector: 'off',
    log_min_messages: 'warning',
    ...(input.archivesLog ? await archiveSettings(cluster, runAs) : {}),
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
  const ownerUrl = `postgres://${clusterOwner}:${password}@127.0.0.1:${port}/quancheng`;
  const anyUrl = `postgres://${clusterOwner}:${password}@127.0.0.1:${port}/postgres`;
  await waitUntilReady(child, anyUrl, log);
  await ensureDatabase(anyUrl).catch(async (error) => {
    await stopChild(child);
    throw error;
  });
  return {
    ownerUrl,
    host: '127.0.0.1',
    port,
    processId: child.pid ?? 0,
    logSpool: input.archivesLog ? spoolOf(cluster) : undefined,
    hasFilledDisk: () => isDiskFull(log.join('')),
    stop: () => stopChild(child),
  };
}

/**
 * How much the database keeps in memory: an eighth of the machine's, but no less than is needed by a small county and no
 * more than a large one has. The rest is left to the system's own cache, the server and whatever else runs there.
 */
export function memorySettings(bytes: number): Readonly<Record<string, string>> {
  const mebibytes = Math.floor(bytes / 2 ** 20);
  const own = Math.min(4096, Math.max(256, Math.floor(mebibytes / 8)));
  return { shared_buffers: `${own}MB`, effective_cache_size: `${Math.max(1024, own * 3)}MB` };
}

/** Beside the cluster, so that a copy of the cluster does not copy it. */
function spoolOf(cluster: string): string {
  return `${cluster}-log-spool`;
}

/** Copies under another name first: a file in the spool is always whole. Names hold no character a shell would read. */
async function archiveSettings(
  cluster: string,
  runAs: RunAs | undefined,
): Promise<Readonly<Record<string, string>>> {
  const spool = spoolOf(cluster);
  await mkdir(spool, { recursive: true, mode: 0o700 });
  if (runAs) await chown(spool, runAs.uid, runAs.gid);
  const at = `../${basename(spool)}`;
  return {
    archive_mode: 'on',
    archive_timeout: '60s',
    archive_command: `test ! -f ${at}/%f && cp %p ${at}/%f.part && mv ${at}/%f.part ${at}/%f`,
  };
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
    if (ended) throw new EmbeddedPostgresFailed(explainLog(log.join('')));
    const client = singleClient(url);
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

function ensureDatabase(url: string): Promise<void> {
  return asOwner(url, async (client) => {
    const found = await client.query("select 1 from pg_database where datname = 'quancheng'");
    if (found.rowCount === 0)
      await client.query("create database quancheng encoding 'UTF8' locale 'C' template template0");
  });
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
