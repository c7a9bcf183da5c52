import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Ending, ResidentTable } from '#platform/server/database/resident-table.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { RowChanges } from './row-changes.ts';

/** The record's own row, as changes of it are kept. */
export const residentTable = { table: 'resident', key: ['id'] } as const;

/** Reckons every derived table of these people again for these years. */
export async function reckonAgain(
  tx: Transaction<Tables>,
  tables: readonly ResidentTable[],
  input: { countyId: string; residentIds: readonly string[]; years: readonly number[]; today: PlainDate },
): Promise<void> {
  for (const one of tables) if (one.onMerge.kind === 'derived') await one.onMerge.reckon(tx, input);
}

/**
 * Ends what is open about a person, table by table as each owner says, and sets the record's status, all under one cause
 * so that a mistaken ending can be taken back.
 */
export async function endEverything(
  tx: Transaction<Tables>,
  tables: readonly ResidentTable[],
  ending: Ending & { causeId: string; orgPath: string; status: string | undefined; note: string | null },
): Promise<void> {
  const changes = new RowChanges(tx, ending);
  for (const one of tables) {
    const change = one.onEnd?.(ending);
    if (change)
      await changes.change(one, {
        ...change,
        when: sql`t.resident_id = ${ending.residentId}::uuid and ${change.when}`,
      });
    await one.afterEnd?.(tx, ending);
  }
  if (ending.status === undefined) return;
  await changes.change(residentTable, {
    columns: ['status', 'status_on', 'status_note'],
    set: sql`status = ${ending.status}, status_on = ${ending.onDay}::date, status_note = ${ending.note},
      version = t.version + 1, updated_at = ${ending.now}`,
    when: sql`t.id = ${ending.residentId}::uuid`,
  });
}
