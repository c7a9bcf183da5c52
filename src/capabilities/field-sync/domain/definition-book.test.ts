import { describe, expect, it } from 'vitest';
import { builtInFormulary, type FormularyEntry } from '#capabilities/medicines/domain/formulary-entry.ts';
import { clinicalParameters } from '#clinical/all-parameters.ts';
import { judgePressureControl } from '#clinical/hypertension/judge-pressure-control.ts';
import { parameterTopics } from '#clinical/parameter-topics.ts';
import { underRows } from '#kernel/dated.ts';
import { type Definition, definitionText } from '#kernel/definition.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { bookOf } from './definition-book.ts';
import type { TakenMedicine } from './person-document.ts';
import {
  drugsAfterVisit,
  markOfRow,
  notOnRows,
  rowOfEntry,
  rowOfTaken,
  rowOfText,
  shelfOf,
} from './visit-medicines.ts';

const form = 'hypertension-follow-up';
const day = plainDate('2026-11-24');

function definition(edition: string, from: string | null, engine = 1): Definition {
  return {
    kind: 'form',
    key: form,
    edition,
    title: '高血压患者随访服务记录表',
    digest: edition.padEnd(64, '0'),
    from: from === null ? null : plainDate(from),
    engine,
    content: { ...hypertensionFollowUp2017, edition },
  };
}

const holding = (...all: Definition[]) =>
  bookOf({ set: 's', heads: all, documents: new Map(all.map((one) => [one.digest, one])) }, 1);

describe('the edition of a form on the phone', () => {
  it('is the newest in force that day for a new sheet, and for a draft the one it was begun on', () => {
    const book = holding(definition('2017', null), definition('2026', '2026-11-24'));
    expect(book.newest(form, plainDate('2026-11-23'))?.edition).toBe('2017');
    expect(book.newest(form, day)?.edition).toBe('2026');
    expect(book.edition(form, '2017')?.edition).toBe('2017');
    expect(book.oldest(form)?.edition).toBe('2017');
    expect(book.edition(form, '1999')).toBeUndefined();
  });

  it('stays the old one, and says so, where the app is too old for the new; without a server it is the built-in one', () => {
    const book = holding(definition('2017', null), definition('2026', '2026-11-24', 2));
    expect(book.newest(form, day)?.edition).toBe('2017');
    expect(book.tooNewWords(form, day)).toMatch(/2026 版.*应用太旧.*继续用 2017 版.*2027-01-22/);
    expect(bookOf(undefined).newest(form, day)).toEqual(hypertensionFollowUp2017);
    expect(bookOf(undefined).tooNewWords(form, day)).toBeUndefined();
  });

  it('is kept for a draft though the server no longer lists it', () => {
    const old = definition('2017', null);
    const heads = [definition('2026', null)];
    const book = bookOf({ set: 's', heads, documents: new Map([[old.digest, old]]) }, 1);
    expect(book.edition(form, '2017')).toEqual(old.content);
  });
});

describe('a definition', () => {
  it('has the same text in whatever order it was stored, and another for another content', () => {
    const one = definition('2017', null);
    const shuffled = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(one).toReversed())));
    expect(definitionText(shuffled)).toBe(definitionText(one));
    expect(definitionText({ ...one, engine: 2 })).not.toBe(definitionText(one));
  });

  it('holds every dated number the rules use', () => {
    const published = new Set(parameterTopics.flatMap((topic) => topic.parameters.map((one) => one.id)));
    expect(clinicalParameters.filter((one) => !published.has(one.id)).map((one) => one.id)).toEqual([]);
  });

  it('of numbers changes what a rule says while it is asked under them, and nothing afterwards', () => {
    const judge = () => judgePressureControl({ sbp: 136, dbp: 80, ageYears: 50 }, day, 'public-health');
    const before = judge();
    const stricter = new Map(
      parameterTopics
        .flatMap((topic) => topic.parameters)
        .map((one) => [one.id, JSON.parse(JSON.stringify(one.rows).replaceAll('140', '135'))] as const),
    );
    expect(before).toMatchObject({ kind: 'decided', value: 'controlled' });
    expect(underRows(stricter, judge)).toMatchObject({ kind: 'decided', value: 'not-controlled' });
    expect(judge()).toEqual(before);
  });
});

describe('a medicine row of a visit', () => {
  const entry = (code: string) => builtInFormulary.find((one) => one.code === code) as FormularyEntry;
  const shelf = shelfOf(
    {
      ...bookOf(undefined),
      availability: { places: { '/9/1/': { has: [], lacks: ['amlodipine'] } } },
    },
    '/9/1/2/',
    day,
  );

  it('is filled from the formulary, keeps what it is for, and says where it cannot be had', () => {
    const row = rowOfEntry(shelf, entry('amlodipine'), {
      drugName: '厄贝沙坦',
      drugCode: 'irbesartan',
      dosePerTime: 150,
      forPrograms: ['hypertension'],
    });
    expect(row).toEqual({
      drugName: '氨氯地平',
      drugCode: 'amlodipine',
      dosePerTime: 5,
      timesPerDay: 1,
      doseUnit: 'mg',
      forPrograms: ['hypertension'],
    });
    expect(markOfRow(row, shelf)).toMatchObject({
      isListed: true,
      isLacking: true,
      use: '每日 1 次，每次 5 mg',
    });
    expect(markOfRow({ drugName: '苯磺酸氨氯地平片' }, shelf)).toMatchObject({
      isListed: true,
      isLacking: true,
    });
    expect(markOfRow(rowOfText(' 祖传丸 '), shelf)).toMatchObject({
      name: '祖传丸',
      isListed: false,
      isLacking: false,
    });
    // A name written over a picked one is what counts.
    expect(markOfRow({ ...row, drugName: '祖传丸' }, shelf)).toMatchObject({ isListed: false });
    expect(rowOfEntry(shelf, entry('insulin-glargine'))).toEqual({
      drugName: '甘精胰岛素',
      drugCode: 'insulin-glargine',
    });
  });

  it('takes what the person takes as they take it, once, and an adjustment in its place', () => {
    const taken = [
      { name: '氨氯地平', code: 'amlodipine', dosePerTime: 10, doseUnit: 'mg', timesPerDay: 1, note: '晨' },
      { name: '二甲双胍' },
    ];
    const row = rowOfTaken(taken[0] as TakenMedicine);
    expect(row).toEqual({
      drugName: '氨氯地平',
      drugCode: 'amlodipine',
      dosePerTime: 10,
      doseUnit: 'mg',
      timesPerDay: 1,
    });
    expect(notOnRows(taken, [row]).map((one) => one.name)).toEqual(['二甲双胍']);
    const drugAdjust = [{ ...row, dosePerTime: 5 }];
    expect(drugsAfterVisit({ drugs: [row, { drugName: '二甲双胍' }], drugAdjust })).toEqual([
      { drugName: '二甲双胍' },
      { ...row, dosePerTime: 5 },
    ]);
    expect(drugsAfterVisit({})).toEqual([]);
  });
});
