import type { Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { referralBack2017 } from '#standards/forms/referral-back/2017.ts';
import type { ReferralBack } from '../contract.ts';
import type { ReferralState } from '../domain/referral-states.ts';
import { takeStep } from './step-referral.ts';

/** Sends a person who came back to the house they came from, with the national slip. */
export function sendBack(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly operationId: string;
    readonly referralId: string;
    readonly version: number;
    readonly back: Omit<ReferralBack, 'backDate' | 'fromDoctor' | 'edition'>;
    readonly today: PlainDate;
    readonly now: Date;
  },
): Promise<{ version: number; state: ReferralState } | Refused> {
  const said = Object.entries(input.back).map(([id, text]) => [id, text.trim()]);
  const answers = { ...Object.fromEntries(said), backDate: input.today, fromDoctor: actor.name };
  const back = { edition: referralBack2017.edition, answers };
  return takeStep(tx, actor, { ...input, deed: 'return', note: '', back });
}
