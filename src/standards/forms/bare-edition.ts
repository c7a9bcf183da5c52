import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from '#kernel/form-shape.ts';
import { allFormEditions } from './all-forms.ts';

const listed = { kind: 'text', required: 'optional', maxLength: 4000, multiline: true } as const;

/**
 * What a sheet is read with when nobody here has its edition: every answer as it was written, none left out, under the
 * label it has in the edition known best. Codes stay codes: another edition may have given them another meaning.
 */
export function bareEdition(form: string, edition: string, sheets: readonly FormAnswers[]): FormEdition {
  const known = allFormEditions.find((one) => one.form === form);
  const fields = known ? fieldsOf(known) : [];
  const ids = [...new Set(sheets.flatMap((answers) => Object.keys(answers)))];
  const inOrder = [...fields.map((one) => one.id).filter((id) => ids.includes(id)), ...ids];
  return {
    form,
    edition,
    title: `${known?.title ?? form}（本程序没有这一版的表样，答案照原样列出）`,
    dictVersion: '',
    source: known?.source ?? '',
    groups: [
      {
        id: 'as-written',
        title: '原样答案',
        source: known?.source ?? '',
        fields: [...new Set(inOrder)].map((id): FormField => ({ ...listed, id, label: labelOf(fields, id) })),
      },
    ],
    checks: [],
    paper: known?.paper ?? { recordsPerSheet: 1 },
  };
}

const labelOf = (fields: readonly FormField[], id: string) => {
  const label = fields.find((one) => one.id === id)?.label;
  return label ? `${label}（${id}）` : id;
};

/** The answers as text, as the bare edition lists them. */
export const bareAnswers = (answers: FormAnswers): FormAnswers =>
  Object.fromEntries(
    Object.entries(answers).map(([id, value]) => [
      id,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
