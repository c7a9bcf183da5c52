import { expect, it } from 'vitest';
import { startTestCluster } from '#test/support/server.ts';
import { asOwner } from './as-owner.ts';

it('tells a connection that was cut between two questions by the second, and ends nothing else', async () => {
  const { embedded, stop } = await startTestCluster();
  const asked = asOwner(embedded.ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: number }>('select pg_backend_pid() as id');
    const ended = new Promise<void>((resolve) => client.on('end', resolve));
    await asOwner(embedded.ownerUrl, (other) =>
      other.query('select pg_terminate_backend($1)', [rows[0]?.id]),
    );
    await ended;
    return client.query('select 1');
  });
  await expect(asked).rejects.toThrow(/not queryable|terminat/);
  await stop();
});
