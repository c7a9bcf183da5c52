import type { Actor } from '#platform/server/auth/actor.ts';

/**
 * The actor within their own house: a referral concerns the houses at its ends, also where somebody's other work reaches
 * the whole county. The database then shows what this house sent, received, or whose people it manages, and no more.
 */
export const inOwnHouse = (actor: Actor): Actor => ({ ...actor, scopePath: actor.path });
