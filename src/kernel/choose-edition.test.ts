import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseEdition, type EditionHead, withPublished } from './choose-edition.ts';
import { plainDate } from './plain-date.ts';

const head = (edition: string, from: string | null, engine = 1): EditionHead => ({
  edition,
  from: from === null ? null : plainDate(from),
  engine,
});
const on = (day: string, ...heads: EditionHead[]) => chooseEdition(heads, plainDate(day), 1).chosen?.edition;

describe('the edition in force on a day', () => {
  const [old, now, next] = [head('2017', null), head('2026', '2026-11-24'), head('2027', '2027-01-01')];
  it('changes on the first day of the next, whatever order they are listed in', () => {
    expect(on('2026-11-23', next, old, now)).toBe('2017');
    expect(on('2026-11-24', next, old, now)).toBe('2026');
    expect(on('2027-01-01', next, old, now)).toBe('2027');
  });
  it('is the first there ever was on a day before it, and the one before where the engine is too old', () => {
    expect(on('1998-01-01', now, next)).toBe('2026');
    expect(on('2026-12-01', old, { ...now, engine: 2 })).toBe('2017');
    expect(on('2026-12-01', { ...now, engine: 2 })).toBeUndefined();
  });
  it('of one name is what the county published, with its own first day', () => {
    const listed = withPublished([old, now], [head('2026', '2026-12-01')]);
    expect(listed.map((one) => one.edition)).toEqual(['2017', '2026']);
    expect(on('2026-11-30', ...listed)).toBe('2017');
  });
  it('never goes back as days go on', () => {
    const day = fc
      .integer({ min: 0, max: 900 })
      .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 5 }), day, day, (firsts, a, b) => {
        const heads = firsts.map((from) => head(from, from));
        const [earlier = '', later = ''] = [a, b].toSorted();
        expect((on(earlier, ...heads) ?? '') <= (on(later, ...heads) ?? '')).toBe(true);
      }),
    );
  });
});
