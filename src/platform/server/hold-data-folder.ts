import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotStart } from './config.ts';

/**
 * Takes the data folder for this process; a second copy on the same data is refused. A lock whose process is gone, or is
 * another program that got the same number, is taken over. Returns how to let go.
 */
export async function holdDataFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'running.lock');
  const mine = `${process.pid} ${await startMarkOf(process.pid)}`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(path, mine, { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const [pid, ...mark] = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ');
      if (await isRunning(Number(pid), mark.join(' '))) {
        throw new CannotStart(
          `另一个全程正在使用数据文件夹 ${folder}（进程 ${pid}）。Another copy is running on the data folder ${folder} (process ${pid}).`,
        );
      }
      await rm(path, { force: true });
    }
  }
  throw new CannotStart(`无法占用数据文件夹 ${folder}。The data folder ${folder} cannot be taken.`);
}

async function isRunning(pid: number, mark: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return (await startMarkOf(pid)) === mark;
}

/** When the process started, where the system tells; a reused number has another mark. */
async function startMarkOf(pid: number): Promise<string> {
  if (!existsSync('/proc/self/stat')) return '-';
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
}
