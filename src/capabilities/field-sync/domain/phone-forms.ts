import { followUpPrograms } from '#capabilities/follow-up/domain/follow-up-programs.ts';

/** Forms a village doctor fills on the phone, in the order of use; the others stay on the workbench. */
export const recordFormsOnPhone = [
  'first-visit-blood-pressure',
  'hypertension-high-risk',
  'diabetes-risk-score',
  'diabetes-high-risk',
  'copd-sq',
  'copd-ps',
  'stroke-risk-8',
  'elder-self-care',
  'encounter-note',
] as const;

/** Every form whose editions travel to phones. */
export const formsOnPhone: readonly string[] = [
  ...Object.values(followUpPrograms).map((one) => one.edition.form),
  ...recordFormsOnPhone,
];
