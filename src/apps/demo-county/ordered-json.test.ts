import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderedJson } from './ordered-json.ts';

const room = Buffer.alloc(64 * 1024);

describe('JSON in the order of a jsonb', () => {
  it('says the same as the object, whatever was written before it', () => {
    const json = new OrderedJson();
    const key = fc.oneof(fc.constantFrom('sbp', 'drugs', 'bmi', 'doctorSign'), fc.string({ maxLength: 8 }));
    const leaf = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const fields = fc.dictionary(
      key.filter((one) => !(one in {})),
      fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }), fc.dictionary(fc.constantFrom('a', 'bb'), leaf)),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fields, (object) => {
        const text = room.subarray(3, json.write(room, 3, object)).toString();
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(object)));
        const keys = [...Object.keys(JSON.parse(text))].map((one) => Buffer.from(one));
        const isBefore = (one: Buffer, other: Buffer) =>
          one.length - other.length || Buffer.compare(one, other);
        if (!keys.some((one) => /^\d+$/.test(one.toString()))) expect(keys).toEqual([...keys].sort(isBefore));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses to write past its room', () => {
    expect(() => new OrderedJson().write(Buffer.alloc(20), 0, { note: 'longer than the room' })).toThrow(
      RangeError,
    );
  });
});
