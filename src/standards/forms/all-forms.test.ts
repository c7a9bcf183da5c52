import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type QuestionnaireItem, toFhirQuestionnaire } from '#kernel/form-fhir-questionnaire.ts';
import { fromJsonExport, toJsonExport } from '#kernel/form-json-export.ts';
import { paperRows } from '#kernel/form-paper.ts';
import { type Condition, type CrossCheck, type FormField, fieldsOf } from '#kernel/form-shape.ts';
import { fromSheetRows, toSheetRows } from '#kernel/form-sheet-rows.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { fillSheet } from '#test/support/fill-sheet.ts';
import { findSource } from '../sources.ts';
import { allFormEditions, formEdition } from './all-forms.ts';

const today = plainDate('2026-11-24');
const context = {
  today,
  ageYears: 70,
  sex: '2',
  groups: ['hypertension', 'type-2-diabetes', 'copd', 'rural'],
};
const named = allFormEditions.map((edition) => [`${edition.form} ${edition.edition}`, edition] as const);

const answerOfType: Readonly<Record<string, string>> = {
  choice: 'answerCoding',
  boolean: 'answerBoolean',
  integer: 'answerInteger',
  decimal: 'answerDecimal',
};

/** How many numbered lines each printed sheet has. */
const printedLines: Readonly<Record<string, number>> = {
  'archive-cover': 11,
  'personal-information': 34,
  'hypertension-follow-up': 24,
  'type-2-diabetes-follow-up': 27,
  'copd-follow-up': 29,
  'health-education-activity': 15,
  'copd-sq': 9,
  'tcm-constitution': 44,
};

describe.each(named)('%s', (_, edition) => {
  const fields = fieldsOf(edition);
  const ids = fields.map((field) => field.id);

  it('is found by name and stands on a registered document', () => {
    expect(formEdition(edition.form, edition.edition)).toBe(edition);
    expect(findSource(edition.source)).toBeDefined();
    for (const group of edition.groups) expect(group.source).not.toBe('');
  });

  it('names every field once and every code once', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(edition.groups.map((group) => group.id)).size).toBe(edition.groups.length);
    for (const field of withColumns(fields)) {
      expect(field.label).not.toBe('');
      if (field.kind !== 'code' && field.kind !== 'codes') continue;
      const codes = field.options.map((option) => option.code);
      expect(new Set(codes).size, field.id).toBe(codes.length);
      expect(codes.length, field.id).toBeGreaterThan(1);
      for (const option of field.options) expect(option.label, field.id).toMatch(/^[^_\s][^_]*$/);
    }
  });

  it('numbers the printed lines 1, 2, 3 … in order', () => {
    const rows = paperRows(edition);
    expect(rows.map((row) => row.no)).toEqual(rows.map((_row, index) => String(index + 1)));
    const printed = fields.filter((field) => !field.extension);
    expect(rows.flatMap((row) => row.fields)).toEqual(printed);
    const expected = printedLines[edition.form];
    if (expected !== undefined) expect(rows).toHaveLength(expected);
  });

  it('refers only to fields and codes it has', () => {
    for (const field of fields) {
      checkReferences(field, fields);
      if (field.kind === 'rows') for (const column of field.columns) checkReferences(column, field.columns);
      if (field.kind === 'rows') for (const check of field.checks ?? []) checkCheck(check, field.columns);
    }
    for (const check of edition.checks) checkCheck(check, fields);
  });

  it('asks inside what it refuses', () => {
    for (const field of withColumns(fields)) {
      if (field.kind !== 'integer' && field.kind !== 'decimal') continue;
      const { hard, warn, normal } = field;
      expect((hard.min ?? -Infinity) < (hard.max ?? Infinity), field.id).toBe(true);
      for (const inner of [warn, ...(normal ?? []).map((one) => one.range)]) {
        if (inner?.min !== undefined)
          expect(inner.min, field.id).toBeGreaterThanOrEqual(hard.min ?? -Infinity);
        if (inner?.max !== undefined) expect(inner.max, field.id).toBeLessThanOrEqual(hard.max ?? Infinity);
      }
    }
  });

  it.each(['first', 'last'] as const)('a sheet filled with the %s options comes back the same', (which) => {
    const filled = fillSheet(edition, which);
    const { answers, errors, unknown } = validateAnswers(edition, filled, context);
    expect(errors).toEqual([]);
    expect(unknown).toEqual([]);
    expect(Object.keys(answers).length).toBeGreaterThan(ids.length / 3);
    const sheet = toSheetRows(edition, [answers]);
    expect(sheet.header).toHaveLength(sheet.rows[0]?.length ?? -1);
    const fromSheet = fromSheetRows(edition, sheet)[0] ?? {};
    expect(fromSheet).toEqual(answers);
    expect(validateAnswers(edition, fromSheet, context).answers).toEqual(answers);
    const exported = JSON.parse(JSON.stringify(toJsonExport(edition, answers)));
    expect(fromJsonExport(exported)).toEqual(answers);
  });

  it('refuses an empty sheet by naming what is missing', () => {
    const { errors } = validateAnswers(edition, {}, context);
    expect(errors.length).toBeGreaterThan(0);
    expect(new Set(errors.map((issue) => issue.code))).toEqual(new Set(['missing']));
    for (const issue of errors) expect(ids).toContain(issue.path);
  });

  it('never throws, whatever stands in its fields', () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.constant('2026-02-30'));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ids), value, { maxKeys: 30 }), (given) => {
        const once = validateAnswers(edition, given, context).answers;
        expect(validateAnswers(edition, once, context).answers).toEqual(once);
      }),
      { seed: 20261124, numRuns: 40 },
    );
  });

  it('is a Questionnaire R4 can read', () => {
    const questionnaire = toFhirQuestionnaire(edition);
    const items = flatten(questionnaire.item);
    expect(new Set(items.map((item) => item.linkId)).size).toBe(items.length);
    const questions = new Set(items.map((item) => item.linkId));
    const allowed = [
      'group',
      'choice',
      'integer',
      'decimal',
      'string',
      'text',
      'date',
      'boolean',
      'reference',
    ];
    for (const item of items) {
      expect(allowed).toContain(item.type);
      expect(item.text).not.toBe('');
      if (item.type === 'group') expect(item.item?.length).toBeGreaterThan(0);
      if (item.type === 'choice') expect(item.answerOption?.length).toBeGreaterThan(1);
      if (item.maxLength !== undefined) expect(['string', 'text']).toContain(item.type);
      if (item.enableWhen && item.enableWhen.length > 1) expect(item.enableBehavior).toBeDefined();
      for (const when of item.enableWhen ?? []) {
        expect(questions.has(when.question), when.question).toBe(true);
        const asked = items.find((one) => one.linkId === when.question);
        const answer = Object.keys(when).find((key) => key.startsWith('answer'));
        if (when.operator === 'exists') expect(answer).toBe('answerBoolean');
        else expect(answer).toBe(answerOfType[asked?.type ?? '']);
        if (!when.answerCoding) continue;
        const offered = asked?.answerOption?.map(({ valueCoding: { system, code } }) => `${system}|${code}`);
        expect(offered).toContain(`${when.answerCoding.system}|${when.answerCoding.code}`);
      }
      for (const extension of item.extension ?? []) {
        const values = Object.keys(extension).filter((key) => key.startsWith('value'));
        expect(values).toHaveLength(1);
      }
    }
    expect(JSON.parse(JSON.stringify(questionnaire))).toEqual(questionnaire);
  });
});

