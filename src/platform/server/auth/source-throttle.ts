/** Failed sign-ins one address may cause in a minute; a clinic's many honest people share one address. */
export const mostFailuresAMinute = 20;

/** Failed sign-ins of the whole county in a minute after which somebody should look: many doors tried at once. */
export const mostFailuresOfAll = 50;

/**
 * Counts failed sign-ins per source address over the last minute, against one password tried on a thousand names. Only
 * failures count, so a clinic behind one address is not shut out by its own traffic. Kept in memory: it slows an
 * attacker down, the locks of the accounts are in the database.
 */
export class SourceThrottle {
  readonly #failures = new Map<string, number[]>();
  #all: number[] = [];

  /** True when this address has failed too often of late. */
  isTooOften(address: string, now: Date): boolean {
    return this.#recent(address, now).length >= mostFailuresAMinute;
  }

  /** Remembers a failure; answers what somebody should be told of, once for each time it is reached. */
  note(address: string, now: Date): 'source' | 'county' | undefined {
    if (this.#failures.size > 10_000) this.#failures.clear();
    const own = [...this.#recent(address, now), now.getTime()];
    this.#failures.set(address, own);
    this.#all = [...this.#all.filter((at) => Math.abs(now.getTime() - at) < 60_000), now.getTime()].slice(
      -1000,
    );
    if (own.length === mostFailuresAMinute) return 'source';
    return this.#all.length === mostFailuresOfAll ? 'county' : undefined;
  }

  #recent(address: string, now: Date): number[] {
    return (this.#failures.get(address) ?? []).filter((at) => Math.abs(now.getTime() - at) < 60_000);
  }
}
