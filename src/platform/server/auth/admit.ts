import { policyOf, purposeOf } from '#standards/access-policy.ts';
import type { Actor } from './actor.ts';

/**
 * Every door asks here: the actor with what the policy grants for this action, or undefined. An action the policy does not
 * know, or does not give to the role, lets nobody through. The purpose goes along into the audit trail.
 */
export function admit(actor: Actor, action: string): Actor | undefined {
  const row = policyOf(action);
  const purpose = purposeOf(action, actor.role);
  if (!row || !purpose) return undefined;
  const permit = { action, purpose, ...(row.beyond ? { beyond: row.beyond } : {}) };
  const { origin } = actor;
  return { ...actor, permit, ...(origin ? { origin: { ...origin, purpose } } : {}) };
}
