/**
 * Kills the server or the whole database with SIGKILL, again and again, while writers work through the API, and counts
 * what was acknowledged and is not there. `npm run rig:crash -- --kills 100`. The control runs the same rig with a
 * database told to acknowledge before the disk has it, and must report losses: a rig that cannot fail proves nothing.
 */
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { isRunAs, numberArgument } from '#test/support/arguments.ts';
import { openedOwnerOf, ownerOf } from '#test/support/fingerprint.ts';
import { type RunningProduct, startProduct } from '#test/support/product.ts';

interface Tally {
  kills: number;
  acknowledged: number;
  lost: number;
  /** Requests whose answer the kill cut off, sent again under the same id. */
  resent: number;
  /** Operations with more or fewer than one effect, and effects without their line in the trail. */
  wrongEffects: number;
  seconds: number;
}

/** One follow-up task after another of one person: each closing opens the next, so that a chain remembers its order. */
interface Chain {
  taskId: string;
  pending: { operationId: string; body: object } | undefined;
  readonly opened: string[];
  readonly operations: string[];
}

export async function runCrashes(input: {
  kills: number;
  writers: number;
  /** The planted fault: the database answers before its log is on disk. */
  isControl: boolean;
  say: (message: string) => void;
}): Promise<Tally> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'quancheng-crash-'));
  await chmod(dataFolder, 0o755);
  const from = performance.now();
  const tally: Tally = { kills: 0, acknowledged: 0, lost: 0, resent: 0, wrongEffects: 0, seconds: 0 };
  let product = await startProduct({ residents: 3000, dataFolder });
  try {
    if (input.isControl) {
      const owner = await ownerOf(dataFolder);
      await owner.query('alter role quancheng_app set synchronous_commit = off');
      // As long as it may take, so that a kill finds more in memory.
      await owner.query("alter system set wal_writer_delay = '10s'");
      await owner.query('select pg_reload_conf()');
      await owner.end();
    }
    const cookie = await signIn(product);
    const tasks = await openTasks(product, cookie, input.writers);
    const chains: Chain[] = tasks.map((taskId) => ({
      taskId,
      pending: undefined,
      opened: [],
      operations: [],
    }));
    while (tally.kills < input.kills) {
      let isKilled = false;
      const wanted = tally.acknowledged + 50 + Math.floor(Math.random() * 250);
      const kill = async () => {
        isKilled = true;
        // Two of three hit the database, the rest the server.
        if (tally.kills % 3 === 2) process.kill(await serverOf(dataFolder), 'SIGKILL');
        else for (const pid of await databaseOf(dataFolder)) killQuietly(pid);
        tally.kills += 1;
      };
      await Promise.all(
        chains.map(async (chain) => {
          while (!isKilled) {
            const done = await step(product, cookie, chain, tally);
            if (!done) break;
            if (tally.acknowledged >= wanted && !isKilled) await kill();
          }
        }),
      );
      if (!isKilled) await kill();
      await product.end('SIGTERM');
      product = await startProduct({ residents: 3000, dataFolder });
      await check(dataFolder, chains, tally);
      for (const chain of chains) {
        if (!chain.pending) continue;
        tally.resent += 1;
        await step(product, cookie, chain, tally);
      }
      if (tally.kills % 10 === 0)
        input.say(`  ${tally.kills} 次，已确认 ${tally.acknowledged}，丢失 ${tally.lost}`);
      if (input.isControl && tally.lost > 0) break;
    }
    await check(dataFolder, chains, tally);
    if (!input.isControl) tally.wrongEffects = await countWrongEffects(dataFolder, chains);
  } finally {
    await product.end('SIGINT').catch(() => undefined);
    await rm(dataFolder, { recursive: true, force: true });
  }
  tally.seconds = Math.round((performance.now() - from) / 1000);
  return tally;
}

/** Closes the chain's task, or sends the last request again; false when no answer came. */
async function step(product: RunningProduct, cookie: string, chain: Chain, tally: Tally): Promise<boolean> {
  const pending = chain.pending ?? newRequest(chain);
  chain.pending = pending;
  const reply = await fetch(`${product.url}/api/tasks/${chain.taskId}/close`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(pending.body),
  }).catch(() => undefined);
  const body = (await reply?.json().catch(() => undefined)) as { nextTask?: { id: string } } | undefined;
  if (reply?.status !== 200 || !body?.nextTask) return false;
  chain.pending = undefined;
  chain.taskId = body.nextTask.id;
  chain.opened.push(body.nextTask.id);
  chain.operations.push(pending.operationId);
  tally.acknowledged += 1;
  return true;
}

