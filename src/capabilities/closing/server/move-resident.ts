import { sql, type Transaction } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';

/**
 * Moves a person with every row about them to another village, in the caller's transaction, whose scope must hold both
 * places. What is still to be done goes to the new organization; who did what was done stays written as it was.
 */
export async function moveEverything(
  tx: Transaction<Tables>,
  tables: readonly ResidentTable[],
  input: { countyId: string; residentId: string; to: { id: string; path: string }; now: Date },
): Promise<void> {
  const { countyId, residentId, to } = input;
  for (const one of tables) {
    if (one.onMove !== 'follows') continue;
    const manager = one.managedBy ? sql`, ${sql.ref(one.managedBy)} = ${to.id}::uuid` : sql``;
    await sql`update ${sql.table(one.table)} set org_path = ${to.path}${manager}
      where county_id = ${countyId} and resident_id = ${residentId}::uuid`.execute(tx);
  }
  await sql`update resident set organization_id = ${to.id}::uuid, org_path = ${to.path}, version = version + 1,
      updated_at = ${input.now} where county_id = ${countyId} and id = ${residentId}::uuid`.execute(tx);
}
