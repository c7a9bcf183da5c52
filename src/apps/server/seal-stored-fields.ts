import type pg from 'pg';
import type { FormEdition } from '#kernel/form-shape.ts';
import { inPattern } from '#kernel/in-pattern.ts';
import {
  currentSealHead,
  fieldSeals,
  sealFront,
  sealMark,
  unopened,
} from '#platform/server/crypto/field-seals.ts';
import type { KeyRing } from '#platform/server/crypto/key-ring.ts';
import { openingClient } from '#platform/server/crypto/open-rows.ts';
import { columnTypes } from '#platform/server/database/open-database.ts';
import { isBesidesProgram, type KeptHead } from '#platform/server/masking/read-identity-fields.ts';
import { identityFieldsOf } from '#standards/privacy/identity-fields.ts';
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
  /** Questions of the county's own editions it counts as sealed for. */
  readonly questions: readonly string[];
}

/**
 * Before anything is served: seals the tables that were never sealed, and makes digests anew after their key changed, so
 * that a search sees everybody and no number can be filed twice. Interrupted, the next start goes on with what is left.
 */
export async function sealStoredFields(input: Input): Promise<void> {
  await withOwner(input, async (client, asked) => {
    const marks = await readMarks(client, input.countyId);
    const questions = withSealedBefore(asked, marks);
    for (const stored of storedFields) {
      const mark = marks.get(stored.table);
      const indexKey = input.keys.current('index').id;
      const isStale = stored.indexed === true && mark !== undefined && mark.index_key !== indexKey;
      if (mark && !isStale) continue;
      let done = 0;
      for await (const rows of sealTable(client, input, { stored, questions, every: isStale })) {
        done += rows;
        input.say?.(`正在密封旧数据：${stored.table} ${done} 行`);
      }
      await beginAsOwner(client, input.countyId);
      await setMark(client, input, stored.table, questions);
      await client.query('commit');
    }
  });
}

/**
 * While the server runs: seals anew, one batch a call, what lies under an older field key, and what was filed before an
 * edition of the county's own said whom it asks for; true when nothing is left. Rows that somebody holds are left for the
 * next call.
 */
export async function resealOneBatch(input: Input): Promise<boolean> {
  return withOwner(input, async (client, asked) => {
    const marks = await readMarks(client, input.countyId);
    const questions = withSealedBefore(asked, marks);
    const current = input.keys.current('field').id;
    const isDone = ({ table, ofSheets }: StoredFields) => {
      const mark = marks.get(table);
      const isAsked = !ofSheets || questions.every((one) => mark?.questions.includes(one));
      return mark?.field_key === current && isAsked;
    };
    const stored = storedFields.find((one) => !isDone(one));
    if (!stored) return true;
    for await (const rows of sealTable(client, input, { stored, questions, every: false }))
      if (rows > 0) return false;
    await beginAsOwner(client, input.countyId);
    await setMark(client, input, stored.table, questions);
    await client.query('commit');
    return false;
  });
}

/** Says of an empty county's tables that whatever comes into them comes sealed; inside the transaction that fills them. */
export async function markSealed(client: pg.ClientBase, input: Omit<Input, 'ownerUrl'>): Promise<void> {
  for (const { table } of storedFields) await setMark(client, input, table, []);
}

