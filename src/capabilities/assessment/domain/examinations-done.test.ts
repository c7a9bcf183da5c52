import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import {
  type CheckupExaminations,
  examinationsDone,
  examinationsHeeded,
  isAgainstInfluenza,
} from './examinations-done.ts';

const checkup = (on: string, more: Partial<CheckupExaminations> = {}): CheckupExaminations => ({
  on: plainDate(on),
  ecg: null,
  fundus: null,
  elderCognition: null,
  elderEmotion: null,
  vaccinations: null,
  ...more,
});

describe('examinations that were done', () => {
  it('are those a checkup answers, never those it leaves open', () => {
    expect(examinationsDone([checkup('2026-03-01')], [])).toEqual({ checkup: '2026-03-01' });
    expect(
      examinationsDone(
        [
          checkup('2026-03-01', { ecg: '1', elderCognition: '1' }),
          checkup('2025-03-01', { ecg: '2', fundus: '1', elderEmotion: '2' }),
        ],
        [],
      ),
    ).toEqual({
      checkup: '2026-03-01',
      ecg: '2026-03-01',
      cognition: '2026-03-01',
      retina: '2025-03-01',
      mood: '2025-03-01',
    });
  });

  it('count a vaccine against influenza on the day it was given, not on the day of the sheet', () => {
    const rows = [
      { vaccineName: '四价流感病毒裂解疫苗', vaccDate: '2025-10-20', vaccOrg: '卫生院' },
      { vaccineName: '流行性感冒疫苗' },
      { vaccineName: '23价肺炎球菌多糖疫苗', vaccDate: '2026-01-05' },
      { vaccineName: '流感疫苗', vaccDate: '不详' },
      null,
    ];
    expect(examinationsDone([checkup('2026-03-01', { vaccinations: rows })], []).influenza).toBe(
      '2025-10-20',
    );
    expect(examinationsDone([checkup('2026-03-01', { vaccinations: '无' })], []).influenza).toBe(undefined);
    expect(['流感疫苗', '流行性感冒裂解疫苗'].every(isAgainstInfluenza)).toBe(true);
    expect(['b型流感嗜血杆菌疫苗', '乙肝疫苗', ''].some(isAgainstInfluenza)).toBe(false);
  });

  it('of the centre look at what the same sitting looks at, and the later day stands', () => {
    const on = plainDate('2026-05-06');
    const earlier = plainDate('2026-04-01');
    expect(
      examinationsDone(
        [checkup('2026-06-01', { elderCognition: '1' })],
        [
          { code: 'foot', on },
          { code: 'assessments', on },
          { code: 'artery', on },
          { code: 'influenza', on },
          { code: 'influenza', on: earlier },
        ],
      ),
    ).toEqual({
      checkup: '2026-06-01',
      foot: on,
      neuropathy: on,
      assessments: on,
      dental: on,
      mood: on,
      cognition: '2026-06-01',
      artery: on,
      influenza: on,
    });
  });

  it('are heeded for five years, and no day longer', () => {
    const done = { ecg: plainDate('2021-11-24'), retina: plainDate('2021-11-23') };
    expect(examinationsHeeded(done, plainDate('2026-11-24'))).toEqual({ ecg: '2021-11-24' });
    expect(examinationsHeeded(done, plainDate('2026-11-25'))).toEqual({});
  });
});