function newRequest(chain: Chain) {
  const operationId = uuidv7();
  const nextDueOn = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  return {
    operationId,
    body: { operationId, reason: 'replanned', note: `第 ${chain.opened.length} 次`, nextDueOn },
  };
}

/** What was acknowledged and the database does not hold; all of it is asked again every time. */
async function check(dataFolder: string, chains: readonly Chain[], tally: Tally): Promise<void> {
  const owner = await ownerOf(dataFolder);
  const { rows } = await owner.query<{ id: string }>(
    'select id from follow_up_task where id = any($1::uuid[])',
    [chains.flatMap((chain) => chain.opened)],
  );
  await owner.end();
  const held = new Set(rows.map((row) => row.id));
  tally.lost = chains.flatMap((chain) => chain.opened).filter((id) => !held.has(id)).length;
}

/** Each operation has one row, one next task and one line in the trail: no half of a transaction, no second effect. */
async function countWrongEffects(dataFolder: string, chains: readonly Chain[]): Promise<number> {
  // An answer that might hold somebody's number is kept sealed: it is read opened.
  const owner = await openedOwnerOf(dataFolder);
  let wrong = 0;
  for (const chain of chains) {
    const { rows: operations } = await owner.query<{ id: string; response: { nextTask?: { id: string } } }>(
      'select id, response from operation where id = any($1::uuid[])',
      [chain.operations],
    );
    const { rows } = await owner.query<{ tasks: string }>(
      'select count(*) as tasks from follow_up_task where id = any($1::uuid[])',
      [chain.opened],
    );
    const answered = new Set(operations.flatMap((one) => one.response.nextTask?.id ?? []));
    const trail = await owner.query<{ lines: string }>(
      `select count(*) as lines from audit_entry where action = 'follow-up-task.close' and subject = any($1::text[])`,
      [chain.opened.slice(0, -1)],
    );
    const [found] = rows;
    const expected = chain.operations.length;
    wrong += Math.abs(operations.length - expected);
    wrong += Math.abs(Number(found?.tasks) - expected);
    wrong += Math.abs(chain.opened.filter((id) => answered.has(id)).length - expected);
    wrong += Math.abs(Number(trail.rows[0]?.lines) - Math.max(0, expected - 1));
  }
  await owner.end();
  return wrong;
}

async function signIn(product: RunningProduct): Promise<string> {
  const reply = await fetch(`${product.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'specialist', password: 'Quancheng-2026' }),
  });
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function openTasks(product: RunningProduct, cookie: string, count: number): Promise<string[]> {
  const reply = await fetch(`${product.url}/api/worklist?limit=${count}`, { headers: { cookie } });
  const { items } = (await reply.json()) as { items: { id: string }[] };
  if (items.length < count) throw new Error(`only ${items.length} open tasks`);
  return items.map((item) => item.id);
}

async function serverOf(dataFolder: string): Promise<number> {
  return Number((await readFile(join(dataFolder, 'running.lock'), 'utf8')).split(' ')[0]);
}

/** The postmaster and all its children, so that none is left to write anything. */
async function databaseOf(dataFolder: string): Promise<number[]> {
  const postmaster = Number(
    (await readFile(join(dataFolder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0],
  );
  const children: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === postmaster)
      children.push(Number(name));
  }
  return [postmaster, ...children];
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went with its parent.
  }
}

if (isRunAs('crash.ts')) {
  const kills = numberArgument('kills', 100);
  console.log(`${cpus().length} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
  console.log(`kill -9 while 16 writers work, ${kills} times`);
  const tally = await runCrashes({ kills, writers: 16, isControl: false, say: console.log });
  console.log(JSON.stringify(tally));
  console.log('control: synchronous_commit = off, until it loses something');
  const control = await runCrashes({ kills: 30, writers: 16, isControl: true, say: console.log });
  console.log(JSON.stringify(control));
  process.exit(tally.lost === 0 && tally.wrongEffects === 0 && control.lost > 0 ? 0 : 1);
}
