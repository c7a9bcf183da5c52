import { findMedicine } from '../medicines/formulary.ts';

/** Classes of the formulary that lower pressure. */
export const antihypertensiveClasses = [
  'ACEI',
  'ARB',
  'ARNI',
  'DHP',
  'NDHP',
  'THIAZ',
  'LOOP',
  'BB_S',
  'BB_NS',
  'MRA',
  'ALPHA',
  'RES',
  'CENT',
] as const;

/** Classes of the formulary that lower glucose. */
export const glucoseLoweringClasses = [
  'MET',
  'SU',
  'GLIN',
  'AGI',
  'TZD',
  'DPP4',
  'GLP1',
  'SGLT2',
  'INS',
] as const;

/** Whether a medicine of the formulary lowers pressure. */
export function isAntihypertensive(code: string): boolean {
  const classes: readonly string[] = findMedicine(code)?.classes ?? [];
  return antihypertensiveClasses.some((one) => classes.includes(one));
}
