// One command: installs what is missing, builds what changed, starts the county. Plain JavaScript, no dependency,
// since it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    `需要 Node 20 或更高，现在是 ${process.versions.node}。Node 20 or later is needed, this is ${process.versions.node}.`,
  );
  process.exit(1);
}
ensureInstalled(project);
const build = spawnSync(process.execPath, [join(project, 'scripts/build.mjs')], {
  stdio: 'inherit',
  cwd: project,
});
if (build.status !== 0) process.exit(build.status ?? 1);

const entry = join(project, 'dist/server/main.js');
if (!existsSync(entry)) {
  console.error('构建没有产生服务器程序。The build produced no server.');
  process.exit(1);
}
const server = spawn(process.execPath, ['--enable-source-maps', entry, ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: project,
  env: { ...process.env, QUANCHENG_PROJECT: project, NODE_ENV: 'production' },
});
// Ctrl-C in a terminal reaches the server by itself, a signal to this process is passed on; it stops once. We wait.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
