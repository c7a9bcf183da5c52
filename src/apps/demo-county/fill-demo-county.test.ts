import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import {
  migrateTest,
  openTestKeys,
  startTestCluster,
  type TestCluster,
  testToday,
} from '#test/support/server.ts';
import { fillDemoCounty } from './fill-demo-county.ts';
import { peopleTableNames } from './people-tables.ts';

const residents = 1200;
const common = { countyId: '999999', residents, seed: 11, today: testToday };

/** Schema objects a bulk load takes off and must put back. */
const schemaText = `
  select string_agg(line, E'\\n' order by line) as all_of_it from (
    select indexdef as line from pg_indexes where schemaname = 'public'
    union all
    select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
    from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select pg_get_triggerdef(oid) || ' ' || tgenabled::text from pg_trigger where not tgisinternal
    union all
    select relname || ' walls ' || relrowsecurity || relforcerowsecurity from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r') objects`;

// Each case fills two counties, which takes long when others use the machine.
describe('the demo county', { timeout: 60_000 }, () => {
  let cluster: TestCluster;
  let keys: KeyRing;
  const databases = new Map<string, pg.Client>();

  async function openNew(name: string): Promise<pg.Client> {
    const root = new pg.Client({ connectionString: cluster.embedded.ownerUrl });
    await root.connect();
    await root.query(`create database ${name} encoding 'UTF8' locale 'C' template template0`);
    await root.end();
    const url = cluster.embedded.ownerUrl.replace(/\/quancheng$/, `/${name}`);
    await migrateTest(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("select set_config('app.county_id', '999999', false)");
    await client.query(
      "select set_config('app.scope_from', '/', false), set_config('app.scope_to', '0', false)",
    );
    databases.set(name, client);
    return client;
  }
  const urlOf = (name: string) => cluster.embedded.ownerUrl.replace(/\/quancheng$/, `/${name}`);
  const one = async (client: pg.Client, text: string) => (await client.query(text)).rows[0];

  beforeAll(async () => {
    cluster = await startTestCluster();
    await migrateTest(cluster.embedded.ownerUrl);
    keys = await openTestKeys(cluster.embedded.ownerUrl, cluster.folder);
  });
  afterAll(async () => {
    for (const client of databases.values()) await client.end();
    await cluster.stop();
  });

  it('is the same county row by row and in bulk, with the schema as the migrations left it', async () => {
    const plain = await openNew('plain');
    const bulk = await openNew('bulk');
    const before = await one(bulk, schemaText);
    await fillDemoCounty({ ...common, keys, ownerUrl: urlOf('plain') });
    await fillDemoCounty({ ...common, keys, ownerUrl: urlOf('bulk'), bulkAbove: 0 });
    expect(await one(bulk, schemaText)).toEqual(before);
    for (const table of peopleTableNames) {
      // No two seals are alike; what was sealed is compared by its digests.
      const row =
        table === 'resident'
          ? `(to_jsonb(t) - 'id_no' - 'phone') #- '{personal_information,idNo}' #- '{personal_information,phone}'
             #- '{personal_information,contactPhone}' #- '{personal_information,currentAddress}'
             #- '{personal_information,registeredAddress}'`
          : 't';
      const digest = `select count(*)::int as rows, sum(hashtextextended((${row})::text, 1)) as content from ${table} t`;
      const inBulk = await one(bulk, digest);
      expect({ table, ...inBulk }).toEqual({ table, ...(await one(plain, digest)) });
      expect(inBulk.rows, table).toBeGreaterThan(0);
    }
    const marks = `select array_agg(distinct org_path order by org_path) as places from signing_change`;
    expect(await one(bulk, marks)).toEqual(await one(plain, marks));
    const gone = `select count(*)::int as n from enrollment e join resident r on r.id = e.resident_id
       where e.closed_on is null and r.status in ('dead', 'moved')`;
    expect(await one(bulk, gone), 'nobody who is gone is still managed').toEqual({ n: 0 });
    // Every id is one that the doors take.
    const columns = await bulk.query<{ table: string; name: string }>(
      `select table_name as table, column_name as name from information_schema.columns
       where table_schema = 'public' and data_type = 'uuid'`,
    );
    expect(columns.rows.length).toBeGreaterThan(50);
    for (const { table, name } of columns.rows) {
      const strange = `select "${name}"::text as id from "${table}" where "${name}"::text !~ '^.{14}[1-8].{4}[89ab]' limit 1`;
      expect({ table, name, ...(await one(bulk, strange)) }).toEqual({ table, name });
    }
  });

  it('leaves nothing when the database dies half way, and fills at the next try', async () => {
    const name = 'killed';
    const client = await openNew(name);
    const dying = fillDemoCounty({
      ...common,
      keys,
      ownerUrl: urlOf(name),
      bulkAbove: 0,
      // The first word of the index building comes when all rows stand in the tables, uncommitted.
      onProgress: () => {
        void client
          .query(
            'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
            [name],
          )
          .catch(() => undefined);
      },
    });
    await expect(dying).rejects.toThrow();
    const left = await one(
      client,
      'select (select count(*) from county)::int + (select count(*) from resident) as n',
    );
    expect(Number(left.n)).toBe(0);
    await fillDemoCounty({ ...common, keys, ownerUrl: urlOf(name), bulkAbove: 0 });
    expect(await one(client, 'select count(*)::int as n from resident')).toEqual({ n: residents });
  });
});
