import type { DueTask } from '#clinical/assess/assessment.ts';
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
  spirometry: 'spirometry',
};

/** Tests of the centre that are due by the schedules of target organs and complications, with why. */
export function dueTests(tasks: readonly DueTask[]): ReadonlyMap<string, string> {
  const due = new Map<string, string>();
  for (const { item, label, reason } of tasks) {
    const test = item && testOfItem[item];
    if (test) due.set(test, `${label}：${reason}`);
  }
  return due;
}
