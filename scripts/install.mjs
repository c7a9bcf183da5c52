import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Runs `npm ci` when the packages are missing or older than the lock file. */
export function ensureInstalled(project) {
  const done = join(project, 'node_modules/.package-lock.json');
  const lock = join(project, 'package-lock.json');
  if (existsSync(done) && statSync(done).mtimeMs >= statSync(lock).mtimeMs - 1000) return;
  console.log('正在安装依赖（首次需要一两分钟）…');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: project, stdio: 'inherit' });
  if (install.status !== 0) {
    console.error('安装依赖失败，请检查网络后重试。Installing the packages failed; check the network and try again.');
    process.exit(1);
  }
}
