import { createHash } from 'node:crypto';
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import pg from 'pg';

/** Only compiles; it never reaches a database. */
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const namesByText = new Map<string, string>();
const preparedOn = new WeakMap<pg.PoolClient, Set<string>>();

/** A statement as text for SQL's own `execute`: several of them go to the database in one message. */
export interface Traveller {
  readonly name: string;
  readonly text: string;
  readonly call: string;
}

/** Makes a statement fit to travel with others. Its values become literals; its plan is kept by the connection. */
export function asTraveller(statement: RawBuilder<unknown>): Traveller {
  const { sql, parameters }: CompiledQuery = statement.compile(compiler);
  let name = namesByText.get(sql);
  if (name === undefined) {
    name = `t_${createHash('sha1').update(sql).digest('hex').slice(0, 20)}`;
    namesByText.set(sql, name);
  }
  const values = parameters.length > 0 ? `(${parameters.map(literalOf).join(', ')})` : '';
  return { name, text: sql, call: `execute ${name}${values}` };
}

/** Prepares what this connection has not met yet. One by one, so that none half exists after a failure. */
export async function prepareTravellers(
  client: pg.PoolClient,
  travellers: readonly Traveller[],
): Promise<void> {
  const met = preparedOn.get(client) ?? new Set<string>();
  preparedOn.set(client, met);
  for (const { name, text } of travellers) {
    if (met.has(name)) continue;
    await client.query(`prepare ${name} as ${text}`);
    met.add(name);
  }
}

/** A value as a quoted literal of no type, as a bound parameter is; null stays null. */
function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const text = textOf(value);
  if (text.includes('\u0000')) throw new RangeError('text with a NUL');
  return /['\\]/.test(text) ? pg.escapeLiteral(text) : `'${text}'`;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(elementOf).join(',')}}`;
  throw new TypeError('a value that cannot travel');
}

const elementOf = (value: unknown) =>
  value === null ? 'NULL' : `"${textOf(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
