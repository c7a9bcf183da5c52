import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/** Not about the person: who looked is told by the access log, and the feed only says that something changed. */
const left: readonly string[] = ['audit_entry', 'change_feed'];

type Row = Record<string, unknown>;
interface Part {
  readonly table: string;
  readonly title: string;
  readonly rows: Row[];
}

/** Everything kept about one person, table by table, as a file the person may take elsewhere. */
export async function copyOfPerson(
  tx: Transaction<Tables>,
  actor: Actor,
  tables: readonly ResidentTable[],
  input: { requestId: string; now: Date },
): Promise<
  { kind: 'copy'; residentId: string; copy: { madeAt: string; resident: Row; parts: Part[] } } | Refused
> {
  const request = await tx
    .selectFrom('privacy_request')
    .select(['resident_id', 'kind'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.requestId)
    .executeTakeFirst();
  if (!request) return refused('not-found');
  if (request.kind !== 'copy')
    return refused('illegal-move', { detail: '只有查阅复制的请求才出具资料副本。' });
  const person = await sql<{ row: Row }>`select to_jsonb(t) as row from resident t
    where county_id = ${actor.countyId} and id = ${request.resident_id}::uuid`.execute(tx);
  const parts: Part[] = [];
  for (const { table, title } of tables.filter((one) => !left.includes(one.table))) {
    const { rows } = await sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.table(table)} t
      where county_id = ${actor.countyId} and resident_id = ${request.resident_id}::uuid`.execute(tx);
    if (rows.length > 0) parts.push({ table, title, rows: rows.map((one) => withoutIndexes(one.row)) });
  }
  const resident = withoutIndexes(person.rows[0]?.row ?? {});
  const copy = { madeAt: input.now.toISOString(), resident, parts };
  return { kind: 'copy', residentId: request.resident_id, copy };
}

/** Digests only find a person; they say nothing to them. */
function withoutIndexes(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !column.endsWith('_index')));
}
