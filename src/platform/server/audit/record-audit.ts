import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Actor } from '../auth/actor.ts';

/** Writes down who did what to whom, in the same transaction as the deed. `detail` never holds personal data. */
export async function recordAudit(
  tx: Transaction<Tables>,
  actor: Actor | undefined,
  entry: {
    action: string;
    residentId?: string | undefined;
    subject?: string | undefined;
    outcome?: 'allowed' | 'refused';
    detail?: unknown;
    countyId?: string;
    now: Date;
  },
): Promise<void> {
  const countyId = actor?.countyId ?? entry.countyId;
  if (countyId === undefined) throw new Error('an audit entry needs a county');
  await tx
    .insertInto('audit_entry')
    .values({
      county_id: countyId,
      id: uuidv7(),
      at: entry.now,
      staff_id: actor?.staffId ?? null,
      role: actor?.role ?? null,
      org_path: actor?.path ?? null,
      action: entry.action,
      resident_id: entry.residentId ?? null,
      subject: entry.subject ?? null,
      outcome: entry.outcome ?? 'allowed',
      detail: entry.detail === undefined ? null : JSON.stringify(entry.detail),
    })
    .execute();
}
