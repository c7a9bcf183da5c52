/**
 * How long a demo county takes to fill, phase by phase, as the product itself says while it does it, and what each phase
 * takes of the processors. `npm run bench:fill -- --residents 1000000`. With `--people` it ends after the first phase:
 * people and their visits, made, sealed and copied. A throw-away folder, removed afterwards.
 */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#platform/server/database/embedded-postgres.ts';
import { hasArgument, numberArgument } from '#test/support/arguments.ts';
import { runStart } from '#test/support/product.ts';
import { processorTime } from './processor-time.ts';

const residents = numberArgument('residents', 200_000);
const folder = await mkdtemp(join(tmpdir(), 'quancheng-fill-'));
await chmod(folder, 0o755);
console.log(
  `${residents} residents, ${cpus().length} processors, Node ${process.versions.node}, ${new Date().toISOString()}, load ${loadavg()[0]?.toFixed(1)}`,
);

/** What the server and its database have used until now, in seconds. */
async function used(): Promise<{ server: number; database: number }> {
  const server = Number((await readFile(join(folder, 'running.lock'), 'utf8')).split(' ')[0]);
  const postmaster = Number((await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
  const time = processorTime(server, postmaster);
  return { server: time.server / 1000, database: time.database / 1000 };
}

const run = runStart({
  PORT: String(await freePort()),
  QUANCHENG_DATA: folder,
  QUANCHENG_DEMO_RESIDENTS: String(residents),
});
let began = 0;
let last = { server: 0, database: 0 };
let told = Promise.resolve();
/** One line of what the product says. */
async function hear(line: string): Promise<void> {
  if (line.startsWith('正在生成演示县（')) {
    began = performance.now();
    last = await used();
  }
  if (!/^\S+：[\d.]+ 秒/.test(line)) return;
  const now = await used();
  const each = (part: 'server' | 'database') =>
    `${Math.round(((now[part] - last[part]) * 1e6) / residents)} µs`;
  console.log(`${line}；处理器每人：服务器 ${each('server')}，数据库 ${each('database')}`);
  last = now;
}
const peopleOnly = hasArgument('people');
const lastLine = peopleOnly ? '居民与随访：' : '按 Ctrl-C 停止';
const ready = new Promise<void>((resolve, reject) => {
  let rest = '';
  run.child.stdout.on('data', (text: Buffer) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) told = told.then(() => hear(line));
    if (text.includes(lastLine)) resolve();
  });
  void run.ended.then((code) => reject(new Error(`ended with ${code}: ${run.said()}`)));
});
try {
  await ready;
  await told;
  const seconds = (performance.now() - began) / 1000;
  if (!peopleOnly) console.log(`全部：${seconds.toFixed(1)} 秒，每秒 ${Math.round(residents / seconds)} 人`);
} finally {
  run.child.kill('SIGINT');
  await run.ended;
  await rm(folder, { recursive: true, force: true });
}
