import { describe, expect, it } from 'vitest';
import { listNoticeable } from '#kernel/form-attention.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { defineEdition } from './define-edition.ts';
import { decimal, type NumberLimits } from './field-builders.ts';
import { limits } from './plausible-limits.ts';

const today = plainDate('2026-11-24');

function sheetOf(limit: NumberLimits): FormEdition {
  return defineEdition({
    form: 'one-measure',
    edition: '1',
    title: '单项',
    dictVersion: '1',
    source: 'OWN',
    clause: '单项',
    certainty: 'own-default',
    paper: { recordsPerSheet: 1, layout: 'one-person' },
    groups: [{ id: 'one', title: '单项', lines: [decimal('value', '数值', limit)] }],
  });
}

describe.each(Object.entries<NumberLimits>(limits))('%s', (_, limit) => {
  const sheet = sheetOf(limit);
  const step = 1 / 10 ** (limit.places ?? 1);
  const judge = (value: number) => {
    const rounded = Number(value.toFixed(limit.places ?? 1));
    const { errors, warnings } = validateAnswers(sheet, { value: rounded }, { today });
    return [...errors, ...warnings].map((issue) => issue.code);
  };

  it('refuses outside the hard limits and nowhere else', () => {
    const { min, max } = limit.hard;
    if (min !== undefined) {
      expect(judge(min - step)).toEqual(['impossible']);
      expect(judge(min)).not.toContain('impossible');
    }
    if (max !== undefined) {
      expect(judge(max + step)).toEqual(['impossible']);
      expect(judge(max)).not.toContain('impossible');
    }
  });

  it('asks outside the warning limits and nowhere else', () => {
    const { min, max } = limit.warn ?? {};
    if (min !== undefined) {
      expect(judge(min)).toEqual([]);
      if (min - step >= (limit.hard.min ?? -Infinity)) expect(judge(min - step)).toEqual(['unusual']);
    }
    if (max !== undefined) {
      expect(judge(max)).toEqual([]);
      if (max + step <= (limit.hard.max ?? Infinity)) expect(judge(max + step)).toEqual(['unusual']);
    }
  });
});

describe('what is highlighted', () => {
  const waist = sheetOf(limits.waist);
  it.each([
    [89.9, '1', 0],
    [90, '1', 1],
    [84.9, '2', 0],
    [85, '2', 1],
    [90, undefined, 0],
  ] as const)('a waist of %s cm of sex %s counts %s', (value, sex, count) => {
    expect(listNoticeable(waist, { value }, sex === undefined ? {} : { sex })).toHaveLength(count);
  });

  it.each([
    ['sbp', 139, 0],
    ['sbp', 140, 1],
    ['dbp', 89, 0],
    ['dbp', 90, 1],
    ['fastingGlucose', 6.9, 0],
    ['fastingGlucose', 7, 1],
    ['fastingGlucose', 4.3, 1],
    ['hba1c', 6.9, 0],
    ['hba1c', 7, 1],
    ['spo2', 95, 0],
    ['spo2', 94, 1],
    ['heartRate', 100, 0],
    ['heartRate', 101, 1],
    ['temperature', 37.3, 0],
    ['temperature', 37.4, 1],
    ['respiratoryRate', 24, 0],
    ['respiratoryRate', 25, 1],
    ['alcohol', 1.9, 0],
    ['alcohol', 2, 1],
    ['fev1PercentPredicted', 80, 0],
    ['fev1PercentPredicted', 79.9, 1],
  ] as const)('%s of %s counts %s', (name, value, count) => {
    expect(listNoticeable(sheetOf(limits[name]), { value }, {})).toHaveLength(count);
  });
});
