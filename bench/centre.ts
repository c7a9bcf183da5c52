/**
 * What the requests of the one-stop centre's screens cost at one client, in a county of that size: p50 and p95 over HTTP.
 * `npm run bench:centre -- --residents 500000 --data FOLDER` fills the folder once and keeps it; a second run measures
 * at once. `--only TEXT,TEXT` measures the acts whose name holds one of them. bench/README.md keeps a table.
 */
import { readFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { numberArgument, textArgument } from '#test/support/arguments.ts';
import { startProduct } from '#test/support/product.ts';
import { centreActs } from './centre-acts.ts';

const residents = numberArgument('residents', 50_000);
const dataFolder = textArgument('data');
const only = textArgument('only') ?? '';
/** Calls that are timed, after some that are not. */
const [timed, untimed] = [numberArgument('calls', 40), 3];
const aim = 100;

const load = loadavg()[0]?.toFixed(1);
const product = await startProduct({ residents, ...(dataFolder ? { dataFolder } : {}) });
const port = (await readFile(join(product.dataFolder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[3];
const password = (await readFile(join(product.dataFolder, 'owner-password'), 'utf8')).trim();
const owner = new pg.Pool({
  connectionString: `postgres://quancheng_owner:${password}@127.0.0.1:${port}/quancheng`,
  max: 2,
});

async function signIn(username: string): Promise<string> {
  const reply = await fetch(`${product.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'Quancheng-2026' }),
  });
  if (!reply.ok) throw new Error(`${username}: ${await reply.text()}`);
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

// biome-ignore lint/suspicious/noExplicitAny: a bench looks into whatever came back.
async function call(cookie: string, method: string, path: string, body?: unknown): Promise<any> {
  const reply = await fetch(product.url + path, {
    method,
    headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

const lines: string[] = [];
async function time(name: string, act: () => Promise<unknown>): Promise<void> {
  if (!only.split(',').some((one) => name.includes(one))) return;
  const times: number[] = [];
  for (let n = 0; n < untimed + timed; n++) {
    const from = performance.now();
    try {
      await act();
    } catch (error) {
      if (error instanceof RangeError) break;
      console.log(`${name}: ${String(error)}`);
      break;
    }
    if (n >= untimed) times.push(performance.now() - from);
  }
  if (times.length === 0) return;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const line = `| ${name} | ${times.length} | ${at(0.5).toFixed(1)} | ${at(0.95).toFixed(1)} | ${at(0.95) < aim ? '' : '**'} |`;
  lines.push(line);
  console.log(line);
}

const ended = await centreActs({ signIn, call, time, owner }).catch((error: unknown) => error);
if (ended) console.log(ended);
const { rows: sizes } = await owner.query<{ size: string; people: string }>(
  `select pg_size_pretty(pg_database_size('quancheng')) as size, (select count(*) from resident) as people`,
);
console.log(
  `\n${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 16)}; load at the start ${load}; ${sizes[0]?.people} residents, database ${sizes[0]?.size}; one client\n`,
);
console.log(
  `| request | calls | p50 ms | p95 ms | over ${aim} ms |\n|---|---|---|---|---|\n${lines.join('\n')}`,
);
await owner.end();
await product.end('SIGINT');
