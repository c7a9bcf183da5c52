import { access, chmod, constants, mkdtemp, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const gibibyte = 2 ** 30;

/**
 * A new folder for a database that nobody needs after the test: in memory where the machine has plenty, since making and
 * removing dozens of clusters on a disk is most of what a run would spend in the system. Tests of what a disk keeps
 * (start, backup, upgrade, a full disk) make theirs elsewhere.
 */
export async function throwAwayFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join((await hasRoomInMemory()) ? memory : tmpdir(), prefix));
  await chmod(folder, 0o755);
  return folder;
}

async function hasRoomInMemory(): Promise<boolean> {
  try {
    await access(memory, constants.W_OK);
    const { bavail, bsize } = await statfs(memory);
    return bavail * bsize > 2 * gibibyte && freemem() > 3 * gibibyte;
  } catch {
    return false;
  }
}
