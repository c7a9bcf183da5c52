import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateTest, startTestCluster, type TestCluster } from '#test/support/server.ts';
import { assertSafeDatabase } from './assert-safe-database.ts';

let cluster: TestCluster;
let owner: pg.Client;
beforeAll(async () => {
  cluster = await startTestCluster();
  await migrateTest(cluster.embedded.ownerUrl);
  owner = new pg.Client({ connectionString: cluster.embedded.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await cluster.stop();
});

const check = (now = new Date()) => assertSafeDatabase({ ownerUrl: cluster.embedded.ownerUrl, now });

/** What is found wrong while something is wrong, and nothing after it was mended. */
async function whileWrong(spoil: string, mend: string): Promise<string> {
  for (const one of spoil.split(';')) await owner.query(one);
  const found = await check().then(
    () => 'nothing',
    (error: Error) => error.message,
  );
  for (const one of mend.split(';')) await owner.query(one);
  await check();
  return found;
}

describe('the server', () => {
  it('starts on its own database as migrated', async () => {
    await expect(check()).resolves.toBeUndefined();
  });

  it('refuses a database that forgets what was acknowledged', async () => {
    const set = (name: string) => `alter database postgres set ${name} = off`;
    const database = (await owner.query('select current_database() as name')).rows[0].name;
    const forgetful = set('synchronous_commit').replace('postgres', database);
    expect(await whileWrong(forgetful, `alter database ${database} reset synchronous_commit`)).toContain(
      'synchronous_commit=off',
    );
    // fsync is set for the whole server and read again on a signal.
    const system = async (statement: string) => {
      await owner.query(statement);
      await owner.query('select pg_reload_conf()');
      for (let i = 0; i < 200; i++) {
        const fresh = new pg.Client({ connectionString: cluster.embedded.ownerUrl });
        await fresh.connect();
        const { rows } = await fresh.query("select setting from pg_settings where name = 'full_page_writes'");
        await fresh.end();
        if ((rows[0].setting === 'off') === statement.includes('off')) return;
      }
      throw new Error('not taken');
    };
    await system('alter system set full_page_writes = off');
    await expect(check()).rejects.toThrow('full_page_writes=off');
    await system('alter system reset full_page_writes');
    await expect(check()).resolves.toBeUndefined();
  });

  it('refuses a table without its wall, and an application that could pass it', async () => {
    expect(
      await whileWrong(
        'alter table resident no force row level security',
        'alter table resident force row level security',
      ),
    ).toContain('表 resident 没有强制行级安全');
    expect(
      await whileWrong(
        'alter table measurement disable row level security',
        'alter table measurement enable row level security',
      ),
    ).toContain('表 measurement');
    expect(
      await whileWrong('alter role quancheng_app bypassrls', 'alter role quancheng_app nobypassrls'),
    ).toContain('能越过行级安全');
  });

  it('refuses an application that could change the trail', async () => {
    for (const right of ['update', 'delete', 'truncate'])
      expect(
        await whileWrong(
          `grant ${right} on audit_entry to quancheng_app`,
          `revoke ${right} on audit_entry from quancheng_app`,
        ),
      ).toContain('能改动审计记录');
  });

  it('refuses a clock more than five seconds off, not less', async () => {
    await expect(check(new Date(Date.now() - 3_000))).resolves.toBeUndefined();
    await expect(check(new Date(Date.now() + 8_000))).rejects.toThrow('时钟相差');
    await expect(check(new Date(Date.now() - 8_000))).rejects.toThrow('时钟相差');
  });
});
