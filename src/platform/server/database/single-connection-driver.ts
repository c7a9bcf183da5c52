import { createHash } from 'node:crypto';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type pg from 'pg';

const names = new Map<string, string | undefined>();
/** More distinct statements than this are built from lists of varying length; further ones go unnamed. */
const mostNames = 500;

/**
 * The name under which PostgreSQL keeps the plan of a statement. Statements over a range of the organization tree go
 * unnamed: a village and a county need different plans.
 */
function statementNameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.has(text)) return known;
  const isRange = /org_path"? (>=|<)|scope_path/.test(text);
  const name =
    isRange || names.size >= mostNames
      ? undefined
      : createHash('sha1').update(text).digest('hex').slice(0, 24);
  if (names.size < mostNames) names.set(text, name);
  return name;
}

/** Lets Kysely speak over one client that already stands inside a transaction; begin and commit belong to its owner. */
export class SingleConnectionDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(client: pg.PoolClient) {
    this.#connection = {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const name = statementNameOf(query.sql);
        const result = await client.query({
          ...(name ? { name } : {}),
          text: query.sql,
          values: [...query.parameters],
        });
        return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
      },
      // biome-ignore lint/correctness/useYield: streaming is not offered inside a scope.
      async *streamQuery() {
        throw new Error('streaming inside a scoped transaction is not offered');
      },
    };
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    throw new Error('already inside a transaction');
  }
  async commitTransaction(): Promise<void> {
    throw new Error('the scope commits');
  }
  async rollbackTransaction(): Promise<void> {
    throw new Error('the scope rolls back');
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
