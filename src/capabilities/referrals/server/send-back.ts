import type { Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { referralBack2017 } from '#standards/forms/referral-back/2017.ts';
import type { ReferralBack } from '../contract.ts';
import type { ReferralState } from '../domain/referral-states.ts';
import { readReturnHouses } from './return-houses.ts';
import { holdReferral, takeStep } from './step-referral.ts';

/** Sends a person who came back to the house they came from, or the one that manages them, with the national slip. */
export async function sendBack(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly operationId: string;
    readonly referralId: string;
    readonly version: number;
    /** By default the sender. */
    readonly toOrganizationId?: string | undefined;
    readonly back: Omit<ReferralBack, 'backDate' | 'fromDoctor' | 'edition'>;
    readonly today: PlainDate;
    readonly now: Date;
  },
): Promise<{ version: number; state: ReferralState } | Refused> {
  const held = await holdReferral(tx, actor, input.referralId);
  if (!held || held.to_organization_id !== actor.organizationId) return refused('not-found');
  const to = input.toOrganizationId ?? held.from_organization_id;
  const houses = await readReturnHouses(tx, actor.countyId, held);
  if (!houses.some((house) => house.id === to))
    return refused('invalid-input', {
      issues: [
        {
          path: 'toOrganizationId',
          code: 'not-possible',
          message: '只能回转给转出机构，或管理本人的村卫生室、乡镇卫生院。',
        },
      ],
    });
  const answers = writtenSlip(input.back, actor, input.today);
  const toOrganizationId = to === held.from_organization_id ? null : to;
  const back = { edition: referralBack2017.edition, answers, toOrganizationId };
  return takeStep(tx, actor, { ...input, deed: 'return', note: '', back });
}

/** The slip as it goes out: what was written, by whom and when. */
export const writtenSlip = (
  back: Omit<ReferralBack, 'backDate' | 'fromDoctor' | 'edition'>,
  actor: Actor,
  today: PlainDate,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(back).map(([id, text]) => [id, text.trim()])),
  backDate: today,
  fromDoctor: actor.name,
});
