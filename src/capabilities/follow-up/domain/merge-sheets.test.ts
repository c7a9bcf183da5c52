import { describe, expect, it } from 'vitest';
import type { Program } from '#capabilities/residents/domain/program.ts';
import { programs } from '#capabilities/residents/domain/program.ts';
import { type FormAnswers, fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { followUpPrograms } from './follow-up-programs.ts';
import { joinPrefills } from './join-prefills.ts';
import { mergeSheets } from './merge-sheets.ts';

const today = plainDate('2026-11-24');
const partsOf = (programs: readonly Program[]) =>
  programs.map((program) => ({ program, edition: followUpPrograms[program].edition }));
const three = mergeSheets(partsOf(programs));

const labelled = (id: string, label: string) => {
  const field = fieldsOf(three.edition).find((one) => one.id === id);
  const options = field && 'options' in field ? field.options : [];
  const code = options.find((option) => option.label === label)?.code;
  if (code === undefined) throw new Error(`${id} has no ${label}`);
  return code;
};

const visit: FormAnswers = {
  visitDate: '2026-11-24',
  visitMethod: '1',
  symptoms: ['1'],
  sbp: 128,
  dbp: 76,
  height: 165,
  weight: 62,
  weightTarget: 60,
  heartRate: 72,
  dorsalisPedis: '1',
  cyanosis: '1',
  edema: '1',
  respRate: 18,
  comorbidities: ['4', '5'],
  vaccinated: '1',
  spo2: 96,
  smokeNow: 0,
  smokeTarget: 0,
  alcoholNow: 0,
  alcoholTarget: 0,
  exTimesNow: 5,
  exMinNow: 30,
  exTimesTarget: 5,
  exMinTarget: 30,
  saltNow: '2',
  saltTarget: '1',
  stapleNow: 300,
  stapleTarget: 250,
  psychology: '1',
  compliance: '1',
  adherence: '1',
  adr: '1',
  hypoglycemia: '1',
  fpg: 6.4,
  drugs: [
    {
      drugName: '苯磺酸氨氯地平片',
      timesPerDay: 1,
      dosePerTime: 5,
      doseUnit: 'mg',
      forPrograms: ['hypertension'],
    },
    {
      drugName: '盐酸二甲双胍片',
      timesPerDay: 2,
      dosePerTime: 500,
      doseUnit: 'mg',
      forPrograms: ['type-2-diabetes'],
    },
    { drugName: '噻托溴铵粉吸入剂', timesPerDay: 1, dosePerTime: 18, doseUnit: 'μg', forPrograms: ['copd'] },
  ],
  'hypertension:visitClass': '1',
  'type-2-diabetes:visitClass': '1',
  'copd:visitClass': '1',
  'hypertension:complication': '1',
  'type-2-diabetes:complication': '1',
  nextVisitDate: '2027-02-22',
  doctorSign: '王守义',
};

const errorsOn = (answers: FormAnswers, program: Program) =>
  validateAnswers(followUpPrograms[program].edition, three.split(answers, program), {
    today,
    ageYears: 66,
    sex: '1',
  }).errors;

describe('合并随访表', () => {
  it('asks nothing twice: every field of every sheet is there, shared ones once', () => {
    const ids = fieldsOf(three.edition).map((field) => field.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const shared of [
      'sbp',
      'weight',
      'bmi',
      'smokeNow',
      'psychology',
      'adherence',
      'drugs',
      'nextVisitDate',
    ])
      expect(ids.filter((id) => id === shared || id.endsWith(`:${shared}`))).toEqual([shared]);
    for (const { program, edition } of three.parts)
      for (const field of fieldsOf(edition))
        expect(ids, `${program} ${field.id}`).toContain(three.pathOf(program, field.id));
  });

  it('gives three whole official sheets back from one visit', () => {
    for (const program of programs) expect(errorsOn(visit, program), program).toEqual([]);
    expect(three.split(visit, 'type-2-diabetes')).toMatchObject({
      fpg: 6.4,
      stapleNow: 300,
      sbp: 128,
      visitClass: '1',
    });
    expect(three.split(visit, 'hypertension')).not.toHaveProperty('fpg');
    expect(three.split(visit, 'copd')).toMatchObject({ spo2: 96, respRate: 18 });
  });

  it('puts each medicine on the sheets it is for, and one without a mark on all', () => {
    const names = (program: Program, answers = visit) =>
      (three.split(answers, program).drugs as { drugName: string }[]).map((row) => row.drugName);
    expect(names('hypertension')).toEqual(['苯磺酸氨氯地平片']);
    expect(names('copd')).toEqual(['噻托溴铵粉吸入剂']);
    const aspirin = { drugName: '阿司匹林肠溶片', timesPerDay: 1, dosePerTime: 100, doseUnit: 'mg' };
    expect(names('type-2-diabetes', { ...visit, drugs: [aspirin] })).toEqual(['阿司匹林肠溶片']);
    const [only] = visit.drugs as FormAnswers[];
    const sheet = three.split({ ...visit, drugs: [only] }, 'copd');
    expect(sheet).toMatchObject({ noDrugTherapy: true });
    expect(sheet).not.toHaveProperty('adherence');
    expect(sheet.drugs).toEqual([]);
  });

  it('says a symptom in the code of each sheet that has it, and in words on the others', () => {
    const answers = { ...visit, symptoms: [labelled('symptoms', '多饮'), labelled('symptoms', '呼吸困难')] };
    expect(three.split(answers, 'type-2-diabetes')).toMatchObject({
      symptoms: ['2', '10'],
      symptomOther: '呼吸困难',
    });
    expect(three.split(answers, 'hypertension')).toMatchObject({
      symptoms: ['5', '10'],
      symptomOther: '多饮',
    });
    expect(three.split(answers, 'copd')).toMatchObject({ symptoms: ['2', '99'], symptomOther: '多饮' });
    for (const program of programs) expect(errorsOn(answers, program)).toEqual([]);
    expect(three.split(visit, 'copd').symptoms).toEqual(['1']);
  });

  it('counts a reaction only for the disease whose medicine caused it', () => {
    const answers = { ...visit, adr: '2', adrText: '干咳', adrPrograms: ['hypertension'] };
    expect(three.split(answers, 'hypertension')).toMatchObject({ adr: '2', adrText: '干咳' });
    expect(three.split(answers, 'copd')).toMatchObject({ adr: '1' });
    expect(three.split(answers, 'copd')).not.toHaveProperty('adrText');
  });

  it('takes a disease’s own next date when it is not joined', () => {
    const answers = { ...visit, nextVisitDate: '2026-12-08', 'type-2-diabetes:nextVisitDate': '2027-02-22' };
    expect(three.split(answers, 'hypertension').nextVisitDate).toBe('2026-12-08');
    expect(three.split(answers, 'type-2-diabetes').nextVisitDate).toBe('2027-02-22');
  });

  it('asks a number apart that is not in the same unit on every sheet', () => {
    const { edition } = followUpPrograms['type-2-diabetes'];
    const inJin = {
      ...edition,
      groups: edition.groups.map((group) => ({
        ...group,
        fields: group.fields.map((one) => (one.id === 'weight' ? { ...one, unit: '斤' } : one)),
      })),
    };
    const two = mergeSheets([...partsOf(['hypertension']), { program: 'type-2-diabetes', edition: inJin }]);
    const answers = { 'hypertension:weight': 62, 'type-2-diabetes:weight': 124 };
    expect(two.split(answers, 'hypertension')).toMatchObject({ weight: 62 });
    expect(two.split(answers, 'type-2-diabetes')).toMatchObject({ weight: 124 });
    expect(two.edition.groups.flatMap((group) => group.fields.map(({ id }) => id))).not.toContain('weight');
  });

  it('leaves a single sheet as it is printed', () => {
    const one = mergeSheets(partsOf(['hypertension']));
    expect(one.edition).toBe(followUpPrograms.hypertension.edition);
    expect(one.split({ sbp: 128 }, 'hypertension')).toEqual({ sbp: 128 });
  });
});

describe('带入上次内容', () => {
  it('takes what is shared from the latest sheet and marks each medicine with what it is for', () => {
    const two = mergeSheets(partsOf(['hypertension', 'type-2-diabetes']));
    const row = { drugName: '阿司匹林肠溶片', timesPerDay: 1, dosePerTime: 100, doseUnit: 'mg' };
    const joined = joinPrefills(two, [
      {
        program: 'hypertension',
        prefill: { weight: 64, smokeNow: 10, saltNow: '2', drugs: [row] },
        writtenOn: '2026-08-20',
      },
      {
        program: 'type-2-diabetes',
        prefill: {
          weight: 62,
          smokeNow: 5,
          stapleNow: 300,
          drugs: [row, { ...row, drugName: '盐酸二甲双胍片' }],
        },
        writtenOn: '2026-10-20',
      },
    ]);
    expect(joined).toMatchObject({ weight: 62, smokeNow: 5, saltNow: '2', stapleNow: 300 });
    expect(joined.drugs).toEqual([
      row,
      { ...row, drugName: '盐酸二甲双胍片', forPrograms: ['type-2-diabetes'] },
    ]);
  });
});
