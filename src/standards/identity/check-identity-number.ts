import { type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';
import { toHalfWidth } from '#kernel/well-formed-text.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export type IdentityNumberCheck =
  | { readonly kind: 'valid'; readonly idNo: string; readonly birthDate: PlainDate; readonly sex: '1' | '2' }
  | {
      readonly kind: 'invalid';
      readonly reason:
        | 'wrong-length'
        | 'wrong-characters'
        | 'wrong-check-digit'
        | 'no-such-day'
        | 'not-born-yet';
      readonly message: string;
    };

/**
 * The check character of an 18-character identity number from its first 17 digits.
 * @source GB 11643-1999 公民身份号码
 */
export function identityCheckDigit(first17: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return '10X98765432'.charAt(sum % 11);
}

/**
 * Reads an identity number as people type it: full-width digits, inner spaces, a small x, the old 15 digits. The answer
 * carries the 18 characters, the birth date and the sex (1 male, 2 female), or what is wrong in Chinese. With `today`, a later birth day is refused too.
 * @source GB 11643-1999 公民身份号码
 */
export function checkIdentityNumber(text: string, today?: PlainDate): IdentityNumberCheck {
  const plain = toHalfWidth(text).replace(/\s/g, '').toUpperCase();
  const invalid = (reason: Extract<IdentityNumberCheck, { kind: 'invalid' }>['reason'], message: string) =>
    ({ kind: 'invalid', reason, message }) as const;
  if (!/^\d*X?$/.test(plain)) return invalid('wrong-characters', '身份证号只能由数字组成，末位可为X。');
  if (plain.length !== 15 && plain.length !== 18) {
    return invalid('wrong-length', `身份证号应为18位，现在是${plain.length}位。`);
  }
  const first17 = plain.length === 15 ? `${plain.slice(0, 6)}19${plain.slice(6)}` : plain.slice(0, 17);
  if (!/^\d{17}$/.test(first17)) return invalid('wrong-characters', '身份证号只有末位可以是X。');
  const idNo = `${first17}${identityCheckDigit(first17)}`;
  if (plain.length === 18 && idNo !== plain) {
    return invalid('wrong-check-digit', '身份证号校验位不对，可能有一位写错，请逐位核对。');
  }
  const birthDate = parsePlainDate(`${idNo.slice(6, 10)}-${idNo.slice(10, 12)}-${idNo.slice(12, 14)}`);
  if (birthDate === undefined || birthDate < '1900-01-01') {
    return invalid('no-such-day', '身份证号里的出生日期不是真实存在的日期。');
  }
  if (today !== undefined && birthDate > today) {
    return invalid('not-born-yet', '身份证号里的出生日期晚于今天。');
  }
  return { kind: 'valid', idNo, birthDate, sex: Number(idNo[16]) % 2 === 1 ? '1' : '2' };
}
