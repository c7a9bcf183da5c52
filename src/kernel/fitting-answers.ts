import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from './form-shape.ts';

/** Answers of a sheet of another edition that stand as they are on this one; and the labels of what does not. */
export function fittingAnswers(
  edition: FormEdition,
  answers: FormAnswers,
): { readonly answers: FormAnswers; readonly left: readonly string[] } {
  const fields = new Map(fieldsOf(edition).map((field) => [field.id, field]));
  const kept: [string, unknown][] = [];
  const left: string[] = [];
  for (const [id, value] of Object.entries(answers)) {
    if (value === undefined || value === null) continue;
    const field = fields.get(id);
    if (field && fits(field, value)) kept.push([id, value]);
    else left.push(field?.label ?? id);
  }
  return { answers: Object.fromEntries(kept), left };
}

function fits(field: FormField, value: unknown): boolean {
  switch (field.kind) {
    case 'code':
      return field.options.some(({ code }) => code === value);
    case 'codes':
      return (
        Array.isArray(value) && value.every((one) => field.options.some(({ code }) => code === String(one)))
      );
    case 'integer':
    case 'decimal':
      return typeof value === 'number';
    case 'computed':
      return false;
    case 'flag':
      return typeof value === 'boolean';
    case 'rows':
      return Array.isArray(value);
    default:
      return typeof value === 'string';
  }
}
