import type { FormEdition } from '#kernel/form-shape.ts';
import { hypertensionFollowUp2017 } from './hypertension-follow-up/2017.ts';
import { personalInformation2017 } from './personal-information/2017.ts';

/** Every published edition, newest of each form first. */
export const allFormEditions: readonly FormEdition[] = [personalInformation2017, hypertensionFollowUp2017];

/** An edition by form and edition; undefined for one this version does not know. */
export function formEdition(form: string, edition: string): FormEdition | undefined {
  return allFormEditions.find((one) => one.form === form && one.edition === edition);
}
