import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '#platform/server/database/embedded-postgres.ts';
import { answerAsOldPostgres } from '#test/support/old-postgres.ts';
import { type RunningProduct, runStart, startProduct } from '#test/support/product.ts';
import { startTestCluster } from '#test/support/server.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quancheng-start-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command to its end and gives what it said. */
async function failing(env: Record<string, string>, args: readonly string[] = []) {
  const run = runStart({ QUANCHENG_DEMO_RESIDENTS: '300', ...env }, args);
  return { code: await run.ended, said: run.said() };
}

describe('a start that cannot be says why in one sentence', () => {
  it('when the port is taken', async () => {
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    });
    const { port } = taken.address() as { port: number };
    const { code, said } = await failing({ PORT: String(port), QUANCHENG_DATA: join(folder, 'a') });
    taken.close();
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`端口 ${port} 已被占用`));
  });

  it('when the data folder cannot be written', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const { code, said } = await failing({
      PORT: String(await freePort()),
      QUANCHENG_DATA: join(folder, 'a-file'),
    });
    expect(code).toBe(1);
    expect(said).toMatch(/不可写/);
    expect(said).not.toMatch(/\bat .*\.js:\d+/);
  });

  it('when the data are of another PostgreSQL', async () => {
    await mkdir(join(folder, 'old/postgres'), { recursive: true });
    await writeFile(join(folder, 'old/postgres/PG_VERSION'), '14\n');
    const { code, said } = await failing({
      PORT: String(await freePort()),
      QUANCHENG_DATA: join(folder, 'old'),
    });
    expect(code).toBe(1);
    expect(said).toMatch(/PostgreSQL 14/);
  });

  it('when the PostgreSQL at DATABASE_URL is older than 15', async () => {
    const old = await answerAsOldPostgres();
    const { code, said } = await failing({
      PORT: String(await freePort()),
      QUANCHENG_DATA: join(folder, 'foreign'),
      DATABASE_URL: `postgres://somebody:secret@127.0.0.1:${old.port}/county`,
    });
    old.close();
    expect(code).toBe(1);
    expect(said).toMatch(/PostgreSQL 版本过低（14），需要 15 或更高/);
    expect(said).not.toMatch(/\bat .*\.js:\d+/);
    // Nothing but its version was asked of a server we do not serve on.
    expect(old.asked).toHaveLength(1);
  });

  it('when PORT or DATABASE_URL make no sense', async () => {
    const wrongPort = await failing({ PORT: 'abc', QUANCHENG_DATA: join(folder, 'b') });
    expect([wrongPort.code, wrongPort.said]).toEqual([1, expect.stringContaining('PORT 应为')]);
    const away = await failing({
      PORT: String(await freePort()),
      QUANCHENG_DATA: join(folder, 'b'),
      DATABASE_URL: `postgres://x:y@127.0.0.1:${await freePort()}/none`,
    });
    expect([away.code, away.said]).toEqual([1, expect.stringContaining('连不上')]);
  });
});

describe('a start on data that are there', () => {
  let product: RunningProduct;
  const sessionOf = async (url: string) => {
    const reply = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'village', password: 'Quancheng-2026' }),
    });
    return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };

  it('refuses a second copy, survives kill -9 with every acknowledged write, and stops cleanly', async () => {
    const dataFolder = join(folder, 'county');
    product = await startProduct({ residents: 2000, dataFolder });
    const second = await failing({ PORT: String(await freePort()), QUANCHENG_DATA: dataFolder });
    expect([second.code, second.said]).toEqual([1, expect.stringContaining('另一个全程正在使用')]);

    for (let round = 0; round < 3; round++) {
      const cookie = await sessionOf(product.url);
      const call = async (method: string, path: string, body?: unknown) => {
        const reply = await fetch(product.url + path, {
          method,
          headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        return { status: reply.status, body: await reply.json() };
      };
      const work = (await call('GET', '/api/worklist?limit=100')).body.items as { id: string }[];
      const acknowledged: string[] = [];
      let killed = false;
      const writing = Promise.all(
        work.slice(0, 12).map(async ({ id }) => {
          const reply = await call('POST', `/api/tasks/${id}/close`, {
            operationId: uuidv7(),
            reason: 'replanned',
            note: `第 ${round} 轮`,
            nextDueOn: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10),
          }).catch(() => undefined);
          if (reply?.status === 200) acknowledged.push(reply.body.nextTask.id);
          // The kill comes after the first few answers, while others are on their way.
          if (acknowledged.length >= 3 && !killed) {
            killed = true;
            process.kill(Number(await lockedBy(dataFolder)), 'SIGKILL');
          }
        }),
      );
      await writing;
      await product.end('SIGTERM');
      product = await startProduct({ residents: 2000, dataFolder });
      const stored = await storedTasks(dataFolder, acknowledged);
      expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
      expect(killed).toBe(true);
    }
    expect(await product.end('SIGINT')).toBe(0);
  }, 240_000);
});

/** Which of these tasks the database holds, asked of the database itself. */
async function storedTasks(dataFolder: string, ids: readonly string[]): Promise<Set<string>> {
  const lock = (await readFile(join(dataFolder, 'postgres/postmaster.pid'), 'utf8')).split('\n');
  const password = (await readFile(join(dataFolder, 'owner-password'), 'utf8')).trim();
  const client = new pg.Client({
    connectionString: `postgres://quancheng_owner:${password}@127.0.0.1:${lock[3]}/quancheng`,
  });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    'select id from follow_up_task where id = any($1::uuid[])',
    [ids],
  );
  await client.end();
  return new Set(rows.map((row) => row.id));
}

