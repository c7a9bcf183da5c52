import { describe, expect, it } from 'vitest';
import { isOrganizationCode, organizationCheckDigit } from './check-organization-code.ts';
import { checkSocialCreditCode } from './check-social-credit-code.ts';

describe('GB 32100 unified social credit codes', () => {
  it.each([
    '91110000802100433B',
    '91330100799655058B',
    '914403001922038216',
    '9144030071526726XG',
    '12999999TE5T00016F',
    '52999999TE5T000246',
    '91999999TE5T000320',
  ])('%s is valid', (code) => {
    expect(checkSocialCreditCode(code)).toMatchObject({
      kind: 'valid',
      code,
      regionCode: code.slice(2, 8),
      orgCode: code.slice(8, 17),
    });
  });

  it('reads full-width, spaced and small letters', () => {
    expect(checkSocialCreditCode(' 12９９９９９９ te5t00016f')).toMatchObject({ code: '12999999TE5T00016F' });
  });

  it.each([
    ['91110000802100433C', 'wrong-check-digit'],
    ['91110000802100432B', 'wrong-check-digit'],
    ['9111000080210043', 'wrong-length'],
    ['9111000080210O433B', 'wrong-characters'],
    ['91ABCDEF802100433B', 'wrong-characters'],
    ['', 'wrong-length'],
  ])('%s is refused as %s', (code, reason) => {
    expect(checkSocialCreditCode(code)).toMatchObject({ kind: 'invalid', reason });
  });

  it('notices every single wrong character', () => {
    const right = '12999999TE5T00016F';
    for (let place = 0; place < 18; place++) {
      const other = right[place] === '1' ? '2' : '1';
      const wrong = `${right.slice(0, place)}${other}${right.slice(place + 1)}`;
      expect(checkSocialCreditCode(wrong).kind).toBe('invalid');
    }
  });
});

describe('GB 11714 organisation codes', () => {
  it('computes the check character', () => {
    expect(organizationCheckDigit('80210043')).toBe('3');
    expect(organizationCheckDigit('71526726')).toBe('X');
  });

  it('accepts the dash and refuses a wrong one', () => {
    expect(isOrganizationCode('71526726-X')).toBe(true);
    expect(isOrganizationCode('71526726-1')).toBe(false);
    expect(isOrganizationCode('7152672-X')).toBe(false);
  });
});
