import { orgPath } from '#kernel/org-path.ts';
import type { Actor } from './actor.ts';

/** The actor with the whole county in reach, for the few acts past one's own people; whoever calls it checks the ends. */
export const countyWide = (actor: Actor): Actor => ({ ...actor, scopePath: orgPath(`/${actor.countyId}/`) });
