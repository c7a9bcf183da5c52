import { CompiledQuery, type Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';

/** The statements a read sends, in their order. */
export async function queriesOf(
  tx: Transaction<Tables>,
  read: (tx: Transaction<Tables>) => Promise<unknown>,
): Promise<CompiledQuery[]> {
  const asked: CompiledQuery[] = [];
  const spy = tx.withPlugin({
    transformQuery: ({ node, queryId }) => {
      asked.push(tx.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  }) as Transaction<Tables>;
  await read(spy);
  return asked;
}

/** Rows of a table that the statements of a read touch, as the database counts them when it runs them once more. */
export async function countRowsRead(
  tx: Transaction<Tables>,
  table: string,
  read: (tx: Transaction<Tables>) => Promise<unknown>,
): Promise<number> {
  const asked = await queriesOf(tx, read);
  let rows = 0;
  for (const query of asked) {
    const explained = await tx.executeQuery<{ 'QUERY PLAN': unknown }>(
      CompiledQuery.raw(`explain (analyze, format json) ${query.sql}`, [...query.parameters]),
    );
    rows += touched(explained.rows[0]?.['QUERY PLAN'], table);
  }
  return rows;
}

function touched(plan: unknown, table: string): number {
  if (Array.isArray(plan)) return plan.reduce((sum: number, one) => sum + touched(one, table), 0);
  if (typeof plan !== 'object' || plan === null) return 0;
  const node = plan as Record<string, unknown>;
  const own =
    node['Relation Name'] === table
      ? (Number(node['Actual Rows'] ?? 0) + Number(node['Rows Removed by Filter'] ?? 0)) *
        Number(node['Actual Loops'] ?? 1)
      : 0;
  return own + Object.values(node).reduce((sum: number, one) => sum + touched(one, table), 0);
}
