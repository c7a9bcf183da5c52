import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meets } from './form-condition.ts';
import type { FormEdition } from './form-shape.ts';
import { validateAnswers } from './form-validate.ts';
import { plainDate } from './plain-date.ts';

const today = plainDate('2026-11-24');
const required = 'always';
const optional = 'optional';

/** A small sheet with a field of every kind. */
const sheet: FormEdition = {
  form: 'small-sheet',
  edition: '1',
  title: '小表',
  dictVersion: '1',
  source: 'OWN',
  paper: { recordsPerSheet: 1 },
  groups: [
    {
      id: 'all',
      title: '全部',
      source: '小表',
      fields: [
        { kind: 'date', id: 'day', label: '日期', required, notAfterToday: true },
        { kind: 'date', id: 'nextDay', label: '下次', required: optional, notBeforeToday: true },
        {
          kind: 'code',
          id: 'way',
          label: '方式',
          required,
          options: [
            { code: '0', label: '未知' },
            { code: '1', label: '门诊' },
          ],
        },
        {
          kind: 'codes',
          id: 'signs',
          label: '症状',
          required: optional,
          exclusive: ['1'],
          options: [
            { code: '1', label: '无' },
            { code: '2', label: '头晕' },
            { code: '9', label: '其他' },
          ],
          needsText: { '9': 'signsText' },
        },
        {
          kind: 'text',
          id: 'signsText',
          label: '其他症状',
          required: optional,
          maxLength: 5,
          visible: { kind: 'in', field: 'signs', codes: ['9'] },
        },
        {
          kind: 'integer',
          id: 'sbp',
          label: '收缩压',
          required,
          hard: { min: 50, max: 300 },
          warn: { max: 179 },
        },
        {
          kind: 'decimal',
          id: 'weight',
          label: '体重',
          unit: 'kg',
          places: 1,
          required: optional,
          hard: { min: 2, max: 300 },
          warnChange: { percent: 10 },
        },
        {
          kind: 'decimal',
          id: 'height',
          label: '身高',
          places: 1,
          required: optional,
          hard: { min: 50, max: 250 },
        },
        {
          kind: 'computed',
          id: 'bmi',
          label: '体质指数',
          places: 1,
          required: optional,
          compute: 'bmi',
          from: ['weight', 'height'],
        },
        { kind: 'partial-date', id: 'since', label: '确诊时间', required: optional },
        { kind: 'flag', id: 'agrees', label: '同意', required: optional },
        { kind: 'reference', id: 'doctor', label: '医生', to: 'staff', required: optional },
        {
          kind: 'rows',
          id: 'drugs',
          label: '用药',
          required: optional,
          printedRows: 1,
          maxRows: 2,
          columns: [
            { kind: 'text', id: 'name', label: '名称', required, maxLength: 20 },
            { kind: 'integer', id: 'times', label: '次数', required: optional, hard: { min: 1, max: 6 } },
          ],
        },
      ],
    },
  ],
  checks: [
    {
      kind: 'not-before',
      code: 'since-after-day',
      severity: 'error',
      message: '不对。',
      earlier: 'since',
      later: 'day',
    },
  ],
};

const good = { day: '2026-11-24', way: '0', sbp: 120 };
const check = (answers: unknown, more = {}) => validateAnswers(sheet, answers, { today, ...more });
const codes = (answers: unknown, more = {}) => {
  const { errors, warnings } = check(answers, more);
  return [...errors, ...warnings].map((issue) => `${issue.path}:${issue.code}`);
};

