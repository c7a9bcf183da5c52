/** Failed sign-ins one address may cause in a minute; a clinic's many honest people share one address. */
export const mostFailuresAMinute = 60;

/**
 * Counts failed sign-ins per source address over the last minute, against one password tried on a thousand names. Only
 * failures count, so a clinic behind one address is not shut out by its own traffic. Kept in memory: it slows an
 * attacker down, the locks of the accounts are in the database.
 */
export class SourceThrottle {
  readonly #failures = new Map<string, number[]>();

  /** True when this address has failed too often of late. */
  isTooOften(address: string, now: Date): boolean {
    return this.#recent(address, now).length >= mostFailuresAMinute;
  }

  /** Remembers a failure. */
  note(address: string, now: Date): void {
    if (this.#failures.size > 10_000) this.#failures.clear();
    this.#failures.set(address, [...this.#recent(address, now), now.getTime()]);
  }

  #recent(address: string, now: Date): number[] {
    return (this.#failures.get(address) ?? []).filter((at) => Math.abs(now.getTime() - at) < 60_000);
  }
}
