/** Chinese names of the programmes a person can be managed in. */
export const programLabels = {
  hypertension: '高血压',
  'type-2-diabetes': '2型糖尿病',
  copd: '慢阻肺病',
} as const;
