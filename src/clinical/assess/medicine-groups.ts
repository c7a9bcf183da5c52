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

/** Whether a person takes something of one of these classes. */
export function takesAny(
  { classes }: { readonly classes: ReadonlySet<string> },
  asked: readonly string[],
): boolean {
  for (const one of asked) if (classes.has(one)) return true;
  return false;
}

/** Whether a medicine of the formulary lowers pressure. */
export function isAntihypertensive(code: string): boolean {
  const classes: readonly string[] = findMedicine(code)?.classes ?? [];
  for (const one of antihypertensiveClasses) if (classes.includes(one)) return true;
  return false;
}
