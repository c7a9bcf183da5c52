import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

describe('putting in order', () => {
  it('is what sorting gives, equals keeping their order, however long the list', () => {
    const entry = fc.record({ key: fc.integer({ min: 0, max: 9 }), name: fc.nat() });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (list) => {
        const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
        expect(inOrder([...list], byKey)).toEqual(list.toSorted(byKey));
      }),
      { seed: 9, numRuns: 400 },
    );
  });
  it('works on the list it is given', () => {
    const list = [3, 1, 2];
    expect(inOrder(list, (a, b) => a - b)).toBe(list);
    expect(list).toEqual([1, 2, 3]);
  });
});
