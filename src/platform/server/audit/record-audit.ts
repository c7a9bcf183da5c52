import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Actor } from '../auth/actor.ts';

/**
 * Writes down who did what to whom, from where and what for, in the same transaction as the deed. `detail` never holds
 * personal data; of the content before and after only digests are kept.
 */
export async function recordAudit(
  tx: Transaction<Tables>,
  actor: Actor | undefined,
  entry: {
    action: string;
    residentId?: string | undefined;
    subject?: string | undefined;
    outcome?: 'allowed' | 'refused';
    detail?: unknown;
    /** What the row held before and after a change. */
    before?: unknown;
    after?: unknown;
    countyId?: string;
    now: Date;
  },
): Promise<void> {
  const countyId = actor?.countyId ?? entry.countyId;
  if (countyId === undefined) throw new Error('an audit entry needs a county');
  const id = uuidv7();
  const digest = (content: unknown) =>
    content === undefined
      ? null
      : createHash('sm3')
          .update(`${id}|${JSON.stringify(content)}`)
          .digest();
  await tx
    .insertInto('audit_entry')
    .values({
      county_id: countyId,
      id,
      at: entry.now,
      staff_id: actor?.staffId ?? null,
      role: actor?.role ?? null,
      org_path: actor?.path ?? null,
      action: entry.action,
      resident_id: entry.residentId ?? null,
      subject: entry.subject ?? null,
      outcome: entry.outcome ?? 'allowed',
      detail: entry.detail === undefined ? null : JSON.stringify(entry.detail),
      purpose: actor?.origin?.purpose ?? null,
      device: actor?.origin?.device ?? null,
      address: actor?.origin?.address ?? null,
      request_id: actor?.origin?.requestId ?? null,
      before_hash: digest(entry.before),
      after_hash: digest(entry.after),
    })
    .execute();
}