describe('checking a sheet', () => {
  it('takes a good one as it is, code 0 included', () => {
    expect(check(good)).toEqual({ answers: good, errors: [], warnings: [], unknown: [], leftOut: [] });
  });

  it.each([null, undefined, 3, 'text', [], [good], true])('refuses %j as answers', (given) => {
    expect(codes(given)).toEqual([':not-answers']);
  });

  it.each([
    [{ sbp: Number.NaN }, 'sbp:not-a-number'],
    [{ sbp: Number.POSITIVE_INFINITY }, 'sbp:not-a-number'],
    [{ sbp: '120' }, 'sbp:not-a-number'],
    [{ sbp: 120.5 }, 'sbp:too-precise'],
    [{ sbp: 49 }, 'sbp:impossible'],
    [{ sbp: 301 }, 'sbp:impossible'],
    [{ sbp: 180 }, 'sbp:unusual'],
    [{ weight: 60.25 }, 'weight:too-precise'],
    [{ way: 1 }, 'way:not-a-code'],
    [{ signs: '2' }, 'signs:not-codes'],
    [{ signs: ['1', '2'] }, 'signs:exclusive'],
    [{ signs: ['9'] }, 'signsText:needs-text'],
    [{ signs: ['9'], signsText: '一二三四五六' }, 'signsText:too-long'],
    [{ signs: ['9'], signsText: 'a\u0000b' }, 'signsText:bad-characters'],
    [{ signs: ['9'], signsText: 'a\ud800b' }, 'signsText:bad-characters'],
    [{ signs: ['9'], signsText: 7 }, 'signsText:not-text'],
    [{ day: '2026-11-25' }, 'day:future'],
    [{ day: '2026-02-29' }, 'day:not-a-date'],
    [{ day: '1899-12-31' }, 'day:impossible'],
    [{ nextDay: '2026-11-23' }, 'nextDay:past'],
    [{ since: '2026-12' }, 'since:future'],
    [{ since: '26-12' }, 'since:not-a-date'],
    [{ agrees: '是' }, 'agrees:not-a-flag'],
    [{ drugs: [{ times: 1 }] }, 'drugs.0.name:missing'],
    [{ drugs: [{ name: '甲' }, { name: '乙' }, { name: '丙' }] }, 'drugs:too-many-rows'],
    [{ drugs: ['甲'] }, 'drugs.0:not-a-row'],
    [{ doctor: 12 }, 'doctor:not-text'],
    [{ sbp: undefined }, 'sbp:missing'],
    [{ way: '' }, 'way:missing'],
    [{ since: '2026-11-25', day: '2026-11-24' }, 'since:future'],
    [{ since: '2026', day: '2025-12-31' }, 'day:since-after-day'],
  ])('answers %j with %s alone', (change, expected) => {
    expect(codes({ ...good, ...change })).toEqual([expected]);
  });

  it('compares partial days only as far as both are known', () => {
    expect(codes({ ...good, since: '2026' })).toEqual([]);
    expect(codes({ ...good, since: '2026-11' })).toEqual([]);
    expect(check({ ...good, since: '2019' }).answers.since).toBe('2019');
  });

  it('keeps and lists what a newer client says', () => {
    const given = {
      ...good,
      way: '7',
      signs: ['2', '77'],
      mood: { level: 3 },
      drugs: [{ name: '甲', lot: 'X1' }],
    };
    const result = check(given);
    expect(result.errors).toEqual([]);
    expect(result.answers).toEqual(given);
    expect([...result.unknown].sort()).toEqual(['drugs.0.lot', 'mood', 'signs=77', 'way=7']);
  });

  it.each([
    [{ mood: 'a\u0000' }],
    [{ mood: 'x'.repeat(20_001) }],
    [{ mood: Number.NaN }],
    [{ mood: ['\ud800'] }],
    [{ 'mo\u0000od': 1 }],
    [JSON.parse('{"__proto__": {"polluted": true}}')],
  ])('refuses what cannot be stored (%#)', (extra) => {
    const result = check({ ...good, ...extra });
    expect(result.errors.map((issue) => issue.code)).toEqual(['unstorable']);
    expect(result.answers).toEqual(good);
    expect(Object.getPrototypeOf(result.answers)).toBe(Object.prototype);
  });

  it('works out computed fields itself and believes nobody else', () => {
    expect(check({ ...good, weight: 70, height: 170, bmi: 99 }).answers.bmi).toBe(24.2);
    expect(check({ ...good, weight: 70, bmi: 99 }).answers.bmi).toBeUndefined();
  });

  it('leaves out what is no longer asked', () => {
    const result = check({ ...good, signs: ['2'], signsText: '旧话' });
    expect(result.leftOut).toEqual(['signsText']);
    expect(result.answers.signsText).toBeUndefined();
  });

  it('forgets a doubt once it is confirmed, and only that one', () => {
    const doubtful = { ...good, sbp: 180, weight: 80 };
    const previous = { weight: 70 };
    expect(codes(doubtful, { previous })).toEqual(['sbp:unusual', 'weight:changed-much']);
    expect(codes(doubtful, { previous, confirmed: ['sbp:unusual'] })).toEqual(['weight:changed-much']);
    expect(codes({ ...good, weight: 77 }, { previous })).toEqual([]);
    expect(codes({ ...good, weight: 77.1 }, { previous })).toEqual(['weight:changed-much']);
  });

  it('says what is wrong in Chinese sentences', () => {
    const { errors } = check({ sbp: 301, drugs: [{ times: 9 }] });
    for (const issue of errors) expect(issue.message).toMatch(/[\u4e00-\u9fff].*。$/);
  });

  it('never throws, and is content with its own answers, whatever comes in', () => {
    const ids = sheet.groups[0]?.fields.map((field) => field.id) ?? [];
    const key = fc.oneof(fc.constantFrom(...ids), fc.string());
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(key, fc.oneof(fc.jsonValue(), fc.double(), fc.date())),
    );
    fc.assert(
      fc.property(anything, (given) => {
        const first = check(given);
        const again = check(first.answers);
        expect(again.answers).toEqual(first.answers);
        expect(again.errors.map((issue) => issue.code)).not.toContain('unstorable');
      }),
      { seed: 20261124, numRuns: 500 },
    );
  });
});

