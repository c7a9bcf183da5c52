import type { PlainDate } from '#kernel/plain-date.ts';
import type { PhoneCarePlan } from '../domain/person-document.ts';

/** A plan as the centre keeps it, with more than a phone needs. */
export interface PlanRow {
  readonly on: PlainDate;
  readonly by: string;
  readonly content: {
    readonly goals?: PhoneCarePlan['goals'];
    readonly medicines?: PhoneCarePlan['medicines'];
    readonly monitoring?: PhoneCarePlan['monitoring'];
    readonly nextOn?: string;
  };
}

/** The part of the centre's plan that a phone holds. */
export function planOf({ on, by, content }: PlanRow): PhoneCarePlan {
  const { goals = [], medicines = [], monitoring = [], nextOn } = content;
  return { on, by, goals, medicines, monitoring, nextOn: nextOn || null };
}
