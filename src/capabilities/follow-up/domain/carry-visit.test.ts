import { describe, expect, it } from 'vitest';
import { asideWords } from '#kernel/carry-answers.ts';
import type { FormEdition, FormField } from '#kernel/form-shape.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { type2DiabetesFollowUp2017 } from '#standards/forms/type-2-diabetes-follow-up/2017.ts';
import { carryVisit } from './carry-visit.ts';
import { mergeSheets } from './merge-sheets.ts';

const change = (fields: (one: FormField) => FormField[]): FormEdition => ({
  ...hypertensionFollowUp2017,
  edition: '2026',
  groups: hypertensionFollowUp2017.groups.map((group) => ({
    ...group,
    fields: group.fields.flatMap(fields),
  })),
});

const merged = (hypertension: FormEdition) =>
  mergeSheets([
    { program: 'hypertension', edition: hypertension },
    { program: 'type-2-diabetes', edition: type2DiabetesFollowUp2017 },
  ]);

describe('a merged visit on another edition of one of its sheets', () => {
  // The new sheet words one grade anew, so that it is asked apart; it has no line for tests, and one sign more in front.
  const newer = change((field) => {
    if (field.id === 'labs') return [];
    if (field.id === 'psychology' && field.kind === 'code')
      return [
        {
          ...field,
          options: field.options.map((one) => (one.code === '3' ? { ...one, label: '很差' } : one)),
        },
      ];
    if (field.id === 'emergencySigns' && field.kind === 'codes')
      return [{ ...field, options: [{ code: '20', label: '突发偏瘫' }, ...field.options] }];
    return [field];
  });
  const [old, now] = [merged(hypertensionFollowUp2017), merged(newer)];
  const codeOf = (sheet: typeof old, label: string) => {
    const field = sheet.edition.groups
      .flatMap((group) => group.fields)
      .find((one) => one.id === 'emergencySigns');
    return field?.kind === 'codes' ? field.options.find((one) => one.label === label)?.code : undefined;
  };
  const headache = '剧烈头痛或头晕';
  const typed = {
    answers: {
      visitDate: '2026-11-24',
      sbp: 136,
      dbp: 82,
      labs: '尿蛋白阴性',
      psychology: '2',
      emergencySigns: [codeOf(old, headache)],
      'type-2-diabetes:visitClass': '1',
      drugs: [{ drugName: '氨氯地平', dosePerTime: 5, timesPerDay: 1, forPrograms: ['hypertension'] }],
    },
    touched: ['psychology', 'labs', 'emergencySigns'],
  };

  it('puts every answer where it is asked now, each sign under its own name, and names what is not asked', () => {
    const there = carryVisit(old, now, typed, {});
    expect(there.answers).toMatchObject({
      sbp: 136,
      'hypertension:psychology': '2',
      'type-2-diabetes:psychology': '2',
      emergencySigns: [codeOf(now, headache)],
      drugs: typed.answers.drugs,
    });
    expect(codeOf(now, headache)).not.toBe(codeOf(old, headache));
    expect(there.answers).not.toHaveProperty('labs');
    expect(asideWords(there)).toEqual(['辅助检查：尿蛋白阴性']);
    expect(there.touched).toEqual(
      expect.arrayContaining(['hypertension:psychology', 'type-2-diabetes:psychology', 'emergencySigns']),
    );
  });

  it('is as it was when the day comes back', () => {
    const back = carryVisit(now, old, carryVisit(old, now, typed, {}), {});
    expect(back.answers).toEqual(typed.answers);
    expect(asideWords(back)).toEqual([]);
  });
});