it('publishes each edition once', () => {
  expect(new Set(named.map(([name]) => name)).size).toBe(named.length);
});

function withColumns(fields: readonly FormField[]): readonly FormField[] {
  return fields.flatMap((field) => (field.kind === 'rows' ? [field, ...field.columns] : [field]));
}

function flatten(items: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] {
  return items.flatMap((item) => [item, ...flatten(item.item ?? [])]);
}

function checkReferences(field: FormField, fields: readonly FormField[]): void {
  const ids = fields.map((one) => one.id);
  if (typeof field.required === 'object') checkCondition(field.required, fields);
  if (field.visible) checkCondition(field.visible, fields);
  if ('targetOf' in field && field.targetOf) expect(ids).toContain(field.targetOf);
  if (field.kind === 'computed') {
    for (const id of [...field.from, ...(field.reversed ?? [])]) expect(ids).toContain(id);
    for (const id of field.reversed ?? []) expect(field.from).toContain(id);
  }
  if (field.kind !== 'code' && field.kind !== 'codes') return;
  const codes = field.options.map((option) => option.code);
  for (const [code, textField] of Object.entries(field.needsText ?? {})) {
    expect(codes).toContain(code);
    expect(fields.find((one) => one.id === textField)?.kind).toBe('text');
  }
  if (field.kind === 'codes') {
    for (const code of [...field.exclusive, ...(field.oneOf ?? []).flat()]) expect(codes).toContain(code);
  } else for (const code of Object.keys(field.warnCodes ?? {})) expect(codes).toContain(code);
}

function checkCondition(condition: Condition, fields: readonly FormField[]): void {
  if (condition.kind === 'all' || condition.kind === 'any') {
    expect(condition.of.length).toBeGreaterThan(0);
    for (const part of condition.of) checkCondition(part, fields);
  } else if (condition.kind === 'not') checkCondition(condition.of, fields);
  else if ('field' in condition) {
    const field = fields.find((one) => one.id === condition.field);
    expect(field, condition.field).toBeDefined();
    if (condition.kind !== 'in' || (field?.kind !== 'code' && field?.kind !== 'codes')) return;
    for (const code of condition.codes) expect(field.options.map((option) => option.code)).toContain(code);
  }
}

function checkCheck(check: CrossCheck, fields: readonly FormField[]): void {
  const { kind, code, severity, message, ...rest } = check;
  expect(message).toMatch(/。$/);
  const named: Record<string, unknown> = rest;
  const ids = ['lower', 'upper', 'a', 'b', 'earlier', 'later', 'path', 'field', 'rows']
    .map((key) => named[key])
    .filter((id) => id !== undefined);
  expect(ids.length, `${kind} ${code} ${severity}`).toBeGreaterThan(0);
  for (const id of ids) expect(fields.map((field) => field.id)).toContain(id);
  if (check.kind === 'when') checkCondition(check.when, fields);
}
