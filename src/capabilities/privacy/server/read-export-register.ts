import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { parseId } from '#kernel/ids.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { RegisteredExport } from '../export-register-contract.ts';

/** Files that left the caller's area, newest first; or the one with this number or digest. */
export async function readExportRegister(
  tx: Transaction<Tables>,
  countyId: string,
  input: { mark?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: RegisteredExport[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor, 2);
  const mark = input.mark?.trim().toLowerCase();
  const id = mark ? parseId(mark) : undefined;
  const sought = !mark ? sql`` : id ? sql`and x.id = ${id}::uuid` : sql`and x.file_hash = ${mark}`;
  const { rows } = await sql<Row>`
    select x.id, x.made_at, x.made_at::text as key, s.name as staff_name, s.username, o.name as organization_name, x.door,
      x.purpose, x.people, x.bytes, x.file_hash
    from export_register x
    join staff s on s.county_id = x.county_id and s.id = x.made_by
    join organization o on o.county_id = x.county_id and o.id = x.organization_id
    where x.county_id = ${countyId} ${sought}
      ${after ? sql`and (x.made_at, x.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by x.made_at desc, x.id desc limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      exportId: row.id,
      madeAt: row.made_at.toISOString(),
      staffName: row.staff_name,
      username: row.username,
      organizationName: row.organization_name,
      door: row.door,
      purpose: row.purpose,
      people: row.people,
      bytes: row.bytes,
      fileHash: row.file_hash,
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.key, last.id]) : null,
  };
}

interface Row {
  readonly id: string;
  readonly made_at: Date;
  readonly key: string;
  readonly staff_name: string;
  readonly username: string;
  readonly organization_name: string;
  readonly door: RegisteredExport['door'];
  readonly purpose: RegisteredExport['purpose'];
  readonly people: number;
  readonly bytes: number;
  readonly file_hash: string;
}
