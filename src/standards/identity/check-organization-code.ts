import { toHalfWidth } from '#kernel/well-formed-text.ts';

const weights = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * Check character of an organisation code from its first eight characters (digits or capitals, A = 10).
 * @source GB 11714-1997 全国组织机构代码编制规则
 */
export function organizationCheckDigit(first8: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * digitValueOf(first8.charCodeAt(i)), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Whether a nine-character organisation code, with or without its dash, has its right check character. */
export function isOrganizationCode(text: string): boolean {
  const code = toHalfWidth(text).replace(/[-\s]/g, '').toUpperCase();
  return /^[0-9A-Z]{8}[0-9X]$/.test(code) && organizationCheckDigit(code.slice(0, 8)) === code[8];
}

function digitValueOf(charCode: number): number {
  return charCode >= 65 ? charCode - 55 : charCode - 48;
}
