import { describe, expect, it } from 'vitest';
import { addDays, addMonths, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { assess } from './assess.ts';
import type { PatientRecord } from './patient-record.ts';

const day = plainDate('2026-11-24');
const [longAgo, yesterday] = [addDays(day, -60), addDays(day, -1)];
const person = (...measurements: [kind: string, value: number, on: PlainDate][]): PatientRecord => ({
  birthDate: plainDate('1962-05-12'),
  conditions: [],
  programs: [{ program: 'hypertension' }, { program: 'type-2-diabetes' }],
  measurements: measurements.map(([kind, value, on]) => ({ kind, value, on })),
  visits: [],
  medicines: [],
});
const pressure = (sbp: number, dbp: number, on: PlainDate) =>
  [
    ['sbp', sbp, on],
    ['dbp', dbp, on],
  ] as [string, number, PlainDate][];
const on = (record: PatientRecord) => assess(record, day);

describe('a dangerous value of an earlier day', () => {
  it('of two months ago is no emergency, and is told with its age and a request to measure again', () => {
    const { emergencies, pastDangers } = on(person(...pressure(190, 115, longAgo)));
    expect(emergencies).toEqual([]);
    expect(pastDangers).toMatchObject([
      { outcome: '60 天前，请核实', tone: 'bad', on: longAgo, rule: { id: 'AL-AGE' } },
    ]);
    const text = pastDangers[0]?.reasons.map((one) => one.text).join('');
    expect(text).toMatch(/60 天前（2026-09-25）.*收缩压 190 mmHg.*舒张压 115 mmHg.*之后没有复测.*马上复测/);
  });

  it('of yesterday is told too, of today it is the emergency itself', () => {
    expect(on(person(...pressure(190, 115, yesterday))).pastDangers).toMatchObject([
      { outcome: '1 天前，请核实' },
    ]);
    const now = on(person(...pressure(190, 115, day)));
    expect(now.emergencies).toHaveLength(1);
    expect(now.pastDangers).toEqual([]);
  });

  it('does not lapse with the months after which nobody is judged by it', () => {
    expect(on(person(['fasting-glucose', 3.1, addMonths(day, -15)])).pastDangers).toHaveLength(1);
  });

  it('is settled by measuring again, whatever that says', () => {
    expect(on(person(...pressure(190, 115, longAgo), ...pressure(150, 92, yesterday))).pastDangers).toEqual(
      [],
    );
    expect(
      on(person(['random-glucose', 3.1, longAgo], ['random-glucose', 7, yesterday])).pastDangers,
    ).toEqual([]);
  });

  it('of glucose is told by its kind, and once: an alert of the last days tells it already', () => {
    const { pastDangers } = on(person(['fasting-glucose', 3.1, longAgo], ['random-glucose', 17, longAgo]));
    expect(pastDangers.map((one) => one.reasons[0]?.text)).toEqual([
      '60 天前（2026-09-25）空腹血糖 3.1 mmol/L、随机血糖 17 mmol/L，属危急值，之后没有复测。',
    ]);
    const lately = on(person(['fasting-glucose', 3.1, yesterday]));
    expect(lately.alerts).toMatchObject([{ level: 'red', on: yesterday }]);
    expect(lately.pastDangers).toEqual([]);
    expect(on(person(['fasting-glucose', 3.9, yesterday])).pastDangers).toHaveLength(1);
  });

  it('of oxygen and of the laboratory as well', () => {
    const breathless = { ...person(['spo2', 85, longAgo]), programs: [{ program: 'copd' as const }] };
    expect(on(breathless).pastDangers).toHaveLength(1);
    expect(on(person(['potassium', 7.1, longAgo])).pastDangers).toHaveLength(1);
    expect(on(person(['potassium', 4.1, longAgo])).pastDangers).toEqual([]);
  });

  it('just below the limits is none', () => {
    expect(on(person(...pressure(179, 109, longAgo), ['fasting-glucose', 4, longAgo])).pastDangers).toEqual(
      [],
    );
  });

  it('does not make the class of a visit begun today a danger', () => {
    const typed = { ...person(...pressure(190, 115, longAgo)), adverseReaction: false };
    expect(on(typed).programs[0]?.publicHealth.outcome).toBe('控制不满意');
  });
});
