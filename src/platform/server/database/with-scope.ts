import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Transaction,
} from 'kysely';
import type pg from 'pg';
import { type OrgPath, subtreeRange } from '#kernel/org-path.ts';
import type { Database } from './open-database.ts';
import { SingleConnectionDriver } from './single-connection-driver.ts';
import type { Tables } from './tables.ts';

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
  /** One statement right after `begin`; its row count reaches `work`. Every value in it must be quoted by its author. */
  readonly opening?: string;
  readonly work: (tx: Transaction<Tables>, openingRows: number) => Promise<T>;
  /** One statement right before `commit`, or none; not asked when the result is a refusal. */
  readonly closing?: (result: T, openingRows: number) => string | undefined;
}

/** As `withScope`, with statements along the first and last round trip. */
export async function runInScope<T>(database: Database, scope: Scope, steps: ScopedWork<T>): Promise<T> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    const begin = openingStatement(scope);
    const opened = await client.query(steps.opening ? `${begin}; ${steps.opening}` : begin);
    const last = (opened as unknown as { rowCount: number | null }[]).at(-1);
    const openingRows = steps.opening ? (last?.rowCount ?? 0) : 0;
    const result = await steps.work(transactionOn(client), openingRows);
    const closing = isRefusal(result) ? undefined : steps.closing?.(result, openingRows);
    await client.query(isRefusal(result) ? 'rollback' : closing ? `${closing}; commit` : 'commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** `begin` and the settings in one round trip; both values have closed alphabets, so quoting is exact. */
function openingStatement(scope: Scope): string {
  if (!/^[0-9]{6}$/.test(scope.countyId)) throw new RangeError('not a county');
  const { from, to } = subtreeRange(scope.path);
  if (!/^[0-9A-Za-z_/-]+$/.test(from + to)) throw new RangeError('not an organization path');
  return `begin; set local app.county_id = '${scope.countyId}'; set local app.scope_from = '${from}'; set local app.scope_to = '${to}'`;
}

function transactionOn(client: pg.PoolClient): Transaction<Tables> {
  const kysely = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new SingleConnectionDriver(client),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  return kysely as unknown as Transaction<Tables>;
}

function isRefusal(result: unknown): boolean {
  return typeof result === 'object' && result !== null && (result as { kind?: unknown }).kind === 'refused';
}
