import type { Transaction } from 'kysely';
import { sendReferral } from '#capabilities/referrals/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { Moved } from '../contract.ts';
import type { BoxId } from '../domain/flow-boxes.ts';
import { closeByReferral } from './danger-events.ts';
import { readFlowSettings } from './flow-settings.ts';
import { holdVisit, readFlowFacts } from './hold-visit.ts';
import { judgePerson } from './judge-visit.ts';
import { placeVisit, walkVisit } from './walk-visit.ts';

export interface ReferralInput {
  readonly visitId: string;
  readonly version: number;
  readonly referralId: string;
  readonly toOrganizationId?: string | undefined;
  readonly toDepartment: string;
  readonly urgency: 'emergency' | 'soon' | 'routine';
  readonly reason: string;
  readonly firstHandling: string;
  readonly today: PlainDate;
  readonly now: Date;
}

/** Boxes passed on the way to the referral: an emergency does not wait for them to be filled. */
const plainWay: Partial<Record<BoxId, readonly BoxId[]>> = { B4: ['B6'], B5: ['B6'] };
const hurriedWay: Partial<Record<BoxId, readonly BoxId[]>> = {
  ...plainWay,
  B1: ['B3', 'B4', 'B6'],
  B2: ['B3', 'B4', 'B6'],
  B3: ['B4', 'B6'],
};

/**
 * Beyond the centre: writes what was done first and asks for the referral at the same time, with a summary drawn from
 * the record. An emergency need not wait for every box to be filled: they are passed at once.
 */
export async function askForReferral(
  tx: Transaction<Tables>,
  actor: Actor,
  input: ReferralInput,
): Promise<Moved | Refused> {
  const visit = await holdVisit(tx, actor, input.visitId, input.version);
  if ('kind' in visit) return visit;
  const facts = await readFlowFacts(tx, actor.countyId, visit);
  const { settings } = await readFlowSettings(tx, actor.countyId);
  const judged =
    visit.box === 'B13' ? await judgePerson(tx, actor.countyId, visit.resident_id, input.today) : undefined;
  const isEmergency = input.urgency === 'emergency';
  const before = (isEmergency ? hurriedWay : plainWay)[visit.box] ?? [];
  const content = {
    reason: input.reason,
    firstHandling: input.firstHandling,
    toDepartment: input.toDepartment,
    urgency: input.urgency,
  };
  const at = await walkVisit(
    tx,
    actor,
    visit,
    { ...facts, beyondCapacity: true, stable: judged ? judged.state === 'stable' : undefined },
    settings,
    [
      ...before.map((to) => ({ to, ...(isEmergency ? { content: { note: '急症，先处理后补记' } } : {}) })),
      { to: 'B7' as const, content },
    ],
    input.now,
  );
  if (typeof at !== 'string') return at;
  const sent = await sendReferral(tx, actor, { ...input, residentId: visit.resident_id });
  if ('kind' in sent) return sent;
  const { now } = input;
  await closeByReferral(tx, actor, { residentId: visit.resident_id, note: input.firstHandling.trim(), now });
  return placeVisit(tx, actor, visit, at, now, { beyondCapacity: true });
}
