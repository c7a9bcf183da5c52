import type pg from 'pg';
import { cipherSuites } from '#platform/server/crypto/cipher-suite.ts';
import { envelopeHead, keyIdBytes } from '#platform/server/crypto/envelope.ts';
import { type KeyRing, openField, sealField } from '#platform/server/crypto/key-ring.ts';
import { asOwner } from '#platform/server/database/as-owner.ts';
import { beginAsOwner, resealOneBatch } from './seal-stored-fields.ts';
import { type SealedBytes, sealedBytes } from './sealed-columns-of-bytes.ts';

interface Input {
  readonly ownerUrl: string;
  readonly countyId: string;
  readonly keys: KeyRing;
  readonly say: (message: string) => void;
  readonly now?: Date;
}

/**
 * Destroys the data keys that were replaced. First everything still under one of them is sealed anew; then every column of
 * the database is searched for the name of the key, and only a key that nothing names is deleted. What was sealed under it,
 * in old pages, in the log and in copies of single tables, then opens for nobody; whole backups carry their own wrapped
 * copy of it, until the root key they need is destroyed too.
 */
export async function destroyOldKeys(input: Input): Promise<void> {
  const now = input.now ?? new Date();
  while (!(await resealOneBatch({ ...input, now })));
  await asOwner(input.ownerUrl, async (client) => {
    await dropExpiredFiles(client, input.countyId, now);
    for (const one of sealedBytes) await resealBytes(client, input, one);
    for (const { id } of input.keys.all('field').slice(1)) {
      const places = await namedIn(client, input.countyId, id);
      if (places.length > 0)
        input.say(`字段密钥 ${id} 还在用，没有销毁：${places.join('、')}。The key is still in use.`);
      else await destroy(client, input, id, '字段');
    }
    const codes = await client.query('select 1 from recovery_code where used_at is null limit 1');
    for (const { id } of input.keys.all('index').slice(1)) {
      if (codes.rows.length > 0)
        input.say(
          `索引密钥 ${id} 没有销毁：还有人持有未用的备用码，可能由它核对。The key may check recovery codes.`,
        );
      else await destroy(client, input, id, '索引');
    }
    await client.query('vacuum full data_key');
  });
}

async function destroy(client: pg.Client, input: Input, id: string, label: string): Promise<void> {
  await client.query('delete from data_key where county_id = $1 and id = $2', [input.countyId, id]);
  input.say(`已销毁旧的${label}密钥 ${id}。`);
}

/** A research file past its time can be fetched by nobody; it is not sealed anew. */
async function dropExpiredFiles(client: pg.Client, countyId: string, now: Date): Promise<void> {
  await beginAsOwner(client, countyId);
  await client.query(
    'update research_export set content = null where county_id = $1 and content is not null and fetch_until < $2',
    [countyId, now],
  );
  await client.query('commit');
}

const batchRows = 200;

/** Seals anew, in small transactions, what a column of bytes holds under an older key. */
async function resealBytes(client: pg.Client, { countyId, keys }: Input, one: SealedBytes): Promise<void> {
  const { id } = keys.current('field');
  const key = one.key.join(', ');
  for (;;) {
    await beginAsOwner(client, countyId);
    const { rows } = await client.query<Record<string, unknown> & { sealed: Buffer }>(
      `select ${key}, ${one.column} as sealed from ${one.table}
       where county_id = $1 and substring(${one.column} from 3 for 16) <> $2 order by ${key} limit ${batchRows} for update`,
      [countyId, keyIdBytes(id)],
    );
    for (const row of rows) {
      const place = one.placeOf(countyId, row);
      const same = one.key.map((name, at) => `${name} = $${at + 3}`).join(' and ');
      await client.query(`update ${one.table} set ${one.column} = $2 where county_id = $1 and ${same}`, [
        countyId,
        sealField(keys, place, openField(keys, place, row.sealed)),
        ...one.key.map((name) => row[name]),
      ]);
    }
    await client.query('commit');
    if (rows.length === 0) return;
  }
}

/** The columns of the whole database in which something names that key, as bytes or as sealed text. */
async function namedIn(client: pg.Client, countyId: string, keyId: string): Promise<string[]> {
  await beginAsOwner(client, countyId);
  const columns = await client.query<{ table: string; column: string; bytes: boolean }>(
    `select c.relname as table, a.attname as column, a.atttypid = 'bytea'::regtype as bytes
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped
       and a.atttypid in ('bytea'::regtype, 'text'::regtype, 'json'::regtype, 'jsonb'::regtype)
     order by 1, 2`,
  );
  const heads = cipherSuites.map((suite) => envelopeHead(suite, keyId));
  const found: string[] = [];
  for (const { table, column, bytes } of columns.rows) {
    const marks = heads.flatMap<Buffer | string>((head) =>
      bytes ? [head, textMark(head)] : [head.toString('base64')],
    );
    const holder = bytes ? `"${column}"` : `"${column}"::text`;
    const kind = bytes ? 'bytea' : 'text';
    const tests = marks.map((_, at) => `position($${at + 1}::${kind} in ${holder}) > 0`);
    const { rows } = await client.query(
      `select 1 from "${table}" where ${tests.join(' or ')} limit 1`,
      marks,
    );
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  await client.query('commit');
  return found;
}

/** As a column of bytes holds a sealed text. */
const textMark = (head: Buffer) => Buffer.from(head.toString('base64'));
