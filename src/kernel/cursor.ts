/**
 * Where a paged list goes on: the sort key of the last row seen, as text the client only hands back.
 * Undefined when the text is not such a key of `length` parts.
 */
export function decodeCursor(text: string | undefined, length: number): string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(text);
    const isKey =
      Array.isArray(parts) && parts.length === length && parts.every((p) => typeof p === 'string');
    return isKey ? parts : undefined;
  } catch {
    return undefined;
  }
}

/** The cursor that continues after a row with these sort keys. */
export function encodeCursor(keys: readonly string[]): string {
  return JSON.stringify(keys);
}
