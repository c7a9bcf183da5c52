import { describe, expect, it } from 'vitest';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { draftGuidance } from './draft-guidance.ts';
import { findFromRegister, type RecordFacts } from './find-from-register.ts';

const today = plainDate('2026-11-24');
const record: PatientRecord = {
  birthDate: plainDate('1975-03-02'),
  sex: 'male',
  conditions: [],
  programs: [],
  measurements: [
    { kind: 'sbp', value: 134, on: plainDate('2026-10-08') },
    { kind: 'dbp', value: 86, on: plainDate('2026-10-08') },
    { kind: 'weight', value: 82, on: plainDate('2026-10-08') },
    { kind: 'height', value: 170, on: plainDate('2026-10-08') },
  ],
  visits: [],
  medicines: [],
};

describe('the guidance of a high-risk person', () => {
  it('looks at pressure, glucose, lipids, weight, waist and smoking at once, and says what nobody measured', () => {
    const { matters, smoking } = draftGuidance(record, today);
    expect(matters.map((one) => one.label)).toEqual(['血压', '血糖', '血脂', '体重', '腰围']);
    expect(matters[0]).toEqual({ label: '血压', value: '134/86 mmHg', on: '2026-10-08' });
    expect(matters[1]).toEqual({ label: '血糖', value: undefined, on: undefined });
    expect(matters[3]?.value).toBe('体质指数 28.4，体重 82 kg');
    expect(smoking).toBeUndefined();
    expect(draftGuidance({ ...record, smoker: false }, today).smoking).toBe('不吸烟');
  });

  it('tells a smoker to stop, and does not treat a risk as a disease', () => {
    const { lifestyle } = draftGuidance({ ...record, smoker: true }, today);
    expect(lifestyle.smoking).toContain('请戒烟');
    expect(lifestyle.activity).not.toContain('随身带糖');
    expect(lifestyle.weight).toContain('目标不超过');
  });
});

describe('a reading of other work', () => {
  const facts: RecordFacts = {
    birthDate: plainDate('1960-03-02'),
    sex: '1',
    family: [],
    managed: [],
    courses: {},
    pressure: { sbp: 130, dbp: 80, on: plainDate('2026-10-08'), source: 'checkup' },
    glucose: undefined,
    bmi: undefined,
  };
  const at = (sbp: number, dbp: number, more: Partial<RecordFacts> = {}) =>
    findFromRegister(
      { ...facts, pressure: { sbp, dbp, on: plainDate('2026-10-08'), source: 'checkup' }, ...more },
      today,
    ).map((one) => one.move.to);

  it('lists on both sides of each limit, and age alone lists nobody', () => {
    expect(at(129, 84)).toEqual([]);
    expect(at(130, 84)).toEqual(['high-risk']);
    expect(at(129, 85)).toEqual(['high-risk']);
    expect(at(139, 89)).toEqual(['high-risk']);
    expect(at(140, 80)).toEqual(['suspected']);
    expect(at(129, 90)).toEqual(['suspected']);
    expect(at(118, 76, { bmi: 23.9 })).toEqual([]);
    expect(at(118, 76, { bmi: 24 })).toEqual(['high-risk']);
    expect(at(118, 76, { family: ['2'] })).toEqual([]);
  });

  it('speaks for a year, never of a managed disease, and not against what was judged on or after its day', () => {
    const on = (day: string) =>
      findFromRegister(
        { ...facts, pressure: { sbp: 150, dbp: 95, on: plainDate(day), source: 'clinic' } },
        today,
      ).length;
    expect([on('2025-11-23'), on('2025-11-24')]).toEqual([0, 1]);
    expect(at(150, 95, { managed: ['hypertension'] })).toEqual([]);
    const held = (state: 'normal' | 'high-risk' | 'suspected' | 'confirmed' | 'closed', since: string) =>
      at(150, 95, { courses: { hypertension: { state, since: plainDate(since) } } });
    expect(held('normal', '2026-10-07')).toEqual(['suspected']);
    expect(held('normal', '2026-10-08')).toEqual([]);
    expect(held('high-risk', '2026-10-07')).toEqual(['suspected']);
    expect(held('closed', '2026-10-08')).toEqual([]);
    expect(held('closed', '2026-10-07')).toEqual(['suspected']);
    expect(held('suspected', '2026-01-01')).toEqual([]);
    expect(held('confirmed', '2026-01-01')).toEqual([]);
    expect(
      at(134, 84, { courses: { hypertension: { state: 'high-risk', since: plainDate('2026-01-01') } } }),
    ).toEqual([]);
  });
});
