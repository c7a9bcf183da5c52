import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  type Transaction,
} from 'kysely';
import type pg from 'pg';
import { type OrgPath, subtreeRange } from '#kernel/org-path.ts';
import type { FieldSeals } from '../crypto/field-seals.ts';
import type { Database, TransactionGuard } from './open-database.ts';
import { SingleConnectionDriver } from './single-connection-driver.ts';
import type { Tables } from './tables.ts';
import { asTraveller, prepareTravellers } from './travel-together.ts';

/** Whose data a transaction may touch: a county and a subtree of its organizations. */
export interface Scope {
  readonly countyId: string;
  readonly path: OrgPath;
}

/**
 * Runs `work` in one transaction that sees and writes only this scope: row-level security reads the settings, which end
 * with the transaction. A thrown error rolls back; so does a result of `{ kind: 'refused' }`.
 */
export function withScope<T>(
  database: Database,
  scope: Scope,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return runInScope(database, scope, { work });
}

/** Work in a scope with statements that ride along in the round trips of `begin` and `commit`. */
export interface ScopedWork<T> {
  /** Statements right after `begin`, in one trip; each sees what was committed when its turn came, and may lock. */
  readonly reads?: readonly RawBuilder<unknown>[];
  readonly work: (tx: Transaction<Tables>, read: readonly (readonly unknown[])[]) => Promise<T>;
  /** One statement right before `commit`, or none; not asked when the result is a refusal. */
  readonly closing?: (result: T) => RawBuilder<unknown> | undefined;
}

/** As `withScope`, with statements along the first and last round trip. */
export async function runInScope<T>(database: Database, scope: Scope, steps: ScopedWork<T>): Promise<T> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    const read = await begin(client, database.guard, scope, steps.reads ?? []);
    const driver = new SingleConnectionDriver(client);
    const result = await steps.work(transactionOn(driver, database.seals), read);
    if (isRefusal(result)) await client.query('rollback');
    else {
      const closing = steps.closing?.(result);
      const last = [...driver.takeWaiting(), ...(closing ? [asTraveller(closing)] : [])];
      await prepareTravellers(client, last);
      await client.query([...last.map((one) => one.call), 'commit'].join('; '));
    }
    return result;
  } catch (error) {
    // A connection that owes an answer answers no rollback either; it is thrown away, and the database rolls back.
    if (isUnanswered(error)) broken = error;
    else
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Begins within the scope, has the guard confirm what it watches, and answers the rows of each of the first statements. */
async function begin(
  client: pg.PoolClient,
  guard: TransactionGuard | undefined,
  scope: Scope,
  statements: readonly RawBuilder<unknown>[],
): Promise<unknown[][]> {
  const reads = statements.map(asTraveller);
  await prepareTravellers(client, reads);
  const watched = guard && !guard.isConfirmed ? [guard.statement] : [];
  const calls = [openingStatement(scope), ...watched, ...reads.map((one) => one.call)];
  const answer = await client.query(calls.join('; '));
  const rows = (answer as unknown as { rows: unknown[] }[]).map((one) => one.rows);
  const asked = rows.slice(rows.length - reads.length - watched.length);
  if (watched.length > 0) guard?.confirm(asked.shift() ?? []);
  return asked;
}

const drivers = new WeakMap<object, SingleConnectionDriver>();
const seals = new WeakMap<object, FieldSeals>();

/** The seals of a scoped transaction's county, for what is written in it. */
export function sealsOf(tx: Transaction<Tables>): FieldSeals {
  const found = seals.get(tx);
  if (!found) throw new Error('sealing needs a scoped transaction');
  return found;
}

/**
 * Writes without waiting: the statement travels with the next one of this transaction, or with its commit, and what goes
 * wrong is told there. For writes whose answer nobody reads.
 */
export async function writeLater(tx: Transaction<Tables>, statement: RawBuilder<unknown>): Promise<void> {
  const driver = drivers.get(tx);
  if (driver) driver.sendLater(asTraveller(statement));
  else await statement.execute(tx);
}

/** Runs statements in order in one round trip; answers the rows of each. Not for ranges of the tree: plans are kept. */
export async function readTogether(
  tx: Transaction<Tables>,
  statements: readonly RawBuilder<unknown>[],
): Promise<unknown[][]> {
  const driver = drivers.get(tx);
  if (driver) return driver.sendTogether(statements.map(asTraveller));
  const rows: unknown[][] = [];
  for (const statement of statements) rows.push((await statement.execute(tx)).rows);
  return rows;
}

/** `begin` and the settings in one round trip; both values have closed alphabets, so quoting is exact. */
function openingStatement(scope: Scope): string {
  if (!/^[0-9]{6}$/.test(scope.countyId)) throw new RangeError('not a county');
  const { from, to } = subtreeRange(scope.path);
  if (!/^[0-9A-Za-z_/-]+$/.test(from + to)) throw new RangeError('not an organization path');
  return `begin; set local app.county_id = '${scope.countyId}'; set local app.scope_from = '${from}'; set local app.scope_to = '${to}'`;
}

function transactionOn(driver: SingleConnectionDriver, ofCounty: FieldSeals): Transaction<Tables> {
  const kysely = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  drivers.set(kysely, driver);
  seals.set(kysely, ofCounty);
  return kysely as unknown as Transaction<Tables>;
}

/** The database did not answer in time; the connection may still owe the answer. */
function isUnanswered(error: unknown): error is Error {
  return error instanceof Error && error.message === 'Query read timeout';
}

function isRefusal(result: unknown): boolean {
  return typeof result === 'object' && result !== null && (result as { kind?: unknown }).kind === 'refused';
}
