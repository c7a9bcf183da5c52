import { type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';
import { findRecordForm } from './record-forms.ts';

/**
 * The field whose day a record stands under. A form the program knows nothing of, kept from an earlier one or published by
 * the county, stands under the first day it asks; one the program files in a way of its own has none.
 */
export function dayFieldOf(edition: FormEdition): string | undefined {
  const known = findRecordForm(edition.form);
  if (known || allFormEditions.some((one) => one.form === edition.form)) return known?.dayField;
  return fieldsOf(edition).find((field) => field.kind === 'date')?.id;
}
