import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { locateCluster } from '#platform/server/database/place-postgres.ts';

/** A client of the owner on the database that runs for this data folder. */
export async function ownerOf(dataFolder: string): Promise<pg.Client> {
  const cluster = await locateCluster(dataFolder);
  if (cluster === undefined) throw new Error(`no database in ${dataFolder}`);
  const port = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[3];
  const password = (await readFile(join(dataFolder, 'owner-password'), 'utf8')).trim();
  const client = new pg.Client({
    connectionString: `postgres://quancheng_owner:${password}@127.0.0.1:${port}/quancheng`,
  });
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
