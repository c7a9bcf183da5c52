import pg from 'pg';

/** Does one piece of work at the machine on a connection of the owner. */
export async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl });
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
