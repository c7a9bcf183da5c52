const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/**
 * What the desk typed or scanned: a resident's card names the person by the inner id; all else is searched for, an
 * identity number, a telephone, an archive code or a name.
 */
export function readDeskText(
  text: string,
):
  | { readonly kind: 'card'; readonly residentId: string }
  | { readonly kind: 'search'; readonly text: string } {
  const found = uuid.exec(text)?.[0];
  return found ? { kind: 'card', residentId: found.toLowerCase() } : { kind: 'search', text: text.trim() };
}
