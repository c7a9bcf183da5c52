import { describe, expect, it } from 'vitest';
import type { FormEdition, FormField } from '#kernel/form-shape.ts';
import { copdFollowUp2024 as old } from '#standards/forms/copd-follow-up/2024.ts';
import { carryLastSheet } from './carry-last-sheet.ts';

const comorbidities = (edition: FormEdition) =>
  edition.groups
    .flatMap((group) => group.fields)
    .find((field) => field.id === 'comorbidities') as FormField & { kind: 'codes' };
const [first, second, third] = comorbidities(old).options.map((option) => option.label);
/** The next edition, which prints its comorbidities the other way round and the second no longer. */
const next: FormEdition = {
  ...old,
  edition: '2027',
  groups: old.groups.map((group) => ({
    ...group,
    fields: group.fields.map((field) => {
      if (field.id !== 'comorbidities' || field.kind !== 'codes') return field;
      const labels = field.options.map((option) => option.label).toReversed();
      const options = field.options.map(({ code }, at) => ({ code, label: labels[at] ?? '' }));
      return { ...field, options: options.filter(({ label }) => label !== second) };
    }),
  })),
};
const codesOf = (edition: FormEdition, ...labels: (string | undefined)[]) =>
  labels.map((label) => comorbidities(edition).options.find((one) => one.label === label)?.code);

describe('the last sheet on another edition', () => {
  it('hands on a list whose every choice is still printed, under the numbers it has now', () => {
    const said = { weight: 60, comorbidities: codesOf(old, first, third) };
    const carried = carryLastSheet(said, old, next);
    expect(carried).toEqual({ weight: 60, comorbidities: codesOf(next, first, third) });
    expect(carried.comorbidities).not.toEqual(said.comorbidities);
  });

  it('has a list asked anew of which one choice is gone: a shorter one would be taken for all of it', () => {
    const said = { weight: 60, comorbidities: codesOf(old, first, second) };
    expect(carryLastSheet(said, old, next)).toEqual({ weight: 60 });
  });
});
