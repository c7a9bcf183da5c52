import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { anyRecord } from '#test/support/any-record.ts';
import { assess } from './assess.ts';
import type { PatientRecord } from './patient-record.ts';
import { sampleRecord } from './sample-record.ts';

const day = plainDate('2026-11-24');
const sample = sampleRecord(day);
const on = (record: PatientRecord) => assess(record, day);
const reading = (kind: string, value: number, ahead = 0) => ({ kind, value, on: addDays(day, ahead) });
const empty: PatientRecord = { conditions: [], programs: [], measurements: [], visits: [], medicines: [] };

describe('a person with three diseases', () => {
  const result = on(sample);
  it('is judged on both tracks of each disease, which never merge', () => {
    expect(result.programs.map((one) => one.program)).toEqual(['hypertension', 'type-2-diabetes', 'copd']);
    expect(result.programs[0]?.publicHealth.rule.id).toBe('HTN-15');
    expect(result.programs[0]?.clinical).toMatchObject({ outcome: '未达标', rule: { id: 'HTN-08' } });
    expect(result.programs[1]?.publicHealth.rule.id).toBe('DM-18');
  });
  it('has goals, strata, warnings, suggestions and what is due, each with rule and reason', () => {
    expect(result.problems).toEqual([]);
    expect(result.targets.map((one) => one.title)).toEqual([
      '血压目标',
      '低密度脂蛋白目标',
      '老年糖化目标与下限',
      '糖化血红蛋白目标',
    ]);
    expect(result.strata.find((one) => one.rule.id === 'HTN-07')?.outcome).toBeDefined();
    expect(result.strata.find((one) => one.rule.id === 'CKD-01')?.outcome).toContain('G');
    expect(result.tasks.map((one) => one.label)).toContain('眼底');
    expect(result.unknownMedicines).toEqual([]);
    for (const finding of [...result.strata, ...result.targets, ...result.suggestions]) {
      expect(finding.rule.clause, finding.title).not.toBe('');
      if (finding.outcome === undefined) expect(finding.missing.length, finding.title).toBeGreaterThan(0);
    }
  });
  it('names what is missing instead of guessing', () => {
    const risk = result.strata.find((one) => one.rule.id === 'CVD-01');
    expect(risk?.outcome).toBeUndefined();
    expect(risk?.missing.length).toBeGreaterThan(0);
  });
});

describe('too little oxygen', () => {
  const saturation = (
    spo2: number,
    conditions: PatientRecord['conditions'],
    signs?: PatientRecord['dangerSigns'],
  ) => on({ ...empty, conditions, measurements: [reading('spo2', spo2)], dangerSigns: signs });
  it('speaks in anybody, as red or orange, and asks for a call', () => {
    expect(saturation(89, []).alerts).toMatchObject([{ level: 'red', line: 'AL-O2-03' }]);
    expect(saturation(90, []).alerts).toMatchObject([{ level: 'orange', line: 'AL-O2-03' }]);
    expect(saturation(94, []).alerts).toEqual([]);
    expect(saturation(89, []).emergencies).toEqual([]);
  });
  it('is an emergency with COPD, with heart failure, and in anybody with a danger sign', () => {
    expect(saturation(89, ['copd']).emergencies).toMatchObject([{ rule: { id: 'COPD-08-crisis' } }]);
    for (const failing of ['heart-failure', 'heart-failure-reduced'] as const) {
      expect(saturation(89, [failing]).emergencies).toMatchObject([{ rule: { id: 'HF-01-danger' } }]);
      expect(saturation(90, [failing]).emergencies).toEqual([]);
    }
    expect(
      saturation(89, [], { hypertension: ['不能平卧'] }).emergencies.map((one) => one.rule.id),
    ).toContain('AL-O2');
  });
});

describe('an emergency', () => {
  it('stops everything else', () => {
    const result = on({ ...sample, measurements: [...sample.measurements, reading('sbp', 186)] });
    expect(result.emergencies).toHaveLength(1);
    expect(result.emergencies[0]?.reasons[0]?.text).toContain('186');
    expect(
      [result.programs, result.strata, result.suggestions, result.medicineWarnings, result.alerts].every(
        (one) => one.length === 0,
      ),
    ).toBe(true);
    expect(result.plan).toBeUndefined();
    expect(result.tasks.map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['referral', day],
      ['referral-check', addDays(day, 14)],
    ]);
  });
  it('is not made of an old reading', () => {
    const old = { ...sample, measurements: [reading('sbp', 186, -30), reading('dbp', 112, -30)] };
    expect(on(old).emergencies).toEqual([]);
  });
});

