import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupSpokenCode, readSpokenCode, spokenCodeOf } from './spoken-code.ts';

const uuid = fc.uuid({ version: 7 });

describe('the code of a resident’s card read aloud', () => {
  it('is seven digits and reads back, spaces or not', () => {
    fc.assert(
      fc.property(uuid, (id) => {
        const code = spokenCodeOf(id);
        expect(code).toMatch(/^\d{7}$/);
        expect(readSpokenCode(groupSpokenCode(code))).toEqual({ kind: 'code', code });
      }),
    );
  });

  it('refuses every single digit misheard and every two neighbours swapped', () => {
    fc.assert(
      fc.property(uuid, fc.nat(6), fc.integer({ min: 1, max: 9 }), (id, at, shift) => {
        const digits = [...spokenCodeOf(id)];
        const wrong = digits.with(at, `${(Number(digits[at]) + shift) % 10}`).join('');
        expect(readSpokenCode(wrong)).toEqual({ kind: 'wrong-digit' });
        const next = (at + 1) % 7;
        if (next > at && digits[at] !== digits[next]) {
          const swapped = digits
            .with(at, digits[next] ?? '')
            .with(next, digits[at] ?? '')
            .join('');
          expect(readSpokenCode(swapped)).toEqual({ kind: 'wrong-digit' });
        }
      }),
    );
  });

  it('leaves other numbers to the ordinary search', () => {
    expect(readSpokenCode('13800001111')).toEqual({ kind: 'other' });
    expect(readSpokenCode('张三')).toEqual({ kind: 'other' });
  });
});
