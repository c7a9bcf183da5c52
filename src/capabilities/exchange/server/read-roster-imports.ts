import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import type { RosterImport, RosterRowState } from '../contract.ts';
import type { RosterIssue } from '../domain/read-roster-row.ts';

/** What was found in a file before anything is imported. */
export type RosterPreview = NonNullable<RosterImport['preview']>;

interface ImportRow {
  readonly id: string;
  readonly file_name: string;
  readonly organization_name: string;
  readonly status: RosterImport['status'];
  readonly progress: RosterImport['progress'];
  readonly preview: (RosterPreview & { refusal: string | null }) | { refusal: string } | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

const importColumns = sql`i.id, i.file_name, o.name as organization_name, i.status, i.progress, i.preview, i.created_at, i.finished_at
  from roster_import i join organization o on o.county_id = i.county_id and o.id = i.organization_id`;

function toImport(row: ImportRow): RosterImport {
  const { preview } = row;
  return {
    id: row.id,
    fileName: row.file_name,
    organizationName: row.organization_name,
    status: row.status,
    progress: row.progress,
    refusal: preview?.refusal ?? null,
    preview: preview && 'sheetName' in preview ? preview : null,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** One import as it stands; undefined when it is not in scope. */
export async function readRosterImport(
  database: Database,
  actor: Actor,
  importId: string,
): Promise<RosterImport | undefined> {
  return withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
    const result = await sql<ImportRow>`select ${importColumns}
      where i.county_id = ${actor.countyId} and i.id = ${importId}::uuid`.execute(tx);
    const [row] = result.rows;
    return row ? toImport(row) : undefined;
  });
}

/** The imports of a scope, newest first. */
export async function readRosterImports(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
): Promise<{ items: RosterImport[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const result = await sql<ImportRow>`select ${importColumns}
    where i.county_id = ${actor.countyId}
      ${after ? sql`and (i.created_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by i.created_at desc, i.id desc limit ${input.limit + 1}`.execute(tx);
  const page = result.rows.slice(0, input.limit);
  const last = page.at(-1);
  const more = result.rows.length > input.limit && last;
  return {
    items: page.map(toImport),
    nextCursor: more ? encodeCursor([last.created_at.toISOString(), last.id]) : null,
  };
}

/** Rows of an import in order, all or of one state. */
export async function readRosterRows(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { importId: string; state?: RosterRowState | undefined; cursor?: string | undefined; limit: number },
) {
  const after = Number(decodeCursor(input.cursor, 1)?.[0] ?? 0);
  let query = tx
    .selectFrom('roster_import_row')
    .select(['import_id', 'row_no', 'state', 'person', 'issues', 'resident_id'])
    .where('county_id', '=', actor.countyId)
    .where('import_id', '=', input.importId)
    .where('row_no', '>', Number.isFinite(after) ? after : 0);
  if (input.state) query = query.where('state', '=', input.state);
  const rows = await query
    .orderBy('row_no')
    .limit(input.limit + 1)
    .execute();
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => {
      const person = row.person as { name: string | null; idNo?: string };
      return {
        rowNo: row.row_no,
        state: row.state,
        name: person.name,
        idNo: person.idNo ?? null,
        residentId: row.resident_id,
        issues: row.issues as RosterIssue[],
      };
    }),
    nextCursor: rows.length > input.limit && last ? encodeCursor([String(last.row_no)]) : null,
  };
}
