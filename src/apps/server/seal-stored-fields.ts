import type pg from 'pg';
import {
  currentSealHead,
  type FieldSeals,
  fieldSeals,
  sealFront,
  sealMark,
  unopened,
} from '#platform/server/crypto/field-seals.ts';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import { openingClient } from '#platform/server/crypto/open-rows.ts';
import { columnTypes } from '#platform/server/database/open-database.ts';
import { sealedAnswers } from '#standards/privacy/sealed-answers.ts';
import { type StoredFields, storedFields } from './stored-fields.ts';

interface Input {
  readonly ownerUrl: string;
  readonly countyId: string;
  readonly keys: KeyRing;
  readonly now: Date;
  readonly say?: (message: string) => void;
  /** Rows of one transaction. */
  readonly batchRows?: number;
}

interface Mark {
  readonly name: string;
  readonly field_key: string;
  readonly index_key: string;
}

/**
 * Before anything is served: seals the tables that were never sealed, and makes digests anew after their key changed, so
 * that a search sees everybody and no number can be filed twice. Interrupted, the next start goes on with what is left.
 */
export async function sealStoredFields(input: Input): Promise<void> {
  await withOwner(input, async (client, seals) => {
    const marks = await readMarks(client, input.countyId);
    for (const stored of storedFields) {
      const mark = marks.get(stored.table);
      const indexKey = input.keys.current('index').id;
      const isStale = stored.indexed === true && mark !== undefined && mark.index_key !== indexKey;
      if (mark && !isStale) continue;
      let done = 0;
      for await (const rows of sealTable(client, seals, input, stored, isStale)) {
        done += rows;
        input.say?.(`正在密封旧数据：${stored.table} ${done} 行`);
      }
      await beginAsOwner(client, input.countyId);
      await setMark(client, input, stored.table);
      await client.query('commit');
    }
  });
}

/**
 * While the server runs: seals anew, one batch a call, what lies under an older field key; true when nothing is left. Rows
 * that somebody holds are left for the next call.
 */
export async function resealOneBatch(input: Input): Promise<boolean> {
  return withOwner(input, async (client, seals) => {
    const marks = await readMarks(client, input.countyId);
    const current = input.keys.current('field').id;
    const stored = storedFields.find((one) => marks.get(one.table)?.field_key !== current);
    if (!stored) return true;
    for await (const rows of sealTable(client, seals, input, stored, false)) if (rows > 0) return false;
    await beginAsOwner(client, input.countyId);
    await setMark(client, input, stored.table);
    await client.query('commit');
    return false;
  });
}

/** Says of an empty county's tables that whatever comes into them comes sealed; inside the transaction that fills them. */
export async function markSealed(client: pg.ClientBase, input: Omit<Input, 'ownerUrl'>): Promise<void> {
  for (const { table } of storedFields) await setMark(client, input, table);
}

/** Seals batch after batch, leaving rows in which something does not open; yields how many rows each sealed. */
async function* sealTable(
  client: pg.Client,
  seals: FieldSeals,
  input: Input,
  stored: StoredFields,
  every: boolean,
): AsyncGenerator<number> {
  const limit = input.batchRows ?? 500;
  const columns = [...stored.key, ...(stored.also ?? []), ...sealedColumns(stored)];
  const key = stored.key.join(', ');
  let after: unknown[] | undefined;
  for (;;) {
    await beginAsOwner(client, input.countyId);
    const beyond = after ? `and (${key}) > (${after.map((_, at) => `$${at + 2}`).join(', ')})` : '';
    const { rows } = await client.query<Record<string, unknown>>(
      `select ${columns.join(', ')} from ${stored.table}
       where county_id = $1 and ${every ? 'true' : outdated(stored, input.keys)} ${beyond}
       order by ${key} limit ${limit} for update skip locked`,
      [input.countyId, ...(after ?? [])],
    );
    const opened = rows.filter((row) => !JSON.stringify(row).includes(unopened));
    for (const row of opened) await writeRow(client, input.countyId, stored, row, stored.seal(seals, row));
    await client.query('commit');
    const last = rows.at(-1);
    if (!last) return;
    after = stored.key.map((column) => last[column]);
    yield opened.length;
  }
}