describe('conditions', () => {
  it.each([
    [{ kind: 'answered', field: 'a' }, { a: '' }, {}, false],
    [{ kind: 'answered', field: 'a' }, { a: 0 }, {}, true],
    [{ kind: 'in', field: 'a', codes: ['2'] }, { a: ['1', '2'] }, {}, true],
    [{ kind: 'in', field: 'a', codes: ['2'] }, { a: 2 }, {}, false],
    [{ kind: 'is', field: 'a', value: false }, {}, {}, true],
    [{ kind: 'number', field: 'a', than: '>=', value: 5 }, { a: 5 }, {}, true],
    [{ kind: 'number', field: 'a', than: '>', value: 5 }, { a: 5 }, {}, false],
    [{ kind: 'number', field: 'a', than: '<', value: 5 }, {}, {}, false],
    [{ kind: 'compare', field: 'a', than: '<', other: 'b' }, { a: 1, b: 2 }, {}, true],
    [{ kind: 'age-at-least', years: 65 }, {}, { ageYears: 65 }, true],
    [{ kind: 'age-at-least', years: 65 }, {}, { ageYears: 64 }, false],
    [{ kind: 'age-at-least', years: 65 }, {}, {}, false],
    [{ kind: 'age-at-most', years: 6 }, {}, { ageYears: 6 }, true],
    [{ kind: 'sex-is', sex: '2' }, {}, { sex: '2' }, true],
    [{ kind: 'in-group', groups: ['copd', 'rural'] }, {}, { groups: ['rural'] }, true],
    [{ kind: 'in-group', groups: ['copd'] }, {}, {}, false],
    [{ kind: 'not', of: { kind: 'answered', field: 'a' } }, {}, {}, true],
    [
      {
        kind: 'all',
        of: [
          { kind: 'answered', field: 'a' },
          { kind: 'answered', field: 'b' },
        ],
      },
      { a: 1 },
      {},
      false,
    ],
    [
      {
        kind: 'any',
        of: [
          { kind: 'answered', field: 'a' },
          { kind: 'answered', field: 'b' },
        ],
      },
      { a: 1 },
      {},
      true,
    ],
  ] as const)('%j of %j and %j is %s', (condition, answers, subject, holds) => {
    expect(meets(condition, answers, subject)).toBe(holds);
  });
});
