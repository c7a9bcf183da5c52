import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '#kernel/form-shape.ts';
import { annualCheckup2017 } from '#standards/forms/annual-checkup/2017.ts';
import { changedAnswers, mergeSections, overtakenFields, type Section } from './merge-sections.ts';
import { fieldsOfStation, stationOf, stations } from './stations.ts';

describe('the stations of an exam day', () => {
  it('share the sheet out completely: every field has exactly one station, but the day and the doctor', () => {
    const shared = stations.flatMap((station) =>
      fieldsOfStation(annualCheckup2017, station).map((one) => one.id),
    );
    const rest = fieldsOf(annualCheckup2017)
      .map((one) => one.id)
      .filter((id) => stationOf(annualCheckup2017, id) === undefined);
    expect(new Set(shared).size).toBe(shared.length);
    expect(rest).toEqual(['checkDate', 'responsibleDoctor']);
    expect(shared.length + rest.length).toBe(fieldsOf(annualCheckup2017).length);
  });

  it('keep the words beside a finding with the finding', () => {
    for (const field of fieldsOf(annualCheckup2017)) {
      if (field.kind !== 'code') continue;
      for (const text of Object.values(field.needsText ?? {}))
        expect(stationOf(annualCheckup2017, text), text).toBe(stationOf(annualCheckup2017, field.id));
    }
  });
});

const names = ['a', 'b', 'c', 'd'];
const patch = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.integer(), fc.constant(null)), {
  maxKeys: 3,
});
const sections = fc
  .array(fc.record({ answers: patch, savedBy: fc.constantFrom('x', 'y') }), { maxLength: 8 })
  .map((list) => list.map((one, index): Section => ({ ...one, seq: index + 1 })));

describe('merging what stations saved', () => {
  it('does not depend on the order in which the sections are read', () => {
    fc.assert(
      fc.property(sections, (list) => {
        expect(mergeSections(list.toReversed())).toEqual(mergeSections(list));
      }),
    );
  });

  it('keeps every value whose field nobody touched later', () => {
    fc.assert(
      fc.property(sections, (list) => {
        const merged = mergeSections(list);
        for (const name of names) {
          const last = list.findLast((one) => name in one.answers);
          expect(merged[name] ?? null).toEqual(last?.answers[name] ?? null);
        }
      }),
    );
  });

  it('is where the patch of a change leads', () => {
    fc.assert(
      fc.property(patch, patch, (before, after) => {
        const clean = (one: Record<string, unknown>) =>
          mergeSections([{ seq: 1, savedBy: 'x', answers: one }]);
        const change = changedAnswers(clean(before), clean(after));
        expect(
          mergeSections([
            { seq: 1, savedBy: 'x', answers: before },
            { seq: 2, savedBy: 'x', answers: change },
          ]),
        ).toEqual(clean(after));
      }),
    );
  });

  it('asks only about fields another person set to something else since', () => {
    const list: Section[] = [
      { seq: 1, savedBy: 'x', answers: { a: 1 } },
      { seq: 2, savedBy: 'y', answers: { a: 2, b: 3 } },
    ];
    expect(overtakenFields(list, { a: 5, c: 1 }, { seq: 1, by: 'x' })).toEqual(['a']);
    expect(overtakenFields(list, { a: 2 }, { seq: 1, by: 'x' })).toEqual([]);
    expect(overtakenFields(list, { a: 5 }, { seq: 2, by: 'x' })).toEqual([]);
    expect(overtakenFields(list, { a: 5 }, { seq: 1, by: 'y' })).toEqual([]);
  });
});