describe('a record that cannot be right', () => {
  it('is assessed with what is wrong named', () => {
    const result = on({
      ...sample,
      pregnancy: 'pregnant',
      programs: [{ program: 'copd', diagnosedOn: plainDate('1963-01-01') }],
      measurements: [
        reading('fasting-glucose', 126),
        reading('height', 1.65),
        reading('total-cholesterol', 200),
        reading('sbp', 130, 3),
        { kind: 'dbp', value: 80, on: plainDate('1899-01-01') },
      ],
    });
    const said = result.problems.join('');
    expect(said).toContain('空腹血糖 126 不可信（像是以mg/dL为单位）');
    expect(said).toContain('身高 1.65 不可信（像是以米为单位）');
    expect(said).toContain('总胆固醇 200');
    expect(said).toContain('收缩压的日期 2026-11-27');
    expect(said).toContain('舒张压的日期 1899-01-01');
    expect(said).toContain('男性登记为妊娠、备孕或哺乳');
    expect(said).toContain('确诊年龄 2 岁');
  });
  it('may be empty', () => {
    const result = on(empty);
    expect(result.programs).toEqual([]);
    expect(result.emergencies).toEqual([]);
  });
  it('may hold thousands of readings in a day', () => {
    const many = Array.from({ length: 5000 }, (_, index) => reading('sbp', 120 + (index % 20)));
    expect(on({ ...sample, measurements: many }).emergencies).toEqual([]);
  });
});

describe('laws', () => {
  const run = (check: (record: PatientRecord) => void, numRuns = 300) =>
    fc.assert(
      fc.property(anyRecord(day), (record) => {
        check(record as PatientRecord);
      }),
      { seed: 11, numRuns },
    );
  const text = (record: PatientRecord) => JSON.stringify(on(record));

  it('never throws, whatever the record, and gives the same answer twice', () => {
    run((record) => expect(text(record)).toBe(text(record)));
  });

  it('does not care in which order anything stands', () => {
    run((record) => {
      const turned = {
        ...record,
        conditions: record.conditions.toReversed(),
        measurements: turn(record.measurements),
        visits: turn(record.visits),
        medicines: turn(record.medicines),
      };
      expect(text(turned)).toBe(text(record));
    });
  });

  it('says of everything where it is written, and of what is open what is missing', () => {
    run((record) => {
      const result = on(record);
      const all = [
        ...result.emergencies,
        ...result.alerts,
        ...result.strata,
        ...result.targets,
        ...result.suggestions,
        ...result.advice,
        ...result.programs.flatMap((one) => [one.publicHealth, ...(one.clinical ? [one.clinical] : [])]),
      ];
      for (const finding of all) {
        expect(finding.rule.clause, finding.title).not.toBe('');
        if (finding.outcome === undefined) expect(finding.missing.length, finding.title).toBeGreaterThan(0);
        for (const reason of finding.reasons) expect(reason.text).not.toMatch(/undefined|NaN|null/);
      }
      for (const task of result.tasks) {
        expect(task.clause, task.label).not.toBe('');
        expect(task.from <= task.dueOn || task.isOverdue, task.label).toBe(true);
      }
    });
  });

  it('keeps the tracks apart: a stricter goal never changes the class of the sheet', () => {
    run((record) => {
      for (const one of on(record).programs) {
        expect(one.publicHealth.rule.id).not.toBe(one.clinical?.rule.id);
      }
    });
  });

  it('one more danger never makes an emergency go away', () => {
    run((record) => {
      const before = on(record).emergencies.length;
      const worse = { ...record, measurements: [...record.measurements, reading('sbp', 205)] };
      expect(on(worse).emergencies.length).toBeGreaterThanOrEqual(Math.min(1, before));
      const signs = { ...record, dangerSigns: { hypertension: ['意识改变'] } };
      expect(on(signs).emergencies.length).toBeGreaterThan(0);
    }, 150);
  });

  it('plans nobody later than the earliest of their diseases', () => {
    run((record) => {
      const { plan, tasks } = on(record);
      if (!plan) return;
      for (const task of tasks)
        if (task.kind === 'follow-up' || task.kind === 'recheck') expect(plan.on <= task.dueOn).toBe(true);
      for (const own of Object.values(plan.byProgram)) expect(plan.on <= own).toBe(true);
    });
  });
});

