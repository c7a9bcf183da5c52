import type { ReferralState, Urgency } from '#capabilities/referrals/domain/referral-states.ts';

/** A referral of a person as the phone needs it: where to, how far it has come, what was said; without its summary. */
export interface PhoneReferral {
  readonly id: string;
  /** The house that sent it; absent while only this phone knows of it. */
  readonly fromId?: string;
  readonly fromName?: string;
  /** Absent: a house elsewhere, named in the department. */
  readonly toId?: string;
  readonly toName?: string;
  readonly toDepartment: string;
  readonly urgency: Urgency;
  readonly reason: string;
  readonly state: ReferralState;
  readonly version: number;
  /** When it came to this state, by the server. */
  readonly at?: string;
  /** What was said then: why it was declined, why nobody came. */
  readonly note?: string;
  /** By when the other house is to answer. */
  readonly answerDueAt?: string;
  /** What the hospital wrote on the slip. */
  readonly back?: {
    readonly diagnosis: string;
    readonly treatmentAndAdvice: string;
    readonly fromDoctor: string;
    readonly fromPhone: string;
    readonly backDate: string;
  };
  /** True while its last step is known to this phone only. */
  readonly isLocal?: true;
}
