import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#platform/server/config.ts';
import { fingerprint } from '#test/support/fingerprint.ts';
import { restoreCounty } from './restore-county.ts';
import { startQuancheng } from './start-quancheng.ts';

let folder: string;
/** A project of its own, whose migrations a test may add to. */
let project: string;
const migrations = () => join(project, 'src/platform/server/database/migrations');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quancheng-upgrade-'));
  await chmod(folder, 0o755);
  project = join(folder, 'project');
  await mkdir(migrations(), { recursive: true });
  await cp(
    fileURLToPath(new URL('../../platform/server/database/migrations', import.meta.url)),
    migrations(),
    {
      recursive: true,
    },
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const configOf = (name: string) =>
  readConfig({ QUANCHENG_DATA: join(folder, name), QUANCHENG_DEMO_RESIDENTS: '200' }, project);

/** Starts without serving, lets `work` use the owner's connection, stops. */
async function withDatabase<T>(name: string, work: (client: pg.Client) => Promise<T>, said: string[] = []) {
  await mkdir(join(folder, name), { recursive: true });
  const running = await startQuancheng({
    config: configOf(name),
    projectFolder: project,
    say: (message) => void said.push(message),
    serve: false,
  });
  const client = new pg.Client({ connectionString: running.ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
    await running.stop();
  }
}

describe('an upgrade of real data', () => {
  it('is preceded by a backup that brings the old version back as it was', async () => {
    const before = await withDatabase('county', async (client) => {
      await client.query('update county set is_demo = false');
      return fingerprint(client);
    });
    expect(await readdir(join(folder, 'county/backups')).catch(() => [])).toEqual([]);

    await writeFile(
      join(migrations(), '9998-new-version.sql'),
      "alter table county add column motto text not null default '防筛诊治管康';\ncomment on column county.motto is '县训｜L1';\n",
    );
    const said: string[] = [];
    await withDatabase('county', (client) => client.query("update county set motto = '新版写的'"), said);
    expect(said.join('\n')).toMatch(/先备份[\s\S]*核对完好[\s\S]*如需退回旧版[\s\S]*9998-new-version/);
    const [backup, ...more] = await readdir(join(folder, 'county/backups'));
    expect(more).toEqual([]);

    await rm(join(migrations(), '9998-new-version.sql'));
    await mkdir(join(folder, 'rolled-back'));
    await restoreCounty(
      configOf('rolled-back'),
      {
        from: join(folder, 'county/backups', backup ?? ''),
        keyFile: join(folder, 'county/keys/root-key'),
        logArchive: undefined,
        until: undefined,
      },
      () => undefined,
    );
    expect(await withDatabase('rolled-back', fingerprint)).toEqual(before);
  }, 120_000);

  it('that fails half way leaves the data as they were, and the same start works once the step is mended', async () => {
    const before = await withDatabase('rolled-back', fingerprint);
    const broken = join(migrations(), '9999-broken.sql');
    await writeFile(broken, 'alter table county add column half text;\nselect 1 / 0;\n');
    await expect(withDatabase('rolled-back', fingerprint)).rejects.toThrow(/division by zero/);
    await rm(broken);
    expect(await withDatabase('rolled-back', fingerprint)).toEqual(before);
  }, 120_000);
});
