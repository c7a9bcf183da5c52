import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresFailed } from './embedded-postgres-failed.ts';

/** The user PostgreSQL runs as when we are root, which it refuses to be. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/** Any unprivileged uid serves: nobody's, which every system has. */
export const nobody: RunAs = { uid: 65_534, gid: 65_534 };

/** Where things go that the database's user must reach and the folder of the clone or the data does not let it. */
const defaultReachableRoot = '/var/lib/quancheng';

/**
 * The folder of the cluster: inside the data folder, or, when the database's user cannot pass to it (a 0700 home), under
 * the reachable root by a name made from the data folder's path. A note in the data folder says where.
 */
export async function placeCluster(
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

/** The cluster a data folder holds, wherever it was placed; undefined when it holds none. */
export async function locateCluster(dataFolder: string): Promise<string | undefined> {
  const noted = await readFile(join(dataFolder, 'postgres-is-at'), 'utf8').catch(() => '');
  for (const place of [join(dataFolder, 'postgres'), noted.trim()])
    if (place && existsSync(join(place, 'PG_VERSION'))) return place;
  return undefined;
}

/** The user the database runs as here: another than root, which it refuses to be. */
export function databaseUser(): RunAs | undefined {
  return process.getuid?.() === 0 ? nobody : undefined;
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
export async function placeBinaries(
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

/** What the database's programs need to find their libraries. */
export function libraryEnvironment(binaries: string): NodeJS.ProcessEnv {
  const library = join(binaries, 'lib');
  return {
    PATH: process.env.PATH ?? '',
    LC_ALL: 'C',
    TZ: 'Asia/Shanghai',
    LD_LIBRARY_PATH: library,
    DYLD_LIBRARY_PATH: library,
  };
}
