import { describe, expect, it } from 'vitest';
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

  it.each(['39', '98', '47', '86', '55', '94', '63', '12'].map((tail, i) => [`9999991960010100${tail}`, i]))(
    'check digit vector %s',
    (idNo) => {
      const first17 = String(idNo).slice(0, 17);
      expect(`${first17}${identityCheckDigit(first17)}`.length).toBe(18);
    },
  );

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
