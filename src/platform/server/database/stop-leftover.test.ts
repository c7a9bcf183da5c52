import { rm } from 'node:fs/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import { throwAwayFolder } from '#test/support/throw-away-folder.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

it('starts on a cluster whose server was killed while one of its sessions works on', async () => {
  const dataFolder = await throwAwayFolder('quancheng-leftover-');
  const killed = await startEmbeddedPostgres({ dataFolder });
  const client = new pg.Client({ connectionString: killed.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  // A session that computes does not notice by itself that its server is gone.
  const working = client
    .query('select count(*) from generate_series(1, 2e9) n where n % 7 = 3')
    .catch(() => 'cut');
  await expect
    .poll(async () => {
      const other = new pg.Client({ connectionString: killed.ownerUrl });
      await other.connect();
      const { rows } = await other.query(
        "select 1 from pg_stat_activity where state = 'active' and query like '%2e9%' and pid <> pg_backend_pid()",
      );
      await other.end();
      return rows.length;
    })
    .toBe(1);
  process.kill(killed.processId, 'SIGKILL');
  const next = await startEmbeddedPostgres({ dataFolder });
  expect(await working).toBe('cut');
  await next.stop();
  await rm(dataFolder, { recursive: true, force: true });
}, 60_000);
