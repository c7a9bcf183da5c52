import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresFailed, explainLog } from './embedded-postgres-failed.ts';
import { libraryEnvironment, type RunAs } from './place-postgres.ts';

/** The role that owns everything in an embedded cluster. */
export const clusterOwner = 'quancheng_owner';

/**
 * Makes a new cluster with its owner and a password of its own; leaves nothing when it fails. It is made beside its place
 * and moved there when whole: a cluster that stands in its place is never one whose making was killed. The name is new each
 * time, since a killed start leaves its `initdb` running.
 */
export async function initialiseCluster(
  binaries: string,
  cluster: string,
  passwordFile: string,
  runAs: RunAs | undefined,
): Promise<void> {
  await removeHalfMade(cluster);
  const making = `${cluster}${halfMade}${randomBytes(4).toString('hex')}`;
  await mkdir(making, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  const handedOver = `${making}-password`;
  await writeFile(handedOver, await readFile(passwordFile), { mode: 0o600 });
  if (runAs) {
    await chown(making, runAs.uid, runAs.gid);
    await chown(handedOver, runAs.uid, runAs.gid);
  }
  const args = [
    '-D',
    making,
    '-U',
    clusterOwner,
    '--auth=scram-sha-256',
    `--pwfile=${handedOver}`,
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ];
  const child = spawn(join(binaries, 'bin', 'initdb'), args, {
    ...(runAs ?? {}),
    cwd: making,
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
    await rm(making, { recursive: true, force: true });
    throw new EmbeddedPostgresFailed(explainLog(said.join('')));
  }
  await rm(cluster, { recursive: true, force: true });
  await rename(making, cluster);
}

const halfMade = '-making-';

async function removeHalfMade(cluster: string): Promise<void> {
  const beside = await readdir(dirname(cluster)).catch(() => []);
  for (const name of beside.filter((one) => one.startsWith(`${basename(cluster)}${halfMade}`)))
    await rm(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 5 });
}

/** Refuses a cluster of another major version. */
export async function checkVersion(cluster: string): Promise<void> {
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version !== '18') {
    throw new EmbeddedPostgresFailed(
      `数据文件夹里是 PostgreSQL ${version} 的数据，本版本使用 18，请先升级或另选 QUANCHENG_DATA。The data folder holds PostgreSQL ${version} data; this version runs 18.`,
    );
  }
}
