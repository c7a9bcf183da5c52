import { describe, expect, it } from 'vitest';
import { addDays, addMonths, plainDate } from '#kernel/plain-date.ts';
import { assess } from './assess.ts';
import type { PatientRecord } from './patient-record.ts';

const day = plainDate('2026-11-24');
const person = (more: Partial<PatientRecord>): PatientRecord => ({
  birthDate: plainDate('1960-05-12'),
  conditions: [],
  programs: [],
  measurements: [],
  visits: [],
  medicines: [],
  ...more,
});
const due = (more: Partial<PatientRecord>, label: string) =>
  assess(person(more), day).tasks.find((one) => one.label === label);

describe('what is due besides the visits', () => {
  it('肺功能13个月前做的，今天应查；11个月前的不催', () => {
    const done = (months: number) =>
      due(
        { programs: [{ program: 'copd' }], examinations: { spirometry: addMonths(day, -months) } },
        '肺功能',
      );
    expect(done(13)).toMatchObject({ dueOn: addMonths(day, -1), isOverdue: true, ruleId: 'COPD-10' });
    expect(done(12)).toMatchObject({ dueOn: day, isOverdue: false });
    expect(done(11)).toBeUndefined();
  });
  it('asks for what was never done today, and for nothing of a disease the person does not have', () => {
    expect(due({ programs: [{ program: 'copd' }] }, '流感疫苗')).toMatchObject({ dueOn: day });
    expect(due({ programs: [{ program: 'hypertension' }] }, '流感疫苗')).toBeUndefined();
    expect(due({}, '年度健康体检')).toBeUndefined();
  });
  it('looks at potassium and creatinine sooner on a medicine that touches them', () => {
    const taken = (name: string) =>
      due(
        {
          programs: [{ program: 'hypertension' }],
          medicines: [{ name }],
          examinations: { potassium: addMonths(day, -4), kidney: addMonths(day, -4) },
        },
        '血钾、肌酐',
      );
    expect(taken('缬沙坦胶囊')).toMatchObject({ ruleId: 'MM-03', isOverdue: true });
    expect(taken('苯磺酸氨氯地平片')).toBeUndefined();
  });
  it('asks for the albumin ratio of whoever had only creatinine looked at, and sooner when the last one was raised', () => {
    const diabetic = (more: Partial<PatientRecord>) =>
      due({ programs: [{ program: 'type-2-diabetes' }], ...more }, '尿白蛋白肌酐比');
    const creatinine = { kind: 'creatinine', value: 70, on: addMonths(day, -1) };
    const acr = (value: number, months: number) => ({ kind: 'acr', value, on: addMonths(day, -months) });
    expect(diabetic({ measurements: [creatinine] })).toMatchObject({ item: 'acr', dueOn: day });
    expect(diabetic({ measurements: [creatinine, acr(29, 7)] })).toBeUndefined();
    expect(diabetic({ measurements: [creatinine, acr(30, 7)] })).toMatchObject({
      dueOn: addMonths(day, -1),
      isOverdue: true,
    });
    expect(
      due(
        { programs: [{ program: 'type-2-diabetes' }], measurements: [creatinine] },
        '肾功能（血肌酐、滤过率）',
      ),
    ).toBeUndefined();
  });
  it('takes a reading for the examination it belongs to, and no day to come for one done', () => {
    const lipids = (more: Partial<PatientRecord>) =>
      due({ programs: [{ program: 'hypertension' }], ...more }, '血脂');
    expect(lipids({ measurements: [{ kind: 'ldl', value: 3, on: addMonths(day, -2) }] })).toBeUndefined();
    expect(lipids({ examinations: { lipids: addDays(day, 1) } })).toMatchObject({ dueOn: day });
  });
  it('reminds of medicine a week before it runs out, and says until when it lasts', () => {
    const refill = (ahead: number) =>
      due({ medicines: [{ name: '缬沙坦胶囊', suppliedTo: addDays(day, ahead) }] }, '取药：缬沙坦胶囊');
    expect(refill(8)).toBeUndefined();
    expect(refill(7)).toMatchObject({ from: day, dueOn: addDays(day, 7), isOverdue: false });
    expect(refill(-1)).toMatchObject({ isOverdue: true });
  });
});
