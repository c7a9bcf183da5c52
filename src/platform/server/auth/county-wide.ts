import { orgPath } from '#kernel/org-path.ts';
import type { Actor } from './actor.ts';

/**
 * The actor with the whole county in reach, for the few acts past one's own people. Only where the policy names what ties
 * them to somebody beyond; whoever calls it checks that very tie.
 */
export function countyWide(actor: Actor): Actor {
  if (!actor.permit?.beyond)
    throw new Error(`the policy keeps ${actor.permit?.action ?? 'this'} to one's own area`);
  return { ...actor, scopePath: orgPath(`/${actor.countyId}/`) };
}
