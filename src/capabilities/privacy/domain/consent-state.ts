import { valueOn } from '#kernel/dated.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { ageOfOwnConsent } from '#standards/privacy/privacy-parameters.ts';
import type { LegalBasis } from '#standards/privacy/processing-purposes.ts';

export type Speaker = 'self' | 'guardian';

/** The last word about one purpose. */
export interface LastWord {
  readonly deed: 'given' | 'withdrawn';
  readonly givenBy: Speaker;
  readonly onDay: PlainDate;
}

export type ConsentState = 'not-needed' | 'not-asked' | 'given' | 'withdrawn' | 'lapsed';

/** How a purpose stands for one person. A guardian's word ends on the day the child may speak for itself. */
export function consentState(
  basis: LegalBasis,
  last: LastWord | undefined,
  person: { readonly birthDate: PlainDate },
  today: PlainDate,
): ConsentState {
  if (basis === 'statutory-duty') return 'not-needed';
  if (!last) return 'not-asked';
  if (last.deed === 'withdrawn') return 'withdrawn';
  const isOutgrown =
    last.givenBy === 'guardian' &&
    needsGuardian(person.birthDate, last.onDay) &&
    !needsGuardian(person.birthDate, today);
  return isOutgrown ? 'lapsed' : 'given';
}

/** Whether the use may be made: without asking only where a duty or the service itself carries it. */
export function allowsUse(basis: LegalBasis, state: ConsentState): boolean {
  if (basis === 'statutory-duty') return true;
  if (basis === 'service-asked-for') return state !== 'withdrawn';
  return state === 'given';
}

/** Whether somebody is too young on a day to speak for themselves. */
export function needsGuardian(birthDate: PlainDate, on: PlainDate): boolean {
  return ageInYears(birthDate, on) < valueOn(ageOfOwnConsent, on);
}
