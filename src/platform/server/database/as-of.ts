import { type RawBuilder, sql } from 'kysely';

/** Tells the transaction what moment it is about: the wall asks it until when a receiver may see a referral. */
export function asOf(now: Date): RawBuilder<unknown> {
  const moment = now.toISOString();
  return sql`select set_config('app.at', ${moment}, true)`;
}
