import { sql, type Transaction } from 'kysely';
import { valueOn } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { referralAfterDays, referralOpenDays } from '#standards/referral-parameters.ts';
import {
  missingWord,
  openToReceiver,
  type ReferralDeed,
  type ReferralSide,
  type ReferralState,
  referralDeeds,
  referralStates,
  refuseDeed,
  ruleOf,
} from '../domain/referral-states.ts';
import { linkFound } from './link-found.ts';
import { daysAfter } from './send-referral.ts';

interface StepInput {
  /** Also names the step. */
  readonly operationId: string;
  readonly referralId: string;
  readonly version: number;
  readonly deed: ReferralDeed;
  readonly note: string;
  /** The slip that goes back with the person. */
  readonly back?: {
    readonly edition: string;
    readonly answers: object;
    /** Null: the sender. */
    readonly toOrganizationId: string | null;
  };
  readonly today: PlainDate;
  readonly now: Date;
}

/**
 * One end of a referral does something with it. Of two who answer at once the second is told who was first. `tx` is of the
 * actor's own house.
 */
export async function takeStep(
  tx: Transaction<Tables>,
  actor: Actor,
  input: StepInput,
): Promise<{ version: number; state: ReferralState } | Refused> {
  const { deed, today, now } = input;
  const held = await holdReferral(tx, actor, input.referralId);
  if (!held) return refused('not-found');
  const kind = { isFound: held.is_found };
  const rule = ruleOf(deed, kind) ?? referralDeeds[deed];
  if (!housesOf(held, rule.side).includes(actor.organizationId)) return refused('not-found');
  if (held.version !== input.version)
    return refused('stale-version', { detail: await tellLastStep(tx, actor, input.referralId) });
  const impossible = refuseDeed(deed, held.status, kind);
  if (impossible) return refused('illegal-move', { detail: impossible });
  const missing = missingWord(deed, input.note, kind);
  if (missing)
    return refused('invalid-input', { issues: [{ path: 'note', code: 'missing', message: missing }] });
  const linked = await linkFound(tx, actor, { held, deed });
  if (linked && 'kind' in linked) return linked;
  await tx
    .insertInto('referral_step')
    .values({
      county_id: actor.countyId,
      id: input.operationId,
      referral_id: input.referralId,
      state: rule.to,
      at: now,
      by: actor.staffId,
      organization_id: actor.organizationId,
      note: input.note.trim() || null,
    })
    .execute();
  const version = held.version + 1;
  await tx
    .updateTable('referral_request')
    .set({
      status: rule.to,
      version,
      ...(linked ? { resident_id: linked.id, org_path: linked.org_path } : {}),
      ...(input.back ? sealedBack(tx, input.referralId, input.back) : {}),
      ...(held.to_organization_id === null ? {} : { receiver_until: seenUntil(rule.to, today, now) }),
    })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.referralId)
    .execute();
  await recordAudit(tx, actor, {
    action: `referral.${deed}`,
    residentId: linked?.id ?? held.resident_id ?? undefined,
    subject: input.referralId,
    now,
  });
  return { version, state: rule.to };
}

const sealedBack = (
  tx: Transaction<Tables>,
  id: string,
  { edition, answers, toOrganizationId }: NonNullable<StepInput['back']>,
) => ({
  back_to_organization_id: toOrganizationId,
  back: JSON.stringify(sealsOf(tx).answers('referral_request', id, answers)),
  back_edition: edition,
});

/** The houses of a side: that of the sender also the one the person was sent back to, which may take them on as the sender may. */
function housesOf(held: HeldReferral, side: ReferralSide): (string | null)[] {
  if (side === 'received') return [held.to_organization_id];
  return [held.from_organization_id, held.status === 'returned' ? held.back_to_organization_id : null];
}

/** Until when the receiving house sees a referral that comes to this state now: no longer, once it is withdrawn. */
export function seenUntil(state: ReferralState, today: PlainDate, now: Date): Date {
  if (state === 'withdrawn') return now;
  return daysAfter(
    now,
    valueOn(openToReceiver.includes(state) ? referralOpenDays : referralAfterDays, today),
  );
}

export type HeldReferral = NonNullable<Awaited<ReturnType<typeof holdReferral>>>;

/** Takes a referral for writing; undefined where this house may not see it. */
export function holdReferral(tx: Transaction<Tables>, actor: Actor, referralId: string) {
  return tx
    .selectFrom('referral_request')
    .select([
      'id',
      'resident_id',
      'from_organization_id',
      'to_organization_id',
      'back_to_organization_id',
      'org_path',
      'is_found',
      'summary',
      'status',
      'version',
    ])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', referralId)
    .forUpdate()
    .executeTakeFirst();
}

async function tellLastStep(tx: Transaction<Tables>, actor: Actor, referralId: string): Promise<string> {
  const { rows } = await sql<{ state: ReferralState; name: string }>`
    select p.state, s.name from referral_step p join staff s on s.county_id = p.county_id and s.id = p.by
    where p.county_id = ${actor.countyId} and p.referral_id = ${referralId}::uuid order by p.at desc, p.id desc limit 1`.execute(
    tx,
  );
  const [last] = rows;
  return last
    ? `${last.name}先处理了这份转诊，现在是“${referralStates[last.state]}”；请看最新情况。`
    : '请看最新情况。';
}
