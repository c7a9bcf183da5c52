import { describe, expect, it } from 'vitest';
import { addDays, addMonths, plainDate } from '#kernel/plain-date.ts';
import { defaultGradingScheme } from '../grading/place-tier.ts';
import { assess } from './assess.ts';
import { gradePerson } from './grade-person.ts';
import type { PatientRecord } from './patient-record.ts';

const day = plainDate('2026-11-24');
const lastDay = addMonths(day, -12);
const dayBefore = addDays(lastDay, -1);

/** Everything good, measured on that day. */
const measured = (on: typeof day): PatientRecord => ({
  birthDate: plainDate('1970-05-12'),
  sex: 'female',
  conditions: [],
  programs: [{ program: 'hypertension' }, { program: 'type-2-diabetes' }],
  measurements: [
    { kind: 'sbp', value: 122, on },
    { kind: 'dbp', value: 76, on },
    { kind: 'fasting-glucose', value: 6.1, on },
    { kind: 'hba1c', value: 6.4, on },
    { kind: 'ldl', value: 2.1, on },
    { kind: 'potassium', value: 5.8, on },
  ],
  visits: [],
  medicines: [{ name: '缬沙坦胶囊', dailyDose: 80 }],
});
const judged = (on: typeof day) => {
  const { programs, suggestions } = assess(measured(on), day);
  const [pressure, glucose] = programs;
  const of = (title: string) => suggestions.find((one) => one.title === title);
  return { pressure, glucose, targets: of('血糖、血压、血脂综合达标'), step: of('降压方案') };
};

describe('whether somebody is at their target', () => {
  it('is told by readings of the last twelve months, the first day included', () => {
    const { pressure, glucose, targets, step } = judged(lastDay);
    expect([pressure?.publicHealth.outcome, pressure?.clinical?.outcome]).toEqual(['达标', '达标']);
    expect([glucose?.publicHealth.outcome, glucose?.clinical?.outcome]).toEqual(['达标', '达标']);
    expect(targets?.outcome).toBe('三项达标');
    expect(step?.outcome).toBeDefined();
  });

  it('is not told by older ones: they are missing, and it says when they were last taken', () => {
    const { pressure, glucose, targets, step } = judged(dayBefore);
    const last = `（上次 ${dayBefore}）`;
    for (const one of [pressure?.publicHealth, pressure?.clinical])
      expect(one).toMatchObject({ outcome: undefined, missing: [`收缩压${last}`, `舒张压${last}`] });
    expect(glucose?.publicHealth).toMatchObject({ outcome: undefined, missing: [`空腹血糖${last}`] });
    expect(glucose?.clinical).toMatchObject({ outcome: undefined, missing: [`糖化血红蛋白${last}`] });
    expect(targets?.missing).toContain(`低密度脂蛋白${last}`);
    expect(step).toBeUndefined();
  });

  it('that was never measured is only missing', () => {
    const { programs } = assess({ ...measured(day), measurements: [] }, day);
    expect(programs[1]?.clinical?.missing).toEqual(['糖化血红蛋白']);
  });

  it('grades nobody by an old reading', () => {
    const grade = (on: typeof day) => gradePerson(measured(on), day, defaultGradingScheme(day)).diseases;
    expect(grade(lastDay).map((one) => one.colour)).toEqual(['yellow', 'green']);
    const [hypertension, diabetes] = grade(dayBefore);
    expect([hypertension?.colour, diabetes?.colour]).toEqual([undefined, undefined]);
    expect(hypertension?.missing).toEqual([`血压分级（上次 ${dayBefore}）`, `是否达标（上次 ${dayBefore}）`]);
    expect(diabetes?.missing).toEqual([`糖化血红蛋白（上次 ${dayBefore}）`]);
  });
});

it('a danger of a medicine is still told by the last value there is', () => {
  const { medicineWarnings } = assess(measured(dayBefore), day);
  expect(medicineWarnings.some((one) => one.medicines.join().includes('缬沙坦'))).toBe(true);
});
