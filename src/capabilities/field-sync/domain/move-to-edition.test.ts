import { describe, expect, it } from 'vitest';
import { followUpPrograms } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import type { FormEdition, FormField } from '#kernel/form-shape.ts';
import { moveSheet } from './move-to-edition.ts';

const own = followUpPrograms.hypertension.edition;
/** The county's next edition, which prints its symptoms in the other order and has no 头痛头晕. */
const next: FormEdition = {
  ...own,
  edition: '2027',
  groups: own.groups.map((group) => ({ ...group, fields: group.fields.map(turned) })),
};
function turned(field: FormField): FormField {
  if (field.id !== 'symptoms' || field.kind !== 'codes') return field;
  const labels = field.options.map((option) => option.label).toReversed();
  const options = field.options.map((option, at) => ({ ...option, label: labels[at] ?? '' }));
  return { ...field, options: options.filter(({ label }) => label !== '头痛头晕') };
}
const codeOf = (edition: FormEdition, label: string) => {
  const field = edition.groups.flatMap((group) => group.fields).find((one) => one.id === 'symptoms');
  const options = field && 'options' in field ? field.options : [];
  return options.find((option) => option.label === label)?.code;
};

describe('a refused sheet on the edition in force', () => {
  it('says the same symptoms under the numbers they have there, and names what it does not print', () => {
    const typed = { sbp: 142, symptoms: [codeOf(own, '头痛头晕'), codeOf(own, '心悸胸闷')] };
    expect(codeOf(next, '心悸胸闷')).not.toBe(codeOf(own, '心悸胸闷'));
    const { answers, leftOut } = moveSheet(typed, own, next);
    expect(answers).toEqual({ sbp: 142, symptoms: [codeOf(next, '心悸胸闷')] });
    expect(leftOut).toEqual([expect.stringContaining('头痛头晕')]);
  });
});
