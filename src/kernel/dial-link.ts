/** What dials a telephone number; undefined for what is no number, as one that is hidden or could not be opened. */
export function dialLink(phone: string | null | undefined): string | undefined {
  const text = phone?.normalize('NFKC').trim() ?? '';
  return /^\+?\d[\d\s()-]{2,}$/.test(text) ? `tel:${text.replace(/[^+\d]/g, '')}` : undefined;
}
