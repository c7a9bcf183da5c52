const quote = 0x22;
const backslash = 0x5c;

/** Writes text as UTF-8; answers where it ends. Letter by letter, since asking Node costs more than a short text. */
export function writeUtf8(bytes: Uint8Array, begin: number, text: string): number {
  const { length } = text;
  let at = begin;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) bytes[at++] = code;
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >>> 6);
      bytes[at++] = 0x80 | (code & 63);
    } else if (code < 0xd800 || code > 0xdfff) {
      bytes[at++] = 0xe0 | (code >>> 12);
      bytes[at++] = 0x80 | ((code >>> 6) & 63);
      bytes[at++] = 0x80 | (code & 63);
    } else return begin + encodeInto(bytes, begin, text);
  }
  return at;
}

/** Writes text as a JSON string. */
export function writeJsonText(bytes: Uint8Array, begin: number, text: string): number {
  const { length } = text;
  let at = begin;
  bytes[at++] = quote;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      if (code < 0x20 || code === quote || code === backslash)
        return writeUtf8(bytes, begin, JSON.stringify(text));
      bytes[at++] = code;
    } else if (code > 0x7ff && (code < 0xd800 || code > 0xdfff)) {
      bytes[at++] = 0xe0 | (code >>> 12);
      bytes[at++] = 0x80 | ((code >>> 6) & 63);
      bytes[at++] = 0x80 | (code & 63);
    } else return writeUtf8(bytes, begin, JSON.stringify(text));
  }
  bytes[at++] = quote;
  return at;
}

/** Copies bytes that stand ready; answers where they end. */
export function writeBytes(bytes: Uint8Array, begin: number, ready: Uint8Array): number {
  const { length } = ready;
  if (length > 96) bytes.set(ready, begin);
  else for (let i = 0; i < length; i++) bytes[begin + i] = ready[i] as number;
  return begin + length;
}

const encoder = new TextEncoder();
const encodeInto = (bytes: Uint8Array, begin: number, text: string) =>
  encoder.encodeInto(text, bytes.subarray(begin)).written;
