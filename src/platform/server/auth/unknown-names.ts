import { sql } from 'kysely';
import { blindIndex, type KeyRing } from '../crypto/key-ring.ts';
import type { Database } from '../database/open-database.ts';
import { inCounty } from './sessions.ts';

interface Attempt {
  readonly countyId: string;
  readonly keys: KeyRing;
  readonly username: string;
  readonly now: Date;
}

const indexOf = ({ keys, username }: Attempt) =>
  blindIndex(keys.current('index'), 'unknown-sign-in', username);

/** Until when a name that no account has is locked, by the same law as real accounts. */
export async function readUnknownLock(database: Database, attempt: Attempt): Promise<Date | null> {
  const row = await inCounty(database, attempt.countyId, (tx) =>
    tx
      .selectFrom('unknown_sign_in')
      .select('locked_until')
      .where('county_id', '=', attempt.countyId)
      .where('name_index', '=', indexOf(attempt))
      .executeTakeFirst(),
  );
  return row?.locked_until ?? null;
}

/** Counts a failure under a name that no account has; names not tried for a day are forgotten. */
export async function noteUnknownFailure(
  database: Database,
  attempt: Attempt,
  lockSecondsAfter: (failures: number) => number,
): Promise<void> {
  const { countyId, now } = attempt;
  await inCounty(database, countyId, async (tx) => {
    await sql`delete from unknown_sign_in where county_id = ${countyId} and last_at < ${now}::timestamptz - interval '1 day'`.execute(
      tx,
    );
    const row = await sql<{ failures: number }>`
      insert into unknown_sign_in (county_id, name_index, failures, last_at) values (${countyId}, ${indexOf(attempt)}, 1, ${now})
      on conflict (county_id, name_index) do update set failures = unknown_sign_in.failures + 1, last_at = excluded.last_at
      returning failures`.execute(tx);
    const seconds = lockSecondsAfter(row.rows[0]?.failures ?? 0);
    if (seconds > 0)
      await sql`update unknown_sign_in set locked_until = ${new Date(now.getTime() + seconds * 1000)}
        where county_id = ${countyId} and name_index = ${indexOf(attempt)}`.execute(tx);
  });
}
