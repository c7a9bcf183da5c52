import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { openCountyKeys } from '#apps/server/open-county-keys.ts';
import { readConfig } from '#platform/server/config.ts';
import { fieldSeals } from '#platform/server/crypto/field-seals.ts';
import { openingClient } from '#platform/server/crypto/open-rows.ts';
import { columnTypes } from '#platform/server/database/open-database.ts';
import { locateCluster } from '#platform/server/database/place-postgres.ts';

/** A client of the owner on the database that runs for this data folder. */
export async function ownerOf(dataFolder: string): Promise<pg.Client> {
  return connect(await ownerUrlOf(dataFolder), pg.Client);
}

/** The same, which opens what is sealed with the keys of the folder. */
export async function openedOwnerOf(dataFolder: string): Promise<pg.Client> {
  const config = readConfig({ QUANCHENG_DATA: dataFolder }, dataFolder);
  const ownerUrl = await ownerUrlOf(dataFolder);
  const keys = await openCountyKeys(config, { ownerUrl, countyId: '999999', now: new Date() });
  return connect(
    ownerUrl,
    openingClient(fieldSeals(keys, '999999'), () => undefined),
  );
}

async function ownerUrlOf(dataFolder: string): Promise<string> {
  const cluster = await locateCluster(dataFolder);
  if (cluster === undefined) throw new Error(`no database in ${dataFolder}`);
  const port = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[3];
  const password = (await readFile(join(dataFolder, 'owner-password'), 'utf8')).trim();
  return `postgres://quancheng_owner:${password}@127.0.0.1:${port}/quancheng`;
}

async function connect(connectionString: string, Client: typeof pg.Client): Promise<pg.Client> {
  const client = new Client({ connectionString, types: columnTypes });
  // A database that stops while a failed test still holds the connection is no error of its own.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Of every table, how many rows it has and one sum over all their text in an order of its own. */
export async function fingerprint(client: pg.Client): Promise<Record<string, string>> {
  const tables = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const { rows } = await client.query<{ count: string; sum: string | null }>(
      `select count(*) as count, md5(string_agg(md5(t::text), '' order by md5(t::text))) as sum from "${name}" t`,
    );
    sums[name] = `${rows[0]?.count} rows ${rows[0]?.sum ?? ''}`;
  }
  return sums;
}
