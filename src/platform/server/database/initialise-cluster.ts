import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresFailed, explainLog } from './embedded-postgres-failed.ts';
import { libraryEnvironment, type RunAs } from './place-postgres.ts';

/** The role that owns everything in an embedded cluster. */
export const clusterOwner = 'quancheng_owner';

/** Makes a new cluster with its owner and a password of its own; leaves nothing when it fails. */
export async function initialiseCluster(
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
    clusterOwner,
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
    throw new EmbeddedPostgresFailed(explainLog(said.join('')));
  }
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
