import { describe, expect, it } from 'vitest';
import { enterVisit, openVisit, type VisitEntry } from '#capabilities/follow-up/domain/visit-entry.ts';
import { asideWords } from '#kernel/carry-answers.ts';
import type { Definition } from '#kernel/definition.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { bookOf } from './definition-book.ts';
import { completeDocument } from './person-document.ts';
import { type EditionOf, startPhoneVisit, visitIds } from './start-phone-visit.ts';
import { editionsOn, visitOnItsDay } from './visit-on-its-day.ts';

const today = plainDate('2026-11-24');
const person = completeDocument({
  id: 'p1',
  name: '王秀英',
  sex: '2',
  birthDate: plainDate('1955-03-02'),
  initials: ['wxy'],
  idTail: null,
  phone: null,
  organizationId: 'v1',
  information: {},
  programs: [
    {
      program: 'hypertension',
      enrollmentId: 'e1',
      version: 1,
      enrolledOn: plainDate('2024-01-10'),
      diagnosedOn: null,
      classes: [1],
      lastVisitOn: plainDate('2026-08-20'),
      last: null,
    },
  ],
});

const newer: FormEdition = {
  ...hypertensionFollowUp2017,
  edition: '2026',
  inForceFrom: '2026-11-20',
  groups: hypertensionFollowUp2017.groups.map((group) => ({
    ...group,
    fields: group.fields.filter((field) => field.id !== 'heartRate'),
  })),
};
const published = [hypertensionFollowUp2017, newer].map(
  (content): Definition => ({
    kind: 'form',
    key: content.form,
    edition: content.edition,
    title: content.title,
    digest: content.edition.padEnd(64, '0'),
    from: content.inForceFrom === undefined ? null : plainDate(content.inForceFrom),
    engine: 1,
    content,
  }),
);
const book = bookOf(
  { set: 's', heads: published, documents: new Map(published.map((one) => [one.digest, one])) },
  1,
);
const startOn = (editionOf: EditionOf) => startPhoneVisit(person, '陈立新', today, editionOf);

/** A visit begun today on an edition, before it is known which day it is about. */
function begin(edition: string): VisitEntry {
  const start = startOn(() => book.begun(newer.form, edition));
  if (!start) throw new Error('managed');
  let made = 0;
  const ids = visitIds(start, () => `id${made++}`);
  return { ...openVisit(start.frame, start.answers, ids), begun: { on: today, editions: editionsOn(start) } };
}

const put = (entry: VisitEntry, id: string, value: unknown): VisitEntry => {
  const start = startOn(() => book.begun(newer.form, entry.begun?.editions.hypertension));
  if (!start) throw new Error('managed');
  const after = enterVisit(entry, { kind: 'answer', id, value }, start.frame);
  return visitOnItsDay(entry, after, { today, book, startOn });
};
const on = (entry: VisitEntry, day: string | undefined) => put(entry, 'visitDate', day);
const editionOf = (entry: VisitEntry) => entry.begun?.editions.hypertension;

describe('a visit on the phone whose day is changed', () => {
  it('is typed on the edition in force on that day, and comes back with all that was typed', () => {
    const today2026 = put(begin('2026'), 'sbp', 136);
    expect(editionOf(today2026)).toBe('2026');
    const earlier = put(on(today2026, '2026-11-19'), 'heartRate', 71);
    expect(editionOf(earlier)).toBe('2017');
    expect(earlier.answers).toMatchObject({ visitDate: '2026-11-19', sbp: 136, heartRate: 71 });
    const later = on(earlier, '2026-11-20');
    expect(editionOf(later)).toBe('2026');
    expect(later.answers).not.toHaveProperty('heartRate');
    expect(asideWords(later)).toEqual([expect.stringMatching(/^心率：71/)]);
    const back = on(later, '2026-11-01');
    expect(back.answers).toMatchObject({ sbp: 136, heartRate: 71 });
    expect(asideWords(back)).toEqual([]);
    expect(back.begun?.on).toBe(today);
  });

  it('half typed, not come yet or no day at all leaves it where it is; a year half typed loses nothing', () => {
    const entry = put(begin('2026'), 'sbp', 136);
    for (const day of [undefined, '2026-11-31', '2027-11-10']) expect(editionOf(on(entry, day))).toBe('2026');
    const typing = ['0002-11-19', '0020-11-19', '0202-11-19', '2026-11-19', undefined, '2026-11-24'];
    const typed = typing.reduce<VisitEntry>(on, entry);
    expect(editionOf(typed)).toBe('2026');
    expect(typed.answers).toEqual(entry.answers);
  });

  it('within the days of one edition stays on the one it was begun on, though a newer has come', () => {
    const kept = put(begin('2017'), 'heartRate', 71);
    const moved = on(kept, '2026-11-22');
    expect(editionOf(moved)).toBe('2017');
    expect(moved.answers.heartRate).toBe(71);
    expect(editionOf(on(moved, '2026-11-10'))).toBe('2017');
  });

  it('the pad is put away when its box is gone', () => {
    const entry = { ...on(begin('2026'), '2026-11-19'), box: 'heartRate', typed: '7' };
    expect(on(entry, '2026-11-24')).toMatchObject({ box: null, typed: '' });
  });
});
