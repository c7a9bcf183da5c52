/** Damm's quasigroup of order ten: finds every single wrong digit and every swap of neighbours. */
const damm = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

const digitsBeforeCheck = 6;

/**
 * Seven digits to read aloud when a resident's card cannot be scanned: six from the resident's id and a check digit. Two
 * people of one phone may share a code, so whoever hears it also asks the name.
 */
export function spokenCodeOf(residentId: string): string {
  const random = Number.parseInt(residentId.replace(/-/g, '').slice(-10), 16);
  const digits = `${random % 10 ** digitsBeforeCheck}`.padStart(digitsBeforeCheck, '0');
  return digits + dammDigit(digits);
}

/** Reads a code as heard: spaces and dashes aside, seven digits whose check digit fits. */
export function readSpokenCode(
  text: string,
):
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'wrong-digit' }
  | { readonly kind: 'other' } {
  const code = text.replace(/[\s-]/g, '');
  if (!/^\d{7}$/.test(code)) return { kind: 'other' };
  return dammDigit(code) === '0' ? { kind: 'code', code } : { kind: 'wrong-digit' };
}

/** A code in the groups in which it is spoken: `123 4567`. */
export function groupSpokenCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

function dammDigit(digits: string): string {
  return [...digits].reduce((state, digit) => damm[Number(state)]?.[Number(digit)] ?? '0', '0');
}
