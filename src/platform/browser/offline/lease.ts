/** How long a phone may go without contact before it asks for a sign-in. */
export interface Lease {
  readonly days: number;
  /** Days counted without contact. */
  readonly used: number;
  /** Phone clock when last counted. */
  readonly countedAt: number;
}

const dayMs = 86_400_000;
/** A leap of the clock beyond this is a wrong clock, not a phone in a drawer. */
const leapDays = 400;

export function leaseFrom(now: Date, days: number): Lease {
  return { days, used: 0, countedAt: now.getTime() };
}

/**
 * The lease as used by now. A clock set back counts nothing; a leap of more than a year counts one day, since a doctor in
 * a village without network whose phone believes it is 2036 must still be able to work. Whoever holds the clock can
 * stretch a lease; the wrong tries, which no clock resets, are the wall against them.
 */
export function leaseUsed(lease: Lease, now: Date): Lease {
  const passed = (now.getTime() - lease.countedAt) / dayMs;
  const counted = passed < 0 ? 0 : passed > leapDays ? 1 : passed;
  return { days: lease.days, used: lease.used + counted, countedAt: now.getTime() };
}

export const isLeaseOver = (lease: Lease) => lease.used > lease.days;
