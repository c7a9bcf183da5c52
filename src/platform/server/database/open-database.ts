import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { prepareSessionHolder } from '../auth/session-statement.ts';
import { type FieldSeals, fieldSeals } from '../crypto/field-seals.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { type OnUnopened, openingClient, readJson, readText } from '../crypto/open-rows.ts';
import type { Tables } from './tables.ts';

const types = {
  date: 1082,
  int8: 20,
  json: 114,
  jsonb: 3802,
  numeric: 1700,
  text: 25,
} as const;

/** Days stay text, counts and decimals become numbers: a JS Date would shift birth days. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === types.date) return (value: string) => value;
  if (oid === types.int8 || oid === types.numeric) return Number;
  if (oid === types.text) return readText;
  if (oid === types.json || oid === types.jsonb) return readJson;
  return pg.types.getTypeParser(oid, format);
}

/** How columns of these types are read. */
export const columnTypes = { getTypeParser } as unknown as pg.CustomTypesConfig;

/** How to reach the database as one role. */
export interface DatabaseConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

export interface Database {
  readonly kysely: Kysely<Tables>;
  readonly pool: pg.Pool;
  /** Seals what may not lie open in the database; whatever is read through the pool comes back opened. */
  readonly seals: FieldSeals;
  /** Where this copy comes from, when it was restored for a drill and is not the county itself. */
  readonly drill?: string | undefined;
  /** What the first transaction must have confirmed before anything is done in it. */
  readonly guard?: TransactionGuard;
  close(): Promise<void>;
}

/** A condition read in the same round trip as `begin`; `confirm` throws when it does not hold. */
export interface TransactionGuard {
  readonly statement: string;
  readonly isConfirmed: boolean;
  confirm(rows: readonly unknown[]): void;
}

/** Opens a pool with time-outs on statements, locks and idle transactions, over the keys of its county. */
export function openDatabase(input: {
  connection: DatabaseConnection;
  maxConnections?: number;
  keys: KeyRing;
  countyId: string;
  onUnopened?: OnUnopened;
  drill?: string | undefined;
  /** How long to wait for a connection and for an answer on it; a test waits less. */
  timeouts?: { connectMs: number; answerMs: number };
}): Database {
  const seals = fieldSeals(input.keys, input.countyId);
  const pool = new pg.Pool({
    ...input.connection,
    Client: openingClient(seals, input.onUnopened ?? (() => undefined)),
    max: input.maxConnections ?? 16,
    types: columnTypes,
    application_name: 'quancheng',
    connectionTimeoutMillis: input.timeouts?.connectMs ?? 5_000,
    // The database cuts a statement at 30 s by itself. Where its answer never comes, the line is dead: we let go of it.
    query_timeout: input.timeouts?.answerMs ?? 35_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Done before the connection is given out. Should it fail, the first session read says so.
    onConnect: async (client: pg.ClientBase) => {
      await client.query(prepareSessionHolder).catch(() => undefined);
    },
    options:
      '-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000 -c timezone=Asia/Shanghai -c jit=off',
  });
  // A connection that dies while idle is replaced by the next query; the pool must not take the process down.
  pool.on('error', () => undefined);
  // One that dies at work fails its query, which says so; the event beside it must not take the process down either.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { kysely, pool, seals, drill: input.drill, close: () => kysely.destroy() };
}
