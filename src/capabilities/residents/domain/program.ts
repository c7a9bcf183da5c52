/** The diseases a person can be managed for, in the order they are shown and locked. */
export const programs = ['hypertension', 'type-2-diabetes', 'copd'] as const;

export type Program = (typeof programs)[number];

/** Chinese names of the programmes. */
export const programLabels: Readonly<Record<Program, string>> = {
  hypertension: '高血压',
  'type-2-diabetes': '2型糖尿病',
  copd: '慢阻肺病',
};
