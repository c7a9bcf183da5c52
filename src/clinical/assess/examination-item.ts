import type { ScreeningItem } from '../diabetes/diabetes-parameters.ts';

/** What is looked at again and again; `assessments` are the talks of one yearly day. */
export type ExaminationItem =
  | ScreeningItem
  | 'potassium'
  | 'spirometry'
  | 'influenza'
  | 'checkup'
  | 'assessments';
