import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { type Condition, conditionLabels } from '../conditions.ts';
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

describe('an emergency', () => {
  it('stops everything else', () => {
    const result = on({ ...sample, measurements: [...sample.measurements, reading('sbp', 186)] });
    expect(result.emergencies).toHaveLength(1);
    expect(result.emergencies[0]?.reasons[0]?.text).toContain('186');
    expect(
      [result.programs, result.strata, result.suggestions, result.tasks, result.medicineWarnings].every(
        (one) => one.length === 0,
      ),
    ).toBe(true);
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
    expect(said).toContain('男性登记为妊娠');
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
  const anyRecord = fc.record({
    birthDate: fc.option(
      fc.constantFrom(
        plainDate('1899-01-01'),
        plainDate('1950-02-01'),
        plainDate('1990-07-07'),
        plainDate('2030-01-01'),
      ),
      { nil: undefined },
    ),
    sex: fc.option(fc.constantFrom('male' as const, 'female' as const), { nil: undefined }),
    conditions: fc.subarray(Object.keys(conditionLabels) as Condition[]),
    programs: fc
      .subarray(['hypertension', 'type-2-diabetes', 'copd'] as const)
      .map((list) => list.map((program) => ({ program }))),
    measurements: fc.array(
      fc.record({
        kind: fc.constantFrom(
          'sbp',
          'dbp',
          'fasting-glucose',
          'spo2',
          'hba1c',
          'creatinine',
          'potassium',
          'bmi',
          'ldl',
          'hdl',
          'total-cholesterol',
          'waist',
          'unknown',
        ),
        value: fc.oneof(fc.double({ noNaN: false }), fc.integer({ min: 0, max: 300 })),
        on: fc.integer({ min: -3000, max: 30 }).map((ahead) => addDays(day, ahead)),
      }),
      { maxLength: 40 },
    ),
    visits: fc.array(
      fc.record({
        program: fc.constantFrom('hypertension' as const, 'copd' as const),
        on: fc.integer({ min: -900, max: 0 }).map((ahead) => addDays(day, ahead)),
        formClass: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      }),
      { maxLength: 8 },
    ),
    medicines: fc.array(
      fc.record({
        name: fc.constantFrom(
          '缬沙坦胶囊',
          '依那普利片',
          '盐酸二甲双胍片',
          '阿司匹林肠溶片',
          '螺内酯片',
          '不认识',
        ),
        dailyDose: fc.option(fc.double({ min: 0, max: 4000, noNaN: true }), { nil: undefined }),
      }),
      { maxLength: 8 },
    ),
    smoker: fc.option(fc.boolean(), { nil: undefined }),
    pregnancy: fc.option(fc.constantFrom('no' as const, 'pregnant' as const), { nil: undefined }),
    adverseReaction: fc.option(fc.boolean(), { nil: undefined }),
  });
  it('never throws, whatever the record, and gives the same answer twice', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const first = JSON.stringify(on(record as PatientRecord));
        expect(JSON.stringify(on(record as PatientRecord))).toBe(first);
      }),
      { seed: 11, numRuns: 400 },
    );
  });
  it('does not care in which order readings of different days stand', () => {
    const shuffled = {
      ...sample,
      measurements: sample.measurements.toReversed(),
      visits: sample.visits.toReversed(),
    };
    expect(on(shuffled)).toEqual(on(sample));
  });
});
