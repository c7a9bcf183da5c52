import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '#standards/forms/plausible-limits.ts';
import { type NumberShape, numberTyped, type PadKey, pressKey } from './number-entry.ts';

const sbp: NumberShape = { hard: limits.sbp.hard, places: 0 };
const dbp: NumberShape = { hard: limits.dbp.hard, places: 0 };
const spo2: NumberShape = { hard: limits.spo2.hard, places: 0 };
const glucose: NumberShape = { hard: limits.fastingGlucose.hard, places: 1 };

function type(keys: string, shape: NumberShape) {
  let entry = { text: '', isFull: false };
  const full: string[] = [];
  for (const key of keys) {
    entry = pressKey(entry.text, key as PadKey, shape);
    if (entry.isFull) full.push(entry.text);
  }
  return { ...entry, firstFull: full[0] };
}

describe('typing readings on the pad', () => {
  it('moves on after 135, and after 85, but waits at 13, 10 and 8', () => {
    expect(type('135', sbp)).toMatchObject({ text: '135', firstFull: '135' });
    expect(type('13', sbp).isFull).toBe(false);
    expect(type('85', dbp)).toMatchObject({ isFull: true });
    expect(type('8', dbp).isFull).toBe(false);
    expect(type('10', dbp).isFull).toBe(false);
    expect(type('105', dbp).isFull).toBe(true);
  });

  it('takes 96 and 100 for the saturation, each full', () => {
    expect(type('96', spo2)).toMatchObject({ text: '96', isFull: true });
    expect(type('10', spo2).isFull).toBe(false);
    expect(type('100', spo2)).toMatchObject({ text: '100', isFull: true });
  });

  it('waits for the point of a glucose and moves on after its decimal', () => {
    expect(type('6', glucose).isFull).toBe(false);
    expect(type('6.8', glucose)).toMatchObject({ text: '6.8', isFull: true });
    expect(type('12.5', glucose).firstFull).toBe('12.5');
    expect(type('.5', glucose).text).toBe('0.5');
    expect(type('6..8', glucose).text).toBe('6.8');
  });

  it('does not take a digit that cannot belong, and steps back', () => {
    expect(type('999', sbp).text).toBe('99');
    expect(type('1350', sbp).text).toBe('135');
    expect(pressKey('135', 'back', sbp)).toEqual({ text: '13', isFull: false });
    expect(pressKey('', 'back', sbp)).toEqual({ text: '', isFull: false });
    expect(numberTyped('')).toBeUndefined();
    expect(numberTyped('0.')).toBe(0);
  });

  it('never holds more than the field takes, whatever is pressed', () => {
    const key = fc.constantFrom<PadKey>('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', 'back');
    fc.assert(
      fc.property(fc.array(key), fc.constantFrom(sbp, dbp, spo2, glucose), (keys, shape) => {
        let text = '';
        for (const one of keys) text = pressKey(text, one, shape).text;
        const value = numberTyped(text);
        expect(value === undefined || value <= (shape.hard.max ?? Infinity)).toBe(true);
        expect(text.split('.')[1]?.length ?? 0).toBeLessThanOrEqual(shape.places);
      }),
    );
  });
});