async function lockedBy(dataFolder: string): Promise<string> {
  return (await readFile(join(dataFolder, 'running.lock'), 'utf8')).split(' ')[0] ?? '';
}

describe('Ctrl-C while the county is still being made', () => {
  it('ends cleanly, and the next start makes it from the beginning', async () => {
    const env = { QUANCHENG_DATA: join(folder, 'halfway'), QUANCHENG_DEMO_RESIDENTS: '20000' };
    const run = runStart({ ...env, PORT: String(await freePort()) });
    await run.saying('/ 20000 人');
    run.child.kill('SIGINT');
    expect([await run.ended, run.said()]).toEqual([0, expect.stringContaining('正在停止')]);
    expect(run.said()).not.toMatch(/Error:|已启动/);
    const product = await startProduct({ residents: 300, dataFolder: env.QUANCHENG_DATA });
    expect(product.said()).toContain('正在生成演示县（300 人');
    expect(await product.end('SIGINT')).toBe(0);
  }, 120_000);
});

describe('a first start killed at any point', () => {
  /** Starts, and kills the server with its database's processes the moment it says this. */
  async function killedAt(dataFolder: string, residents: number, said: string): Promise<void> {
    const run = runStart({
      QUANCHENG_DATA: dataFolder,
      QUANCHENG_DEMO_RESIDENTS: String(residents),
      PORT: String(await freePort()),
    });
    await run.saying(said);
    const postmaster = await readFile(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
    process.kill(Number(await lockedBy(dataFolder)), 'SIGKILL');
    if (postmaster) process.kill(Number(postmaster.split('\n')[0]), 'SIGKILL');
    expect([await run.ended, run.said()]).toEqual([1, expect.not.stringContaining('已启动')]);
  }

  it('is made up by the next: the cluster, the schema, the people, the indexes', async () => {
    const dataFolder = join(folder, 'first');
    await killedAt(dataFolder, 300, '正在初始化数据库');
    await killedAt(dataFolder, 300, '0005-visits.sql');
    await killedAt(dataFolder, 300, '正在生成演示县（');
    await killedAt(dataFolder, 50_001, '正在建立索引');
    const product = await startProduct({ residents: 300, dataFolder });
    expect(product.said()).toContain('正在生成演示县（300 人');
    expect(await product.end('SIGINT')).toBe(0);
    const again = await startProduct({ residents: 300, dataFolder });
    expect(again.said()).not.toContain('正在生成演示县');
    expect(await again.end('SIGINT')).toBe(0);
  }, 240_000);
});

describe('in a home that lets nobody pass', () => {
  it('starts all the same, as root too, and says where the database lies', async () => {
    const dataFolder = join(folder, 'private/data');
    await mkdir(dataFolder, { recursive: true });
    await chmod(join(folder, 'private'), 0o700);
    const run = runStart({
      PORT: String(await freePort()),
      QUANCHENG_DATA: dataFolder,
      QUANCHENG_DEMO_RESIDENTS: '300',
    });
    await run.saying('按 Ctrl-C');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
    const elsewhere = await readFile(join(dataFolder, 'postgres-is-at'), 'utf8').catch(() => undefined);
    expect(elsewhere !== undefined).toBe(process.getuid?.() === 0);
    if (elsewhere) await rm(elsewhere.trim(), { recursive: true, force: true });
  }, 120_000);
});

describe('for real use', () => {
  it('empties the demo county on somebody’s own PostgreSQL and lets the three first administrators in, each for their own', async () => {
    const cluster = await startTestCluster();
    const env = {
      QUANCHENG_DATA: join(folder, 'real'),
      DATABASE_URL: cluster.embedded.ownerUrl,
      QUANCHENG_DEMO_RESIDENTS: '300',
    };
    const port = await freePort();
    const demo = runStart({ ...env, PORT: String(port) });
    await demo.saying('按 Ctrl-C');
    demo.child.kill('SIGINT');
    expect(await demo.ended).toBe(0);
    const emptied = await failing(env, [
      '--empty-for-real-use',
      '--county-code',
      '999998',
      '--county-name',
      '新县',
    ]);
    expect(emptied.code).toBe(0);
    const first = [...emptied.said.matchAll(/用户名 (\S+)，一次性口令：(\S+?)（/g)];
    const twice = await failing(env, ['--empty-for-real-use']);
    expect([twice.code, twice.said]).toEqual([1, expect.stringContaining('正式数据')]);
    const real = runStart({ ...env, PORT: String(port) });
    await real.saying('已启动');
    const system = await (await fetch(`http://localhost:${port}/api/system`)).json();
    expect(system).toMatchObject({ isDemo: false, countyName: '新县' });
    const entered = await Promise.all(
      first.map(async ([, username, password]) => {
        const reply = await fetch(`http://localhost:${port}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ username, password }),
        });
        const { role, mustChangePassword } = (await reply.json()) as Record<string, unknown>;
        return [role, mustChangePassword];
      }),
    );
    expect(entered).toEqual([
      ['administrator', true],
      ['security-administrator', true],
      ['audit-administrator', true],
    ]);
    real.child.kill('SIGINT');
    expect(await real.ended).toBe(0);
    // Nobody is missing, and one more of a kind is made only where it is named.
    expect((await failing(env, ['--administrators'])).said).toContain('都已有');
    const more = await failing(env, ['--administrators', 'security-administrator']);
    expect(more.said).toMatch(/安全管理员：用户名 security-admin，一次性口令：/);
    expect((await failing(env, ['--administrators', 'somebody'])).code).toBe(1);
    await cluster.stop();
  }, 180_000);
});
