import { orgPath } from '#kernel/org-path.ts';
import type { Actor } from '#platform/server/auth/actor.ts';

/** The actor with the whole county in reach, for the few looks past one's own people that this capability is for. */
export const countyWide = (actor: Actor): Actor => ({ ...actor, scopePath: orgPath(`/${actor.countyId}/`) });
