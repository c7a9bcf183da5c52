import { describe, expect, it } from 'vitest';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { overlayVisit } from './overlay-visit.ts';

const today = plainDate('2026-11-24');
const hba1c = (on: string, value: number) => ({ kind: 'hba1c', value, on: plainDate(on) });
const record = (...measurements: PatientRecord['measurements']): PatientRecord => ({
  conditions: [],
  programs: [],
  measurements,
  visits: [],
  medicines: [],
});
const typed = { visitDate: '2026-11-24', fpg: 6.2, hba1c: 7.2, hba1cDate: '2026-08-01' };
const seen = (of: PatientRecord) =>
  overlayVisit(of, typed, today).measurements.toSorted((a, b) => (a.on < b.on ? -1 : 1));

describe('a visit being typed', () => {
  it('takes a result reported late as of the day of its test', () => {
    expect(seen(record())).toEqual([
      hba1c('2026-08-01', 7.2),
      { kind: 'fasting-glucose', value: 6.2, on: '2026-11-24' },
    ]);
  });

  it('puts it in the place of what was kept of that test, not of a newer one', () => {
    const kept = record(hba1c('2026-08-01', 7.8), hba1c('2026-10-01', 6.8), hba1c('2026-11-24', 6.6));
    expect(seen(kept).filter((one) => one.kind === 'hba1c')).toEqual([
      hba1c('2026-08-01', 7.2),
      hba1c('2026-10-01', 6.8),
      hba1c('2026-11-24', 6.6),
    ]);
  });
});
