import { fieldsOf } from '#kernel/form-shape.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';

const labels = new Map(fieldsOf(personalInformation2017).map((field) => [field.id, field.label]));

/** The printed label of a field of the personal information. */
export function informationLabelOf(field: string): string {
  return labels.get(field) ?? field;
}
