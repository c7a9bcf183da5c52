import { createHash } from 'node:crypto';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type pg from 'pg';
import { prepareTravellers, type Traveller } from './travel-together.ts';

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
  readonly #client: pg.PoolClient;
  #waiting: Traveller[] = [];

  constructor(client: pg.PoolClient) {
    this.#client = client;
    const sendWaiting = () => (this.#waiting.length > 0 ? this.sendTogether([]) : undefined);
    this.#connection = {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        await sendWaiting();
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

  /** Keeps a statement whose answer nobody needs until the next trip: another statement's, or that of the commit. */
  sendLater(statement: Traveller): void {
    this.#waiting.push(statement);
  }

  /** Sends these and what waits before them in one trip; answers the rows of each of these. */
  async sendTogether(statements: readonly Traveller[]): Promise<unknown[][]> {
    const all = [...this.takeWaiting(), ...statements];
    await prepareTravellers(this.#client, all);
    const answer: unknown = await this.#client.query(all.map((one) => one.call).join('; '));
    const results = (Array.isArray(answer) ? answer : [answer]) as { rows: unknown[] }[];
    return results.slice(results.length - statements.length).map((one) => one.rows);
  }

  takeWaiting(): Traveller[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
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
