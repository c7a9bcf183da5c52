import { expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { measurementsOf } from './measurements-of.ts';

it('gives each reading of a sheet its own day: a result reported late that of its test, the others the visit’s', () => {
  const sheet = {
    visitDate: '2026-11-24',
    fpg: 6.2,
    glucoseSource: '2',
    hba1c: 7.2,
    hba1cDate: '2026-08-01',
  };
  expect(measurementsOf(sheet, plainDate('2026-11-24'))).toEqual([
    { kind: 'fasting-glucose', value: 6.2, unit: 'mmol/L', context: 'capillary', on: '2026-11-24' },
    { kind: 'hba1c', value: 7.2, unit: '%', context: null, on: '2026-08-01' },
  ]);
});