/** Seals batch after batch, leaving rows in which something does not open; yields how many rows each sealed. */
async function* sealTable(
  client: pg.Client,
  input: Input,
  { stored, questions, every }: { stored: StoredFields; questions: readonly string[]; every: boolean },
): AsyncGenerator<number> {
  const limit = input.batchRows ?? 500;
  const seals = fieldSeals(input.keys, input.countyId);
  if (stored.ofSheets) seals.alsoSeal(questions);
  const columns = [...stored.key, ...(stored.also ?? []), ...sealedColumns(stored)];
  const key = stored.key.join(', ');
  let after: unknown[] | undefined;
  for (;;) {
    await beginAsOwner(client, input.countyId);
    const beyond = after ? `and (${key}) > (${after.map((_, at) => `$${at + 2}`).join(', ')})` : '';
    const { rows } = await client.query<Record<string, unknown>>(
      `select ${columns.join(', ')} from ${stored.table}
       where county_id = $1 and ${every ? 'true' : outdated(stored, input.keys, questions)} ${beyond}
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
function outdated(stored: StoredFields, keys: KeyRing, questions: readonly string[]): string {
  const head = currentSealHead(keys).replaceAll('+', '\\+');
  const old = `${sealMark}[a-z][tj](?!${head})`;
  // A jsonb is told with a space behind the colon, a json as it was written.
  const open = `"(?:${[...sealedAnswers, 'id_no'].join('|')})": ?"(?!${sealMark})[^"]`;
  const openQuestion = `"(?:${questions.map(questionInPattern).join('|')})": ?(?:"(?!${sealMark})[^"]|-?[0-9])`;
  const whole = `^"${sealMark}[a-z]j${head}`;
  const conditions = [
    ...(stored.open ? [`(${stored.open})`] : []),
    ...(stored.texts ?? []).map((column) => `${column} !~ '^${sealMark}[a-z]t${head}'`),
    ...(stored.answers ?? []).map((column) => `${column}::text ~ '${old}|${open}'`),
    ...(stored.ofSheets && questions.length > 0 ? (stored.answers ?? []) : []).map(
      (column) => `${column}::text ~ '${openQuestion}'`,
    ),
    ...(stored.files ?? []).map((column) => fileIsOutdated(column, keys)),
    ...(stored.wholes ?? []).map((column) =>
      stored.table === 'person_conflict'
        ? `(${column}::text !~ '${whole}' and field = any('{${[...sealedAnswers].join(',')}}'))`
        : `${column}::text !~ '${whole}'`,
    ),
  ];
  return `(${conditions.join(' or ')})`;
}

/** The name of a question as it stands in JSON, within a pattern within SQL. */
const questionInPattern = (question: string) =>
  inPattern(JSON.stringify(question).slice(1, -1)).replaceAll("'", "''");

function fileIsOutdated(column: string, keys: KeyRing): string {
  const start = Buffer.from(`${sealFront('roster_import', 't')}${currentSealHead(keys)}`);
  return `substring(${column} from 1 for ${start.length}) <> '\\x${start.toString('hex')}'::bytea`;
}

async function readMarks(client: pg.Client, countyId: string): Promise<Map<string, Mark>> {
  await beginAsOwner(client, countyId);
  const { rows } = await client.query<Mark>(
    'select name, field_key, index_key, questions from sealed_table where county_id = $1',
    [countyId],
  );
  await client.query('commit');
  return new Map(rows.map((row) => [row.name, row]));
}

/** What the editions a county keeps besides the program's own ask of who somebody is or where to find them. */
async function readQuestions(client: pg.Client, countyId: string): Promise<string[]> {
  await beginAsOwner(client, countyId);
  const { rows } = await client.query<KeptHead & { readonly content: FormEdition }>(
    "select key, edition, origin, content from definition where county_id = $1 and kind = 'form'",
    [countyId],
  );
  await client.query('commit');
  const besides = rows.filter(isBesidesProgram);
  return [...new Set(besides.flatMap((one) => [...identityFieldsOf(one.content).keys()]))].toSorted();
}

async function setMark(
  client: pg.ClientBase,
  input: Omit<Input, 'ownerUrl'>,
  table: string,
  questions: readonly string[],
): Promise<void> {
  const { keys } = input;
  await client.query(
    `insert into sealed_table (county_id, name, field_key, index_key, sealed_at, questions)
       values ($1, $2, $3, $4, $5, $6)
     on conflict (county_id, name) do update set field_key = excluded.field_key, index_key = excluded.index_key,
       sealed_at = excluded.sealed_at, questions = excluded.questions`,
    [input.countyId, table, keys.current('field').id, keys.current('index').id, input.now, questions],
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

/** What was sealed once stays so under the next key, also when no edition asks it any more. */
const withSealedBefore = (
  questions: readonly string[],
  marks: ReadonlyMap<string, Mark>,
): readonly string[] =>
  [...new Set([...questions, ...[...marks.values()].flatMap((mark) => mark.questions)])].toSorted();

async function withOwner<T>(
  input: Input,
  work: (client: pg.Client, questions: readonly string[]) => Promise<T>,
): Promise<T> {
  const Client = openingClient(fieldSeals(input.keys, input.countyId), () => undefined);
  const client = new Client({ connectionString: input.ownerUrl, types: columnTypes });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client, await readQuestions(client, input.countyId));
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}
