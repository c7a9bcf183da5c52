import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyMassIndex, computeField } from './form-compute.ts';
import type { Computation } from './form-shape.ts';

const field = (compute: Computation, from: string[], more = {}) =>
  ({
    kind: 'computed',
    id: 'x',
    label: 'x',
    required: 'optional',
    places: 1,
    compute,
    from,
    ...more,
  }) as const;

describe('computed fields', () => {
  it.each([
    [70, 170, 24.2],
    [65.5, 160, 25.6],
    [61.44, 160, 24],
    [69.36, 170, 24],
  ])('%s kg at %s cm is %s kg/m²', (weight, height, bmi) => {
    expect(bodyMassIndex(weight, height)).toBe(bmi);
  });

  it('rounds half up', () => {
    expect(bodyMassIndex(23.95, 100)).toBe(24);
    expect(computeField(field('percent-of', ['a', 'b']), { a: 1, b: 8 })).toBe(12.5);
    expect(computeField(field('percent-of', ['a', 'b'], { places: 0 }), { a: 1, b: 8 })).toBe(13);
  });

  it('adds numbers and printed scores, some of them backwards', () => {
    expect(computeField(field('sum', ['a', 'b']), { a: 3, b: '10' })).toBe(13);
    expect(computeField(field('sum', ['a', 'b'], { reversed: ['b'] }), { a: '1', b: '2' })).toBe(5);
    expect(computeField(field('sum', ['a', 'b'], { places: 2 }), { a: 0.1, b: 0.2 })).toBe(0.3);
  });

  it('stays open while a part is missing or impossible', () => {
    expect(computeField(field('sum', ['a', 'b']), { a: 3 })).toBeUndefined();
    expect(computeField(field('sum', ['a']), { a: 'E' })).toBeUndefined();
    expect(computeField(field('bmi', ['a', 'b']), { a: 60, b: 0 })).toBeUndefined();
    expect(computeField(field('percent-of', ['a', 'b']), { a: 60, b: 0 })).toBeUndefined();
  });

  it('never falls when the weight rises', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 3000 }),
        fc.integer({ min: 500, max: 2500 }),
        (weight, height) => {
          const now = bodyMassIndex(weight / 10, height / 10);
          expect(bodyMassIndex((weight + 1) / 10, height / 10)).toBeGreaterThanOrEqual(now);
        },
      ),
      { seed: 20261124 },
    );
  });
});
