import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#platform/server/config.ts';
import { type FieldSeals, fieldSeals } from '#platform/server/crypto/field-seals.ts';
import { openingClient } from '#platform/server/crypto/open-rows.ts';
import { columnTypes } from '#platform/server/database/open-database.ts';
import { locateCluster } from '#platform/server/database/place-postgres.ts';
import { findPlain } from '#test/support/find-plain.ts';
import { fingerprint } from '#test/support/fingerprint.ts';
import { unsealCounty } from '#test/support/unseal-county.ts';
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

/** Starts without serving, lets `work` use the owner's connection and one that opens what is sealed, stops. */
async function withDatabase<T>(
  name: string,
  work: (client: pg.Client, opened: pg.Client, seals: FieldSeals) => Promise<T>,
  said: string[] = [],
) {
  await mkdir(join(folder, name), { recursive: true });
  const running = await startQuancheng({
    config: configOf(name),
    projectFolder: project,
    say: (message) => void said.push(message),
    serve: false,
  });
  const seals = fieldSeals(running.keys, running.countyId);
  const client = new pg.Client({ connectionString: running.ownerUrl });
  const opened = new (openingClient(seals, () => undefined))({
    connectionString: running.ownerUrl,
    types: columnTypes,
  });
  await Promise.all([client.connect(), opened.connect()]);
  try {
    return await work(client, opened, seals);
  } finally {
    await Promise.all([client.end(), opened.end()]);
    await running.stop();
  }
}

const lookerOf = (client: pg.Client) => ({
  lookRaw: async <T extends pg.QueryResultRow>(text: string) => (await client.query<T>(text)).rows,
});

/** How many of these numbers stand in the bytes of any file below these folders. */
async function countInFiles(folders: readonly string[], marks: readonly string[]): Promise<number> {
  const wanted = new Set(marks);
  const lengths = [...new Set(marks.map((mark) => mark.length))];
  const found = new Set<string>();
  for (const top of folders)
    for (const entry of await readdir(top, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name), 'latin1');
      for (const [run] of bytes.matchAll(/\d{11,}[Xx]?/g))
        for (const length of lengths)
          for (let at = 0; at + length <= run.length; at++)
            if (wanted.has(run.slice(at, at + length))) found.add(run.slice(at, at + length));
    }
  return found.size;
}

/** What 0025 did to the schema, undone: numbers found by themselves, read backwards for their tails. */
const asBefore0025 = `
  drop table sealed_table;
  drop index resident_identity, resident_by_identity, resident_by_id_tail, resident_by_phone, resident_by_phone_tail;
  alter table resident drop column id_no_index, drop column identity_index, drop column id_tail_index,
    drop column phone_index, drop column phone_tail_index,
    add column id_no_reversed text collate "C" generated always as (reverse(id_no)) stored,
    add column phone_reversed text collate "C" generated always as (reverse(phone)) stored;
  create unique index resident_identity on resident (county_id, id_type, id_no) where id_no is not null;
  create index resident_by_id_tail on resident (county_id, id_no_reversed);
  create index resident_by_phone_tail on resident (county_id, phone_reversed);
  delete from schema_migration where name in ('0025-sealed-fields.sql', '0046-sealed-questions.sql')`;

/** Who the people are and what finds them, opened. */
const readPeople = async (opened: pg.Client) =>
  (
    await opened.query(
      `select id, name, archive_no, id_no, phone, personal_information, encode(identity_index, 'hex') as found_by,
         encode(phone_tail_index, 'hex') as found_by_tail from resident order by id`,
    )
  ).rows;

describe('an upgrade of real data', () => {
  it('is preceded by a backup that brings the old version back as it was', async () => {
    const [before, people] = await withDatabase('county', async (client, opened) => {
      await client.query('update county set is_demo = false');
      return [await fingerprint(client), await readPeople(opened)] as const;
    });
    expect(await readdir(join(folder, 'county/backups')).catch(() => [])).toEqual([]);
    // CRY-03: neither in the files of the database nor in its log; what may lie open is found there by the same search.
    const cluster = (await locateCluster(join(folder, 'county'))) ?? '';
    const read = (marks: string[]) => countInFiles([cluster, join(folder, 'county')], marks);
    expect(await read(people.map((one) => one.archive_no))).toBe(people.length);
    expect(await read(people.flatMap((one) => [one.id_no, one.phone].filter(Boolean)))).toBe(0);

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
        erasures: undefined,
        erasuresKey: undefined,
        withoutErasures: true,
      },
      () => undefined,
    );
    expect(await withDatabase('rolled-back', fingerprint)).toEqual(before);
    // What lay sealed opens with the key that was kept apart.
    expect(await withDatabase('rolled-back', (_, opened) => readPeople(opened))).toEqual(people);
    expect(people.filter((one) => /^\d{11}$/.test(one.phone)).length).toBeGreaterThan(100);
  }, 120_000);

  it('of the version that kept numbers open seals them before it serves, after a backup; nobody is lost or harder to find', async () => {
    const before = await withDatabase('rolled-back', async (client, opened, seals) => {
      const people = await readPeople(opened);
      await unsealCounty({ opened, raw: client, seals });
      await client.query(asBefore0025);
      expect((await findPlain(lookerOf(client))).length).toBeGreaterThan(500);
      return people;
    });
    const said: string[] = [];
    await withDatabase(
      'rolled-back',
      async (client, opened) => {
        expect(await findPlain(lookerOf(client))).toEqual([]);
        expect(await readPeople(opened)).toEqual(before);
      },
      said,
    );
    expect(said.join('\n')).toMatch(/先备份[\s\S]*0025-sealed-fields[\s\S]*正在密封旧数据/);
    await expect(
      withDatabase('rolled-back', (client) => client.query("update resident set phone = '13800000000'")),
    ).rejects.toThrow('resident_phone_sealed');
  }, 120_000);

  it('without the root key does not start, makes no new one, and starts again with the old', async () => {
    const key = join(folder, 'rolled-back/keys/root-key');
    const people = await withDatabase('rolled-back', (_, opened) => readPeople(opened));
    await rename(key, `${key}.away`);
    await expect(withDatabase('rolled-back', fingerprint)).rejects.toThrow(/找不到密钥文件/);
    await expect(readFile(key)).rejects.toThrow('ENOENT');
    await rename(`${key}.away`, key);
    expect(await withDatabase('rolled-back', (_, opened) => readPeople(opened))).toEqual(people);
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
