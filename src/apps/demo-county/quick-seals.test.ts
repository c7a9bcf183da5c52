import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexesOf } from '#capabilities/residents/server/public.ts';
import { cipherSuites } from '#platform/server/crypto/cipher-suite.ts';
import { fieldSeals } from '#platform/server/crypto/field-seals.ts';
import { ringOf } from '#platform/server/crypto/key-ring.ts';
import { quickIndexes } from './quick-indexes.ts';
import { quickSeals } from './quick-seals.ts';
import { QuickHmac } from './quick-sm3.ts';

const key = (fill: number) => Buffer.alloc(32, fill);
const rowId = '01a2122b-f41e-77e4-a177-c5e898f95c4d';
const keys = [
  { id: '01a2122b-f41e-77e4-a177-c5e898f95c4e', purpose: 'field' as const, key: key(7) },
  { id: '01a2122b-f41e-77e4-a177-c5e898f95c4f', purpose: 'index' as const, key: key(9) },
];

describe('the quick HMAC-SM3 of the demo county', () => {
  it('is the HMAC-SM3 of Node for any key and message', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), messages, (secret, several) => {
        const quick = new QuickHmac(secret);
        const room = quick.newRoom();
        for (const message of several) {
          room.set(message, 64);
          const made = Buffer.alloc(32);
          quick.digestInto(room, message.length, made, 0);
          expect(made).toEqual(createHmac('sm3', secret).update(message).digest());
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe.each(cipherSuites)('what the demo county seals quickly by $id', (suite) => {
  const ring = ringOf(suite, keys);
  const product = fieldSeals(ring, '999999');

  it('opens by the product for its row and name only, and never looks the same twice', () => {
    const quick = quickSeals(ring, '999999');
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (plain) => {
        fc.pre(plain.length <= 40);
        const sealed = Buffer.from(quick(rowId, 'currentAddress', plain)).toString();
        expect(product.open(sealed, 'currentAddress', [rowId])).toBe(plain);
        expect(product.open(sealed, 'registeredAddress', [rowId])).toBeUndefined();
        expect(product.open(sealed, 'currentAddress', [rowId.replace('01', '02')])).toBeUndefined();
        expect(seen.has(sealed)).toBe(false);
        seen.add(sealed);
      }),
      { numRuns: 1500 },
    );
  });

  it('is found by the product’s own digests', () => {
    const quick = quickIndexes(key(9));
    const digits = (length: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(digits(17), fc.constantFrom('0', '7', 'X'), digits(11), (first17, check, phoneDigits) => {
        const [idNo, phone] = [`${first17.join('')}${check}`, phoneDigits.join('')];
        expect(quick(idNo, phone)).toEqual(indexesOf(product, { idType: '01', idNo, phone }));
      }),
      { numRuns: 300 },
    );
  });
});
