import { sql, type Transaction } from 'kysely';
import type { Tables } from '#platform/server/database/tables.ts';

/** Where the change feed stands for this transaction. */
export interface FeedState {
  /** Changes when the server was restored from a backup: by the database's own marks, or by hand. */
  readonly epoch: string;
  /** Every transaction before this one has ended, also after a crash: the feed is complete up to here. */
  readonly bound: string;
  /** No transaction at or after this one has begun. */
  readonly next: string;
}

/** Key of the county setting a restore by file copy must change, since PostgreSQL itself cannot tell. */
export const epochSetting = 'sync-epoch';

/**
 * Reads epoch and bounds in one snapshot. The cluster's identity and timeline belong to the epoch: a restore to a point in
 * time starts a new timeline and a restore from a dump another cluster, so that both are noticed without anybody's help.
 */
export async function readFeedState(
  tx: Transaction<Tables>,
  countyId: string,
  /** A transaction known to be on disk. After a crash, numbers above the last one on disk are given out again. */
  durable: string,
): Promise<FeedState> {
  const { rows } = await sql<{
    stored: string | null;
    cluster: string;
    timeline: number;
    bound: string;
    next: string;
  }>`
    select (select value #>> '{}' from county_setting where county_id = ${countyId} and key = ${epochSetting}) as stored,
      (select system_identifier::text from pg_control_system()) as cluster,
      (select timeline_id from pg_control_checkpoint()) as timeline,
      least(pg_snapshot_xmin(pg_current_snapshot())::text::numeric, ${durable}::numeric + 1)::text as bound, pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error('a select without from answers one row');
  return {
    epoch: `${row.stored ?? '0'}.${row.cluster}.${row.timeline}`,
    bound: row.bound,
    next: row.next,
  };
}

/** Starts a new epoch: the database said so, or a phone has seen transactions that are not there any more. */
export async function startEpoch(tx: Transaction<Tables>, countyId: string, now: Date): Promise<string> {
  const value = String(now.getTime());
  await sql`insert into county_setting (county_id, key, value, changed_at)
    values (${countyId}, ${epochSetting}, to_jsonb(${value}::text), ${now})
    on conflict (county_id, key) do update set value = excluded.value, changed_at = excluded.changed_at`.execute(
    tx,
  );
  return value;
}
