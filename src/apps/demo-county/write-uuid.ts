/** The value of a hex digit by its character code. */
const hexValues = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 0 : value;
});
/** Where each of the sixteen bytes stands in the text. */
const digits = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);

/** Writes the sixteen bytes of a UUID. */
export function writeUuid(bytes: Uint8Array, at: number, uuid: string): void {
  for (let i = 0; i < 16; i++) {
    const digit = digits[i] as number;
    const high = hexValues[uuid.charCodeAt(digit)] as number;
    bytes[at + i] = (high << 4) | (hexValues[uuid.charCodeAt(digit + 1)] as number);
  }
}
