import { addDays, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import type { PatientRecord, RecordedMeasurement } from './patient-record.ts';

/** A person with three diseases and five years of quarterly visits, as tests and the bench take them. */
export function sampleRecord(day: PlainDate): PatientRecord {
  const measurements: RecordedMeasurement[] = [];
  const visits: PatientRecord['visits'][number][] = [];
  for (let visit = 20; visit >= 0; visit--) {
    const on = addDays(day, -visit * 90);
    const add = (kind: string, value: number) => measurements.push({ kind, value, on, context: 'office' });
    add('sbp', 142 - (visit % 5));
    add('dbp', 84 - (visit % 3));
    add('heart-rate', 74 + (visit % 4));
    add('weight', 68.5);
    add('height', 165);
    add('bmi', 25.2);
    add('fasting-glucose', 7.4 - (visit % 4) / 10);
    add('spo2', 95 + (visit % 2));
    add('respiratory-rate', 18);
    add('cat', 12 + (visit % 2));
    if (visit % 2 === 0) add('hba1c', 7.2);
    if (visit % 4 === 0) {
      for (const [kind, value] of [
        ['creatinine', 82],
        ['potassium', 4.3],
        ['total-cholesterol', 5.4],
        ['ldl', 3.1],
        ['hdl', 1.1],
        ['triglycerides', 1.9],
        ['waist', 92],
        ['acr', 24],
      ] as const)
        add(kind, value);
    }
    for (const program of ['hypertension', 'type-2-diabetes', 'copd'] as const)
      visits.push({ program, on, formClass: visit % 3 === 0 ? 2 : 1 });
  }
  return {
    birthDate: plainDate('1960-05-12'),
    sex: 'male',
    conditions: [],
    programs: [
      { program: 'hypertension', diagnosedOn: plainDate('2015-03-01') },
      { program: 'type-2-diabetes', diagnosedOn: plainDate('2018-06-01') },
      { program: 'copd', diagnosedOn: plainDate('2021-10-01') },
    ],
    measurements,
    visits,
    medicines: [
      { name: '苯磺酸氨氯地平片', dailyDose: 5 },
      { name: '缬沙坦胶囊', dailyDose: 80 },
      { name: '盐酸二甲双胍片', dailyDose: 1000 },
      { name: '噻托溴铵粉吸入剂' },
      { name: '阿托伐他汀钙片', dailyDose: 20 },
    ],
    smoker: true,
    adherent: true,
    adverseReaction: false,
    familyHistory: { diabetes: false, cvd: true },
    examinations: { retina: addDays(day, -500), checkup: addDays(day, -200) },
  };
}
