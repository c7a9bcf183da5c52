import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { checkIdentityNumber, identityCheckDigit } from './check-identity-number.ts';

describe('GB 11643 identity numbers', () => {
  it.each([
    ['11010519491231002X', '1949-12-31', '2'],
    ['110105194912310 02x', '1949-12-31', '2'],
    ['999999196001010071', '1960-01-01', '1'],
    ['９９９９９９１９６００１０１００２０', '1960-01-01', '2'],
    ['99999919600101008X', '1960-01-01', '2'],
    ['999999200002290019', '2000-02-29', '1'],
  ])('%s is valid', (text, birthDate, sex) => {
    expect(checkIdentityNumber(text)).toMatchObject({ kind: 'valid', birthDate, sex });
  });

  it.each([
    ['999999196001010071', '1'],
    ['999999196001010020', '0'],
    ['99999919600101008X', 'X'],
    ['999999196001010039', '9'],
    ['999999196001010098', '8'],
    ['999999196001010047', '7'],
    ['999999196001010186', '6'],
    ['999999196001010055', '5'],
    ['999999196001010194', '4'],
    ['999999196001010063', '3'],
    ['999999196001010012', '2'],
    ['440524188001010014', '4'],
    ['999999190002290012', '2'],
  ])('%s has check digit %s', (idNo, digit) => {
    expect(identityCheckDigit(idNo.slice(0, 17))).toBe(digit);
  });

  it('refuses a birth day after today', () => {
    const today = plainDate('1959-12-31');
    expect(checkIdentityNumber('999999196001010071', today)).toMatchObject({
      kind: 'invalid',
      reason: 'not-born-yet',
    });
    expect(checkIdentityNumber('999999196001010071', plainDate('1960-01-01')).kind).toBe('valid');
  });

  it('lengthens the old 15 digits', () => {
    expect(checkIdentityNumber('110105491231002')).toMatchObject({
      kind: 'valid',
      idNo: '11010519491231002X',
    });
  });

  it.each([
    ['110105194912310029', 'wrong-check-digit'],
    ['999999190002290012', 'no-such-day'],
    ['440524188001010014', 'no-such-day'],
    ['11010519491231', 'wrong-length'],
    ['1101051949123100X2', 'wrong-characters'],
    ['身份证', 'wrong-characters'],
    ['', 'wrong-length'],
  ])('%s is refused as %s', (text, reason) => {
    expect(checkIdentityNumber(text)).toMatchObject({ kind: 'invalid', reason });
  });

  it('notices every single wrong digit', () => {
    const right = '999999196001010071';
    for (let place = 0; place < 17; place++) {
      const wrong = `${right.slice(0, place)}${(Number(right[place]) + 1) % 10}${right.slice(place + 1)}`;
      expect(checkIdentityNumber(wrong).kind).toBe('invalid');
    }
  });
});
