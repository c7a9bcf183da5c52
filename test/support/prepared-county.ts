import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Where a run of tests keeps the counties its files begin with; set by the run, unset for a rig. */
export const preparedCounties = 'QUANCHENG_PREPARED_COUNTIES';

/**
 * The folder of a county that was made once in this run and stopped. Whoever asks first makes it, in any process; whoever
 * asks meanwhile waits. One that could not be made is tried again by the next.
 */
export async function preparedCounty(
  root: string,
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const whole = join(root, name);
  const making = `${whole}-making`;
  while (!existsSync(whole)) {
    const isMine = await mkdir(making, { mode: 0o755 }).then(
      () => true,
      () => false,
    );
    if (!isMine) {
      await pause(50);
      continue;
    }
    if (existsSync(whole)) {
      await rm(making, { recursive: true, force: true });
      break;
    }
    try {
      await make(making);
      await leaveEmptyLog(making);
      await rename(making, whole);
    } catch (error) {
      await rm(making, { recursive: true, force: true });
      throw error;
    }
  }
  return whole;
}

/** Copies it with its owners, since the database's user may be another than ours. */
export async function copyCounty(prepared: string, folder: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', `${prepared}/.`, folder]);
}

/** After an orderly stop only the first file of the log is read again; those after it wait to be written. */
async function leaveEmptyLog(folder: string): Promise<void> {
  const log = join(folder, 'postgres/pg_wal');
  const [, ...waiting] = (await readdir(log)).filter((file) => /^[0-9A-F]{24}$/.test(file)).sort();
  for (const file of waiting) await rm(join(log, file));
}
