import type { ExaminationItem } from '#clinical/assess/examination-item.ts';
import type { OrderableTest } from '#standards/measurements/reading-kinds.ts';

/** The test of the centre that answers what the engine asks for; the foot examination looks at nerves too. */
export const testOfItem: Readonly<Partial<Record<ExaminationItem, OrderableTest>>> = {
  hba1c: 'hba1c',
  lipids: 'lipids',
  kidney: 'kidney',
  potassium: 'kidney',
  acr: 'acr',
  ecg: 'ecg',
  retina: 'retina',
  foot: 'foot',
  neuropathy: 'foot',
  artery: 'artery',
  assessments: 'assessments',
  spirometry: 'spirometry',
  influenza: 'influenza',
};
