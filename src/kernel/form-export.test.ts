import { describe, expect, it } from 'vitest';
import { describeCondition } from './form-condition-text.ts';
import { toFhirQuestionnaire } from './form-fhir-questionnaire.ts';
import { fromJsonExport, toJsonExport } from './form-json-export.ts';
import type { FormEdition, FormField } from './form-shape.ts';
import { fromSheetRows, toSheetRows } from './form-sheet-rows.ts';

const fields: readonly FormField[] = [
  {
    kind: 'codes',
    id: 'signs',
    no: '1',
    label: '症状',
    required: 'always',
    exclusive: ['1'],
    options: [
      { code: '1', label: '无症状' },
      { code: '9', label: '其他' },
    ],
    needsText: { '9': 'signsText' },
  },
  {
    kind: 'text',
    id: 'signsText',
    no: '1',
    label: '其他症状',
    required: 'optional',
    maxLength: 50,
    visible: { kind: 'in', field: 'signs', codes: ['9'] },
  },
  {
    kind: 'integer',
    id: 'sbp',
    no: '2',
    label: '收缩压',
    unit: 'mmHg',
    required: { kind: 'age-at-least', years: 35 },
    hard: { min: 50, max: 300 },
    warn: { max: 179 },
    dataElementId: 'DE04.10.174.00',
  },
  { kind: 'flag', id: 'agrees', label: '同意', required: 'optional', extension: true },
  {
    kind: 'rows',
    id: 'drugs',
    no: '3',
    label: '用药',
    required: 'optional',
    printedRows: 2,
    maxRows: 5,
    columns: [
      { kind: 'text', id: 'name', label: '名称', required: 'always', maxLength: 20 },
      {
        kind: 'integer',
        id: 'times',
        label: '次数',
        unit: '次',
        required: 'optional',
        hard: { min: 1, max: 6 },
      },
    ],
    visible: {
      kind: 'all',
      of: [
        { kind: 'is', field: 'agrees', value: true },
        { kind: 'sex-is', sex: '2' },
      ],
    },
  },
];
const sheet: FormEdition = {
  form: 'small-sheet',
  edition: '1',
  title: '小表',
  dictVersion: '1',
  source: 'OWN',
  paper: { recordsPerSheet: 1 },
  groups: [{ id: 'all', title: '全部', source: '小表', fields }],
  checks: [],
};

const three = [{ name: '甲', times: 1 }, { name: '=1+1' }, { name: '丙', times: 3 }];
const records = [
  { signs: ['9', '77'], signsText: '腿；抽筋', sbp: 150, agrees: true, drugs: three },
  { signs: ['1'], agrees: false },
];

describe('worksheet rows', () => {
  it('widen to the longest record and read back the same', () => {
    const rows = toSheetRows(sheet, records);
    expect(rows.header.slice(0, 6)).toEqual([
      '症状',
      '其他症状',
      '收缩压（mmHg）',
      '同意',
      '用药1·名称',
      '用药1·次数（次）',
    ]);
    expect(rows.header).toHaveLength(4 + 3 * 2);
    expect(rows.rows[0]?.slice(0, 4)).toEqual(['9 其他；77', '腿；抽筋', 150, '是']);
    expect(rows.rows[1]?.slice(0, 4)).toEqual(['1 无症状', null, null, '否']);
    expect(fromSheetRows(sheet, rows)).toEqual(records);
  });

  it('keep the printed rows when nothing is filled in', () => {
    expect(toSheetRows(sheet, []).header).toHaveLength(4 + 2 * 2);
  });
});

describe('JSON export', () => {
  it('explains each answer and loses nothing', () => {
    const answers = { ...records[0], mood: 3 };
    const exported = toJsonExport(sheet, answers);
    expect(exported.items.map((item) => item.text)).toEqual([
      '其他、未知选项 77',
      '腿；抽筋',
      '150 mmHg',
      '是',
      '甲 1 次；=1+1；丙 3 次',
    ]);
    expect(exported.items[2]).toMatchObject({ no: '2', dataElementId: 'DE04.10.174.00' });
    expect(exported.unknown).toEqual({ mood: 3 });
    expect(fromJsonExport(exported)).toEqual(answers);
  });
});

describe('FHIR Questionnaire', () => {
  const items = toFhirQuestionnaire(sheet).item[0]?.item ?? [];
  const urls = (index: number) => items[index]?.extension?.map((one) => one.url.split(/[:/]/).at(-1));

  it('says in enableWhen what R4 can say', () => {
    expect(items[1]?.enableWhen).toEqual([
      {
        question: 'signs',
        operator: '=',
        answerCoding: { system: 'urn:quancheng:codes:small-sheet:1:signs', code: '9' },
      },
    ]);
  });

  it('says the rest in words', () => {
    expect(items[4]?.enableWhen).toBeUndefined();
    expect(urls(4)).toEqual(['questionnaire-maxOccurs', 'visible-when']);
    expect(urls(2)).toEqual([
      'questionnaire-unit',
      'minValue',
      'maxValue',
      'confirm-outside',
      'required-when',
    ]);
    expect(items[2]?.required).toBeUndefined();
    expect(items[0]).toMatchObject({ type: 'choice', repeats: true, required: true, prefix: '1' });
    expect(items[3]?.extension).toEqual([{ url: 'urn:quancheng:local-addition', valueBoolean: true }]);
  });
});

describe('conditions in words', () => {
  it.each([
    [{ kind: 'in', field: 'signs', codes: ['9'] }, '“症状”为其他'],
    [{ kind: 'not', of: { kind: 'is', field: 'agrees', value: true } }, '不是（“同意”为是）'],
    [{ kind: 'number', field: 'sbp', than: '>=', value: 140 }, '“收缩压”不小于140'],
    [
      {
        kind: 'any',
        of: [
          { kind: 'age-at-least', years: 65 },
          { kind: 'in-group', groups: ['copd'] },
        ],
      },
      '65岁及以上，或慢阻肺病患者',
    ],
  ] as const)('%j reads %s', (condition, words) => {
    expect(describeCondition(condition, fields)).toBe(words);
  });
});
