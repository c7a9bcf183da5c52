import { describe, expect, it } from 'vitest';
import { describeAnswer } from '#kernel/form-describe.ts';
import { findField } from '#kernel/form-paper.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { copdFollowUp2024 } from './copd-follow-up/2024.ts';
import { hypertensionFollowUp2017 } from './hypertension-follow-up/2017.ts';
import { type2DiabetesFollowUp2017 } from './type-2-diabetes-follow-up/2017.ts';

const today = plainDate('2026-11-24');
const check = (edition: FormEdition, answers: FormAnswers, subject = {}) =>
  validateAnswers(edition, answers, { today, ...subject });
const codesOf = (result: ReturnType<typeof check>) =>
  [...result.errors, ...result.warnings].map((issue) => `${issue.path}:${issue.code}`);
const numberOf = (edition: FormEdition, id: string) => findField(edition, id)?.no;

const habits = {
  smokeNow: 10,
  smokeTarget: 5,
  alcoholNow: 1.5,
  alcoholTarget: 0.5,
  exTimesNow: 3,
  exMinNow: 30,
  exTimesTarget: 5,
  exMinTarget: 30,
  psychology: '1',
  compliance: '2',
};
const ending = { nextVisitDate: '2027-02-20', doctorSign: '李村医' };

const pressureSheet: FormAnswers = {
  ...habits,
  ...ending,
  visitDate: '2026-11-20',
  visitMethod: '2',
  symptoms: ['2', '10'],
  symptomOther: '夜间腿抽筋',
  sbp: 152,
  dbp: 88,
  height: 160,
  weight: 65.5,
  weightTarget: 62,
  heartRate: 78,
  saltNow: '3',
  saltTarget: '1',
  labs: '血钾 4.1 mmol/L',
  adherence: '2',
  adr: '2',
  adrText: '氨氯地平，踝部水肿',
  visitClass: '3',
  drugs: [
    { drugName: '苯磺酸氨氯地平片', timesPerDay: 1, dosePerTime: 5, doseUnit: 'mg' },
    { drugName: '厄贝沙坦片', timesPerDay: 1, dosePerTime: 0.15, doseUnit: 'g' },
  ],
};

describe('高血压患者随访服务记录表', () => {
  it('takes a paper sheet as it is and works out the index', () => {
    const { answers, errors, warnings } = check(hypertensionFollowUp2017, pressureSheet);
    expect(errors).toEqual([]);
    expect(warnings).toEqual([]);
    expect(answers).toEqual({ ...pressureSheet, bmi: 25.6, bmiTarget: 24.2 });
  });

  it('carries the printed numbers', () => {
    const printed = { visitDate: '1', sbp: '4', dbp: '4', bmiTarget: '6', saltTarget: '12', adr: '17' };
    for (const [id, no] of Object.entries({ ...printed, visitClass: '18', drugs: '19', doctorSign: '24' })) {
      expect(numberOf(hypertensionFollowUp2017, id), id).toBe(no);
    }
    for (const id of ['bpSource', 'emergencySigns', 'complication', 'nextMeasure', 'visitStatus']) {
      expect(numberOf(hypertensionFollowUp2017, id), id).toBeUndefined();
    }
  });

  it('says how each medicine is taken where there is no heading over its numbers', () => {
    const drugs = findField(hypertensionFollowUp2017, 'drugs');
    expect(drugs && describeAnswer(drugs, pressureSheet.drugs)).toBe(
      '苯磺酸氨氯地平片 每日 1 次 每次 5 mg；厄贝沙坦片 每日 1 次 每次 0.15 g',
    );
  });

  it.each([
    [{ symptoms: ['1', '2'] }, 'symptoms:exclusive'],
    [{ symptomOther: '' }, 'symptomOther:needs-text'],
    [{ adrText: undefined }, 'adrText:needs-text'],
    [{ dbp: 152 }, 'dbp:dbp-not-below-sbp'],
    [{ sbp: 152, dbp: 133 }, 'dbp:pulse-pressure'],
    [{ smokeTarget: 11 }, 'smokeTarget:smoke-target'],
    [{ exMinNow: 0 }, 'exMinNow:exercise-now'],
    [{ saltTarget: '3' }, 'saltTarget:unusual-code'],
    [{ visitDate: '2026-11-25' }, 'visitDate:future'],
    [{ nextVisitDate: '2026-11-19' }, 'nextVisitDate:next-before-visit'],
    [{ adherence: undefined }, 'adherence:missing'],
    [{ referralReason: '连续两次未达标' }, 'referralOrgDept:missing'],
    [{ drugs: [{ drugName: '硝苯地平' }] }, 'drugs.0.timesPerDay:missing'],
    [
      { drugs: [{ drugName: '甲', timesPerDay: 7, dosePerTime: 1, doseUnit: '片' }] },
      'drugs.0.timesPerDay:impossible',
    ],
  ])('answers %j with %s', (change, expected) => {
    expect(codesOf(check(hypertensionFollowUp2017, { ...pressureSheet, ...change }))).toContain(expected);
  });

  it('asks nothing but day and name of a visit that did not take place', () => {
    const lost = { visitDate: '2026-11-20', visitStatus: '2', lostReason: '1' };
    expect(codesOf(check(hypertensionFollowUp2017, { ...lost, doctorSign: '李村医' }))).toEqual([]);
    expect(codesOf(check(hypertensionFollowUp2017, lost))).toEqual(['doctorSign:missing']);
    expect(codesOf(check(hypertensionFollowUp2017, { ...lost, visitStatus: '1' }))).toContain('sbp:missing');
  });

  it('asks no adherence of someone without a prescription', () => {
    const { adherence: _adherence, ...rest } = pressureSheet;
    expect(check(hypertensionFollowUp2017, { ...rest, noDrugTherapy: true }).errors).toEqual([]);
  });
});

