import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs `npm ci` when what is installed is not what the lock file says. */
export function ensureInstalled(project) {
  if (isInstalled(project)) return;
  console.log('正在安装依赖（首次需要一两分钟）…');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: project,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) {
    console.error(
      '安装依赖失败，请检查网络后重试。Installing the packages failed; check the network and try again.',
    );
    process.exit(1);
  }
}

/** Every package of the lock is there in its version; those for other machines may be absent. */
function isInstalled(project) {
  const read = (path) => JSON.parse(readFileSync(join(project, path), 'utf8')).packages;
  if (!existsSync(join(project, 'node_modules/.package-lock.json'))) return false;
  const installed = read('node_modules/.package-lock.json');
  return Object.entries(read('package-lock.json')).every(
    ([path, wanted]) =>
      path === '' || (installed[path] ? installed[path].version === wanted.version : wanted.optional),
  );
}
