import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Stops what a killed start left behind on this very cluster, and removes its stale lock: the server in order, and what
 * outlives a server that was itself killed. A session that computes does not notice that its server is gone, and holds
 * the memory the next one needs.
 */
export async function stopLeftover(cluster: string): Promise<void> {
  const lock = join(cluster, 'postmaster.pid');
  if (existsSync(lock)) {
    const processId = Number((await readFile(lock, 'utf8')).split('\n')[0]);
    if (await isOurPostgres(processId, cluster)) {
      process.kill(processId, 'SIGINT');
      if (!(await haveEnded([processId], 10_000))) process.kill(processId, 'SIGQUIT');
      await haveEnded([processId], 5_000);
    }
  }
  const orphans = await processesIn(cluster);
  for (const processId of orphans) if (isAlive(processId)) process.kill(processId, 'SIGQUIT');
  await haveEnded(orphans, 10_000);
  await rm(lock, { force: true });
}

async function isOurPostgres(processId: number, cluster: string): Promise<boolean> {
  if (!Number.isInteger(processId) || processId <= 1 || !isAlive(processId)) return false;
  // Without /proc (macOS, Windows) the lock's own word has to do: PostgreSQL refuses a second start on one cluster.
  if (!existsSync('/proc/self')) return true;
  const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '');
  return command.includes('postgres') && command.includes(cluster);
}

/** PostgreSQL's processes that work in this folder; without /proc none can be told. */
async function processesIn(cluster: string): Promise<number[]> {
  const place = await realpath(cluster).catch(() => undefined);
  if (place === undefined) return [];
  const found: number[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^[0-9]+$/.test(name)) continue;
    if ((await readlink(`/proc/${name}/cwd`).catch(() => '')) !== place) continue;
    const command = await readFile(`/proc/${name}/comm`, 'utf8').catch(() => '');
    if (command.trim() === 'postgres') found.push(Number(name));
  }
  return found;
}

/** Whether all have ended within this time. */
async function haveEnded(processIds: readonly number[], milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds && processIds.some(isAlive); waited += 50) await pause(50);
  return !processIds.some(isAlive);
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
