/** Where a place has other medicines than the one above it: by code of the formulary. */
export interface AvailabilityExceptions {
  /** Has, though the one above lacks it. */
  readonly has: readonly string[];
  /** Lacks, though the one above has it. */
  readonly lacks: readonly string[];
}

/** What phones are told: only places that differ from the one above them, by their place in the county. */
export interface PublishedAvailability {
  readonly places: Readonly<Record<string, AvailabilityExceptions>>;
}

/** The places from the county down to this one, itself included: `/999999/101/` is below `/999999/`. */
export function placesDownTo(path: string): readonly string[] {
  const labels = path.split('/').filter((label) => label !== '');
  return labels.map((_, at) => `/${labels.slice(0, at + 1).join('/')}/`);
}

/** Codes a place lacks: a county that has said nothing has everything, and each place follows the one above where it is silent. */
export function lackingAt(
  published: PublishedAvailability | undefined,
  path: string | undefined,
): ReadonlySet<string> {
  const lacking = new Set<string>();
  if (!published || path === undefined) return lacking;
  for (const place of placesDownTo(path)) {
    const own = Object.hasOwn(published.places, place) ? published.places[place] : undefined;
    for (const code of own?.has ?? []) lacking.delete(code);
    for (const code of own?.lacks ?? []) lacking.add(code);
  }
  return lacking;
}

/** What to keep of a place that lacks these, below one that lacks those: the difference, so that the rest goes on following. */
export function exceptionsOf(
  above: ReadonlySet<string>,
  lacking: ReadonlySet<string>,
): AvailabilityExceptions {
  return {
    has: [...above].filter((code) => !lacking.has(code)).toSorted(),
    lacks: [...lacking].filter((code) => !above.has(code)).toSorted(),
  };
}
