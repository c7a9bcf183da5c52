import { toHalfWidth } from '#kernel/well-formed-text.ts';
import { organizationCheckDigit } from './check-organization-code.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type SocialCreditCodeCheck =
  | { readonly kind: 'valid'; readonly code: string; readonly regionCode: string; readonly orgCode: string }
  | {
      readonly kind: 'invalid';
      readonly reason: 'wrong-length' | 'wrong-characters' | 'wrong-check-digit';
      readonly message: string;
    };

/**
 * Check character of a unified social credit code from its first 17 characters.
 * @source GB 32100-2015 法人和其他组织统一社会信用代码编码规则
 */
export function socialCreditCheckDigit(first17: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(first17.charAt(i)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/**
 * Reads a unified social credit code as people type it; the answer carries the 18 characters, the region and the
 * organisation code inside, or what is wrong in Chinese.
 * @source GB 32100-2015 法人和其他组织统一社会信用代码编码规则
 */
export function checkSocialCreditCode(text: string): SocialCreditCodeCheck {
  const code = toHalfWidth(text).replace(/\s/g, '').toUpperCase();
  if (code.length !== 18) {
    const message = `统一社会信用代码应为18位，现在是${code.length}位。`;
    return { kind: 'invalid', reason: 'wrong-length', message };
  }
  if (![...code].every((character) => alphabet.includes(character)) || !/^\d{6}$/.test(code.slice(2, 8))) {
    const message = '统一社会信用代码只用数字和大写字母（不含I、O、S、V、Z），第3至8位为数字。';
    return { kind: 'invalid', reason: 'wrong-characters', message };
  }
  const orgCode = code.slice(8, 17);
  const holds =
    socialCreditCheckDigit(code.slice(0, 17)) === code[17] &&
    organizationCheckDigit(orgCode.slice(0, 8)) === orgCode[8];
  if (!holds) {
    const message = '统一社会信用代码校验位不对，请逐位核对。';
    return { kind: 'invalid', reason: 'wrong-check-digit', message };
  }
  return { kind: 'valid', code, regionCode: code.slice(2, 8), orgCode };
}
