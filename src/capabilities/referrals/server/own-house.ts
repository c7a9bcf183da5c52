import type { Transaction } from 'kysely';
import type { Actor } from '#platform/server/auth/actor.ts';
import { asOf } from '#platform/server/database/as-of.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { runInScope } from '#platform/server/database/with-scope.ts';

/**
 * The actor within their own house: a referral concerns the houses at its ends, also where somebody's other work reaches
 * the whole county. The database then shows what this house sent, received, or whose people it manages, and no more.
 */
export const inOwnHouse = (actor: Actor): Actor => ({ ...actor, scopePath: actor.path });

/** Reads within the actor's own house as of this moment. */
export const inHouse = <T>(
  database: Database,
  actor: Actor,
  now: Date,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> =>
  runInScope(database, { countyId: actor.countyId, path: actor.path }, { reads: [asOf(now)], work });
