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
