import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Stops the server that a killed start left behind on this very cluster, and removes its stale lock. */
export async function stopLeftover(cluster: string): Promise<void> {
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
