const cardPrefix = 'QC1P:';

/** What a resident's card says when it is scanned: the inner id, and nothing about the person. */
export function cardTextOf(residentId: string): string {
  return cardPrefix + residentId;
}

/** The resident a scanned text names; undefined when it is no card of ours. */
export function residentOnCard(text: string): string | undefined {
  return text.startsWith(cardPrefix) ? text.slice(cardPrefix.length) : undefined;
}