describe('2型糖尿病患者随访服务记录表', () => {
  const sheet: FormAnswers = {
    ...habits,
    ...ending,
    visitDate: '2026-11-20',
    visitMethod: '1',
    symptoms: ['1'],
    sbp: 128,
    dbp: 76,
    height: 170,
    weight: 70,
    dorsalisPedis: '2',
    dorsalisPedisSide: '2',
    stapleNow: 350,
    stapleTarget: 300,
    fpg: 7.8,
    hba1c: 7.4,
    hba1cDate: '2026-09-10',
    adherence: '1',
    adr: '1',
    hypoglycemia: '2',
    visitClass: '2',
    insulin: [{ kind: '甘精胰岛素', usage: '每晚10单位' }],
  };

  it('takes a paper sheet as it is', () => {
    const result = check(type2DiabetesFollowUp2017, sheet);
    expect(codesOf(result)).toEqual([]);
    expect(result.answers).toEqual({ ...sheet, bmi: 24.2 });
  });

  it('asks the foot pulse face to face only, and its side when weak', () => {
    const { dorsalisPedis: _pulse, dorsalisPedisSide: side, ...rest } = sheet;
    expect(codesOf(check(type2DiabetesFollowUp2017, rest))).toEqual(['dorsalisPedis:missing']);
    expect(codesOf(check(type2DiabetesFollowUp2017, { ...rest, visitMethod: '3' }))).toEqual([]);
    const normal = check(type2DiabetesFollowUp2017, { ...rest, dorsalisPedis: '1', dorsalisPedisSide: side });
    expect(normal.leftOut).toEqual(['dorsalisPedisSide']);
    const weak = check(type2DiabetesFollowUp2017, { ...rest, dorsalisPedis: '3' });
    expect(codesOf(weak)).toEqual(['dorsalisPedisSide:missing']);
  });

  it('wants the day of an HbA1c, not after the visit', () => {
    const { hba1cDate: _day, ...rest } = sheet;
    expect(codesOf(check(type2DiabetesFollowUp2017, rest))).toEqual(['hba1cDate:missing']);
    const late = check(type2DiabetesFollowUp2017, { ...sheet, hba1cDate: '2026-11-21' });
    expect(codesOf(late)).toEqual(['visitDate:hba1c-after-visit']);
  });
});

describe('慢性阻塞性肺疾病患者随访服务记录表', () => {
  const sheet: FormAnswers = {
    ...ending,
    visitDate: '2026-11-20',
    visitMethod: '2',
    symptoms: ['2', '6', '7'],
    cyanosis: '1',
    edema: '2',
    edemaText: '双下肢轻度',
    respRate: 22,
    heartRate: 96,
    comorbidities: ['3', '9'],
    smokeNow: 0,
    smokeTarget: 0,
    exTimesNow: 0,
    exMinNow: 0,
    exTimesTarget: 3,
    exMinTarget: 20,
    psychology: '2',
    compliance: '1',
    vaccinated: '2',
    vaccines: ['1', '2'],
    spo2: 94,
    fev1: 1.25,
    fvc: 2.2,
    fev1PctPred: 52,
    adherence: '1',
    adr: '1',
    homeOxygen: '2',
    oxygenHours: 15,
    oxygenFlow: 1.5,
    oxygenAdverse: '1',
    visitClass: '2',
    cat1: 2,
    cat2: 3,
    cat3: 1,
    cat4: 4,
    cat5: 2,
    cat6: 1,
    cat7: 2,
    cat8: 2,
  };

  it('takes a sheet and works out ratio and CAT', () => {
    const result = check(copdFollowUp2024, sheet);
    expect(codesOf(result)).toEqual([]);
    expect(result.answers).toEqual({ ...sheet, fev1FvcRatio: 56.8, cat: 17 });
  });

  it('refuses FEV1 above FVC and marks what could not be read', () => {
    expect(codesOf(check(copdFollowUp2024, { ...sheet, fev1: 2.3 }))).toEqual(['fev1:fev1-above-fvc']);
    for (const id of ['symptoms', 'comorbidities', 'vaccines', 'oxygenFlow', 'nivHours']) {
      expect(findField(copdFollowUp2024, id)?.certainty, id).toBe('uncertain');
    }
  });
});
