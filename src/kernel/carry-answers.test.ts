import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asideWords, type CarriedDraft, carryAnswers, carryDraft } from './carry-answers.ts';
import type { FormAnswers, FormEdition, FormField } from './form-shape.ts';

const edition = (name: string, fields: readonly FormField[]): FormEdition => ({
  form: 'f',
  edition: name,
  title: '表',
  dictVersion: '',
  source: 'OWN',
  groups: [{ id: 'all', title: '全部', source: '', fields }],
  checks: [],
  paper: { recordsPerSheet: 1 },
});
const optional = { required: 'optional' } as const;
const text = (id: string): FormField => ({
  ...optional,
  kind: 'text',
  id,
  label: `问题${id}`,
  maxLength: 50,
});
const number = (id: string, unit: string): FormField => ({
  ...optional,
  kind: 'integer',
  id,
  label: `数${id}`,
  unit,
  hard: {},
});
const codes = (id: string, options: Readonly<Record<string, string>>): FormField => ({
  ...optional,
  kind: 'codes',
  id,
  label: `多选${id}`,
  exclusive: [],
  options: Object.entries(options).map(([code, label]) => ({ code, label })),
});
const code = (id: string, options: Readonly<Record<string, string>>): FormField =>
  ({ ...codes(id, options), kind: 'code' }) as FormField;
const rows = (id: string, columns: readonly FormField[]): FormField => ({
  ...optional,
  kind: 'rows',
  id,
  label: `表${id}`,
  columns,
  printedRows: 3,
  maxRows: 9,
});

const old = edition('2017', [
  text('note'),
  number('sugar', 'mmol/L'),
  code('smoke', { '1': '从不', '2': '已戒', '3': '吸烟' }),
  codes('signs', { '1': '无', '2': '头痛', '3': '胸痛' }),
  rows('drugs', [text('drug'), text('maker')]),
]);
const now = edition('2026', [
  text('other'),
  number('sugar', 'mg/dL'),
  code('smoke', { '1': '吸烟', '2': '从不' }),
  codes('signs', { '1': '无', '2': '偏瘫', '4': '头痛' }),
  rows('drugs', [text('drug')]),
]);
const typed: FormAnswers = {
  note: '走路喘',
  sugar: 6,
  smoke: '3',
  signs: ['2', '3'],
  drugs: [{ drug: '甲', maker: '乙厂' }, { drug: '丙' }],
};

describe('answers on another edition', () => {
  it('stand under what is printed alike, whatever its number; what has no place is named in its old words', () => {
    const { answers, left } = carryAnswers(old, now, typed);
    expect(answers).toEqual({ smoke: '1', signs: ['4'], drugs: [{ drug: '甲' }, { drug: '丙' }] });
    expect(left.map((one) => one.words)).toEqual([
      '问题note：走路喘',
      '数sugar：6 mmol/L',
      '多选signs：胸痛',
      '表drugs：乙厂',
    ]);
  });

  it('typed in words, or counted, never become the option of that number', () => {
    const asWords = edition('2017', [text('smoke'), number('signs', '')]);
    const { answers, left } = carryAnswers(asWords, now, { smoke: '1', signs: 2 });
    expect(answers).toEqual({});
    expect(left.map((one) => one.words)).toEqual(['问题smoke：1', '数signs：2']);
  });

  it('without the edition they were typed on count by their codes', () => {
    expect(carryAnswers(undefined, now, { smoke: '2', signs: ['1', '3'] })).toMatchObject({
      answers: { smoke: '2', signs: ['1'] },
      left: [{ id: 'signs', value: ['3'] }],
    });
  });
});

describe('a half-typed form on another edition and back', () => {
  it('begins there what was not asked before, and gives back all that was put aside beside what was typed since', () => {
    const there = carryDraft(old, now, { answers: typed }, { fresh: { other: '常规', smoke: '2' } });
    expect(there.answers).toMatchObject({ other: '常规', smoke: '1' });
    expect(asideWords(there)).toContain('问题note：走路喘');
    const more = { ...there, answers: { ...there.answers, smoke: '2', signs: ['1', '2'] } };
    const back = carryDraft(now, old, more);
    expect(back.answers).toEqual({ ...typed, smoke: '1', signs: ['1', '3'] });
    expect(asideWords(back)).toEqual(['多选signs：偏瘫', '问题other：常规']);
    const again = carryDraft(old, now, back);
    expect(again.answers).toMatchObject({ other: '常规', signs: ['1', '2'] });
  });

  it('cells whose rows came or went go on waiting, still named', () => {
    const there = carryDraft(old, now, { answers: typed });
    const fewer = { ...there, answers: { ...there.answers, drugs: [{ drug: '甲' }] } };
    expect(asideWords(carryDraft(now, old, fewer))).toContain('表drugs：乙厂');
  });

  it('is as it was, whatever was answered and however often the day changes', () => {
    const labels = fc.uniqueArray(fc.constantFrom('甲', '乙', '丙', '丁'), { minLength: 1 });
    const optionsOf = (names: readonly string[]) =>
      Object.fromEntries(names.map((label, at) => [String(at + 1), label]));
    const shape = fc.record({ a: fc.boolean(), c: labels, s: labels, n: fc.constantFrom('x', 'y') });
    const editionOf = (name: string, of: { a: boolean; c: string[]; s: string[]; n: string }) =>
      edition(name, [
        ...(of.a ? [text('a')] : []),
        code('c', optionsOf(of.c)),
        codes('s', optionsOf(of.s)),
        number('n', of.n),
      ]);
    fc.assert(
      fc.property(shape, shape, fc.integer({ min: 1, max: 3 }), (x, y, times) => {
        const [from, to] = [editionOf('1', x), editionOf('2', y)];
        const answers = { ...(x.a ? { a: 'z' } : {}), c: '1', s: x.s.map((_, at) => String(at + 1)), n: 7 };
        let draft: CarriedDraft = { answers };
        for (let n = 0; n < times; n++) draft = carryDraft(to, from, carryDraft(from, to, draft));
        const inOrder = { ...draft.answers, s: (draft.answers.s as string[]).toSorted() };
        expect(inOrder).toEqual(answers);
        expect(asideWords(draft)).toEqual([]);
      }),
    );
  });
});
