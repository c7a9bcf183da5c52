import { describe, expect, it } from 'vitest';
import { clinicalParameters } from '#clinical/all-parameters.ts';
import { judgePressureControl } from '#clinical/hypertension/judge-pressure-control.ts';
import { parameterTopics } from '#clinical/parameter-topics.ts';
import { underRows } from '#kernel/dated.ts';
import { type Definition, definitionText } from '#kernel/definition.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { bookOf } from './definition-book.ts';
import { fittingAnswers } from './fitting-answers.ts';

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

it('answers that do not stand on another edition are named, never bent', () => {
  const { answers, left } = fittingAnswers(hypertensionFollowUp2017, { sbp: 130, visitMethod: '9', gone: 1 });
  expect(answers).toEqual({ sbp: 130 });
  expect(left).toHaveLength(2);
});