describe('alerts and what is due', () => {
  it('raises what was measured at home, the gravest first', () => {
    const home = (kind: string, value: number, ahead: number) => ({
      ...reading(kind, value, ahead),
      context: 'home',
    });
    const week = Array.from({ length: 7 }, (_, index) => [
      home('sbp', 150 + index * 4, index - 7),
      home('dbp', 88, index - 7),
    ]).flat();
    const result = on({ ...sample, measurements: [...week, reading('potassium', 2.8, -1)] });
    expect(result.alerts.map((one) => [one.line, one.level])).toEqual([
      ['LAB-CRIT', 'critical'],
      ['AL-BP-03', 'orange'],
      ['TR-BP-01', 'orange'],
      ['TR-BP-02', 'yellow'],
    ]);
  });

  it('a dangerous glucose speaks in somebody whose diabetes nobody knows; an ordinary one does not', () => {
    const levels = (value: number) =>
      on({ ...empty, measurements: [reading('random-glucose', value)] }).alerts.map((one) => one.level);
    expect([levels(16.6), levels(16.7), levels(33.2)]).toEqual([[], ['red'], ['red']]);
    expect([levels(3), levels(3.8), levels(11.2)]).toEqual([[], [], []]);
    const emergencies = (value: number) =>
      on({ ...empty, measurements: [reading('random-glucose', value)] }).emergencies.length;
    expect([emergencies(33.3), emergencies(2.9), emergencies(30)]).toEqual([1, 1, 0]);
  });
  it('a critical value of today is an emergency', () => {
    const result = on({ ...sample, measurements: [reading('potassium', 6.2)] });
    expect(result.emergencies[0]).toMatchObject({ title: '危急值', rule: { id: 'LAB-CRIT' } });
  });

  it('asks for a recheck within two weeks, a referral after two, and the outcome of one made', () => {
    const visits = [
      { program: 'hypertension' as const, on: addDays(day, -20), formClass: 2 as const },
      { program: 'hypertension' as const, on: addDays(day, -40), formClass: 3 as const },
    ];
    const person = { ...sample, programs: sample.programs.slice(0, 1), visits };
    const kinds = (record: PatientRecord) => on(record).tasks.map((one) => one.kind);
    expect(kinds(person)).toEqual(expect.arrayContaining(['recheck', 'referral']));
    const referred = on({ ...person, openReferrals: [addDays(day, -3)] }).tasks;
    expect(referred.map((one) => one.kind)).not.toContain('referral');
    expect(referred.find((one) => one.kind === 'referral-check')).toMatchObject({ dueOn: addDays(day, 11) });
    expect(kinds({ ...person, visits: visits.slice(0, 1) })).not.toContain('referral');
  });

  it('tells when a medicine runs out', () => {
    const due = (suppliedTo: number) =>
      on({ ...sample, medicines: [{ name: '氨氯地平', suppliedTo: addDays(day, suppliedTo) }] }).tasks.find(
        (one) => one.kind === 'refill',
      );
    expect(due(8)).toBeUndefined();
    expect(due(7)).toMatchObject({ dueOn: addDays(day, 7), isOverdue: false });
    expect(due(-1)).toMatchObject({ isOverdue: true });
  });

  it('joins the visits of three diseases on the earliest safe day', () => {
    const visits = (['hypertension', 'type-2-diabetes', 'copd'] as const).map((program) => ({
      program,
      on: day,
      formClass: 1 as const,
    }));
    const plan = (sbp: number) =>
      on({ ...sample, visits, measurements: [reading('sbp', sbp), reading('dbp', 76)] }).plan;
    expect(plan(128)).toMatchObject({
      on: addDays(day, 90),
      together: ['hypertension', 'type-2-diabetes', 'copd'],
    });
    expect(plan(138), 'satisfied on the sheet, the clinical goal not reached').toMatchObject({
      on: addDays(day, 30),
      together: ['hypertension'],
      byProgram: { copd: addDays(day, 90) },
    });
  });

  it('understands another unit and says which it does not know', () => {
    const glucose = { ...reading('fasting-glucose', 126), unit: 'mg/dL' };
    const odd = { ...reading('weight', 130), unit: '斤' };
    const result = on({ ...empty, programs: [{ program: 'type-2-diabetes' }], measurements: [glucose, odd] });
    expect(result.programs[0]?.publicHealth.reasons[0]?.text).toContain('空腹血糖 7 mmol/L');
    expect(result.problems).toEqual(['体重的单位 斤 不认识，没有采用。']);
  });

  it('takes the worse of two readings of one day', () => {
    const two = (...values: number[]) =>
      on({ ...sample, measurements: values.map((one) => reading('sbp', one)) });
    expect(two(186, 150).emergencies).toHaveLength(1);
    expect(two(150, 186).emergencies).toHaveLength(1);
  });
});

/** The second half first, each half turned round. */
const turn = <T>(list: readonly T[]): T[] => {
  const middle = Math.floor(list.length / 2);
  return [...list.slice(middle).toReversed(), ...list.slice(0, middle).toReversed()];
};
