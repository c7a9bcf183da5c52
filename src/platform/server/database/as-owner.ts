import pg from 'pg';

/**
 * A connection of its own, not yet connected. One that dies while nobody asks (a database that ends by itself) is told by
 * the next question; the driver's event would otherwise end the whole program.
 */
export function singleClient(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  return client;
}

/** Does one piece of work at the machine on a connection of the owner. */
export async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = singleClient(ownerUrl);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same in one transaction: all of it is done, or nothing. */
export function asOwnerAtOnce<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return asOwner(ownerUrl, async (client) => {
    await client.query('begin');
    try {
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}