const sealedColumns = (stored: StoredFields) => [
  ...(stored.texts ?? []),
  ...(stored.answers ?? []),
  ...(stored.wholes ?? []),
  ...(stored.files ?? []),
];

function writeRow(
  client: pg.Client,
  countyId: string,
  stored: StoredFields,
  row: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
) {
  const names = Object.keys(values);
  const set = names.map((name, at) => `${name} = $${at + 2}`).join(', ');
  const same = stored.key.map((column, at) => `${column} = $${at + 2 + names.length}`).join(' and ');
  return client.query(`update ${stored.table} set ${set} where county_id = $1 and ${same}`, [
    countyId,
    ...names.map((name) => values[name]),
    ...stored.key.map((column) => row[column]),
  ]);
}

/** The rows that hold something open, or sealed under an older key or another suite. */
function outdated(stored: StoredFields, keys: KeyRing): string {
  const head = currentSealHead(keys).replaceAll('+', '\\+');
  const old = `${sealMark}[a-z][tj](?!${head})`;
  const open = `"(?:${[...sealedAnswers, 'id_no'].join('|')})": "(?!${sealMark})[^"]`;
  const whole = `^"${sealMark}[a-z]j${head}`;
  const conditions = [
    ...(stored.open ? [`(${stored.open})`] : []),
    ...(stored.texts ?? []).map((column) => `${column} !~ '^${sealMark}[a-z]t${head}'`),
    ...(stored.answers ?? []).map((column) => `${column}::text ~ '${old}|${open}'`),
    ...(stored.files ?? []).map((column) => fileIsOutdated(column, keys)),
    ...(stored.wholes ?? []).map((column) =>
      stored.table === 'person_conflict'
        ? `(${column}::text !~ '${whole}' and field = any('{${[...sealedAnswers].join(',')}}'))`
        : `${column}::text !~ '${whole}'`,
    ),
  ];
  return `(${conditions.join(' or ')})`;
}

function fileIsOutdated(column: string, keys: KeyRing): string {
  const start = Buffer.from(`${sealFront('roster_import', 't')}${currentSealHead(keys)}`);
  return `substring(${column} from 1 for ${start.length}) <> '\\x${start.toString('hex')}'::bytea`;
}

async function readMarks(client: pg.Client, countyId: string): Promise<Map<string, Mark>> {
  await beginAsOwner(client, countyId);
  const { rows } = await client.query<Mark>(
    'select name, field_key, index_key from sealed_table where county_id = $1',
    [countyId],
  );
  await client.query('commit');
  return new Map(rows.map((row) => [row.name, row]));
}

async function setMark(client: pg.ClientBase, input: Omit<Input, 'ownerUrl'>, table: string): Promise<void> {
  const { keys } = input;
  await client.query(
    `insert into sealed_table (county_id, name, field_key, index_key, sealed_at) values ($1, $2, $3, $4, $5)
     on conflict (county_id, name) do update set field_key = excluded.field_key, index_key = excluded.index_key,
       sealed_at = excluded.sealed_at`,
    [input.countyId, table, keys.current('field').id, keys.current('index').id, input.now],
  );
}

/** An owner who is no superuser is held by row-level security; what is only sealed anew is no news for phones. */
export async function beginAsOwner(client: pg.Client, countyId: string): Promise<void> {
  await client.query('begin');
  await client.query(
    `select set_config('app.county_id', $1, true), set_config('app.scope_from', '/', true),
       set_config('app.scope_to', '0', true), set_config('app.bulk_load', 'on', true)`,
    [countyId],
  );
}

async function withOwner<T>(
  input: Input,
  work: (client: pg.Client, seals: FieldSeals) => Promise<T>,
): Promise<T> {
  const seals = fieldSeals(input.keys, input.countyId);
  const Client = openingClient(seals, () => undefined);
  const client = new Client({ connectionString: input.ownerUrl, types: columnTypes });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client, seals);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}
