import { describe, expect, it } from 'vitest';
import { measureCompleteness } from '#kernel/form-completeness.ts';
import { describeAnswer } from '#kernel/form-describe.ts';
import { findField } from '#kernel/form-paper.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { annualCheckup2017 } from './annual-checkup/2017.ts';
import { deathCertificate2014 } from './death-certificate/2014.ts';
import { elderSelfCare2017 } from './elder-self-care/2017.ts';
import { personalInformation2017 } from './personal-information/2017.ts';
import { tcmConstitution2017 } from './tcm-constitution/2017.ts';
import { type2DiabetesFollowUp2017 } from './type-2-diabetes-follow-up/2017.ts';

const today = plainDate('2026-11-24');
const check = (edition: FormEdition, answers: FormAnswers, subject = {}) =>
  validateAnswers(edition, answers, { today, ...subject });
const codesOf = (result: ReturnType<typeof check>) =>
  [...result.errors, ...result.warnings].map((issue) => `${issue.path}:${issue.code}`);
const codesIn = (edition: FormEdition, id: string) => {
  const field = findField(edition, id);
  return field?.kind === 'code' || field?.kind === 'codes' ? field.options.map((option) => option.code) : [];
};

describe('个人基本信息表', () => {
  const sheet: FormAnswers = {
    name: '王秀英',
    gender: '2',
    birthDate: '1960-01-01',
    idNo: '999999196001010020',
    phone: '13900000001',
    contactName: '王建国',
    contactPhone: '0552-6012345',
    residenceType: '1',
    nation: '99',
    nationName: '回族',
    bloodAbo: '5',
    bloodRh: '3',
    education: '9',
    occupation: '0',
    marital: '2',
    payMethods: ['3'],
    drugAllergies: ['2', '5'],
    drugAllergyOther: '头孢拉定',
    exposures: ['1'],
    pastDiseases: [
      { code: '2', diagnosedYm: '2015' },
      { code: '6', diagnosedYm: '2019-03', text: '乳腺' },
    ],
    surgeries: '2',
    surgeriesRows: [{ name: '乳腺切除术', time: '2019-04' }],
    traumas: '1',
    transfusions: '1',
    familyFather: ['2', '12'],
    familyFatherOther: '痛风',
    familyMother: ['1'],
    familySiblings: ['1'],
    familyChildren: ['1'],
    geneticDisease: '1',
    disabilities: ['1'],
  };

  it('takes a paper sheet; partial dates stay partial and code 0 is a real answer', () => {
    const result = check(personalInformation2017, sheet);
    expect(codesOf(result)).toEqual([]);
    expect(result.answers).toEqual(sheet);
    const occupation = findField(personalInformation2017, 'occupation');
    expect(occupation && describeAnswer(occupation, '0')).toMatch(/^国家机关/);
  });

  it.each([
    [{ pastDiseases: [{ code: '6' }] }, 'pastDiseases.0.text:missing'],
    [{ pastDiseases: [{ code: '12' }] }, 'pastDiseases.0.text:missing'],
    [{ pastDiseases: [{ code: '1' }, { code: '2' }] }, 'pastDiseases:none-beside-others'],
    [{ pastDiseases: [{ code: '2', diagnosedYm: '2027' }] }, 'pastDiseases.0.diagnosedYm:future'],
    [{ pastDiseases: [{ code: '2', diagnosedYm: '2015-13' }] }, 'pastDiseases.0.diagnosedYm:not-a-date'],
    [{ drugAllergies: ['1', '2'] }, 'drugAllergies:exclusive'],
    [{ surgeriesRows: undefined }, 'surgeriesRows:missing'],
    [{ phone: '12345' }, 'phone:not-a-phone'],
    [{ birthDate: '1959-02-29' }, 'birthDate:not-a-date'],
    [{ birthDate: '1899-12-31' }, 'birthDate:impossible'],
    [{ nationName: undefined }, 'nationName:needs-text'],
  ])('answers %j with %s', (change, expected) => {
    expect(codesOf(check(personalInformation2017, { ...sheet, ...change }))).toContain(expected);
  });

  it('wants the living environment of rural residents only', () => {
    const rural = check(personalInformation2017, sheet, { groups: ['rural'] });
    expect(codesOf(rural)).toEqual(
      ['kitchenVent', 'fuelType', 'drinkingWater', 'toilet', 'livestockPen'].map((id) => `${id}:missing`),
    );
    expect(codesIn(personalInformation2017, 'livestockPen')).toEqual(['1', '2', '3', '4']);
    expect(codesIn(personalInformation2017, 'bloodRh')).toEqual(['1', '2', '3']);
  });
});

describe('健康体检表', () => {
  const required = (subject: object) => new Set(measureCompleteness(annualCheckup2017, {}, subject).missing);

  it('must hold what the groups of the person ask for', () => {
    const pressure = required({ ageYears: 50, sex: '1', groups: ['hypertension'] });
    for (const id of [
      'temperature',
      'pulse',
      'respRate',
      'height',
      'weight',
      'waist',
      'skin',
      'lymph',
      'lips',
    ]) {
      expect(pressure, id).toContain(id);
    }
    for (const id of ['fpg', 'dorsalisPedis', 'ecg', 'elderSelfCare', 'spo2'])
      expect(pressure).not.toContain(id);
    const diabetes = required({ ageYears: 50, groups: ['type-2-diabetes'] });
    expect(diabetes).toContain('fpg');
    expect(diabetes).toContain('dorsalisPedis');
    const older = required({ ageYears: 65, groups: [] });
    for (const id of [
      'elderSelfCare',
      'elderCognition',
      'elderEmotion',
      'hb',
      'uProtein',
      'alt',
      'ast',
      'tbil',
    ]) {
      expect(older, id).toContain(id);
    }
    for (const id of ['creatinine', 'urea', 'fpg', 'tc', 'tg', 'ldl', 'hdl', 'ecg', 'abdUltrasound']) {
      expect(older, id).toContain(id);
    }
    expect(required({ ageYears: 64, groups: [] })).not.toContain('ecg');
    expect(required({ groups: ['copd'] })).toContain('spo2');
  });

  it('has another foot-pulse list than the diabetes sheet', () => {
    expect(codesIn(annualCheckup2017, 'dorsalisPedis')).toEqual(['1', '2', '3', '4']);
    expect(codesIn(type2DiabetesFollowUp2017, 'dorsalisPedis')).toEqual(['1', '2', '3']);
  });

  it.each([
    [{ dietHabits: ['1', '2'] }, 'dietHabits:one-of'],
    [{ dietHabits: ['1', '4'] }, undefined],
    [{ bpLeftSbp: 120, bpLeftDbp: 70, bpRightSbp: 140, bpRightDbp: 80 }, 'bpRightSbp:arms-differ'],
    [{ bpLeftSbp: 120, bpLeftDbp: 70, bpRightSbp: 139, bpRightDbp: 80 }, undefined],
    [
      { smokeStatus: '2', cigarettesPerDay: 20, smokeStartAge: 40, smokeQuitAge: 30 },
      'smokeStartAge:quit-before-start',
    ],
    [
      { exerciseFreq: '1', exerciseYears: 71, exerciseMinutes: 30, exerciseWay: '步行' },
      'exerciseYears:above-age',
    ],
    [{ tbil: 10, dbil: 11 }, 'dbil:direct-above-total'],
    [{ elderCognition: '2' }, 'mmseScore:missing'],
    [{ elderCognition: '2', mmseScore: 31 }, 'mmseScore:impossible'],
    [{ riskControl: ['5'] }, 'targetWeight:missing'],
    [{ riskControl: ['6'] }, 'adviseVaccine:needs-text'],
    [
      {
        hospitalizations: [
          { inDate: '2026-03-02', outDate: '2026-03-01', reason: '肺炎', orgName: '县医院' },
        ],
      },
      'hospitalizations.0.outDate:ends-before-start',
    ],
  ])('answers %j with %s', (part, expected) => {
    const codes = codesOf(check(annualCheckup2017, part, { ageYears: 70 }));
    const spoken = codes.filter(
      (code) => Object.keys(part).some((id) => code.startsWith(id)) || code === expected,
    );
    expect(spoken).toEqual(expected === undefined ? [] : [expected]);
  });

  it('asks one arm, whichever it is', () => {
    const right = codesOf(check(annualCheckup2017, { bpRightSbp: 130, bpRightDbp: 80 }));
    expect(right.filter((code) => code.startsWith('bp'))).toEqual([]);
    const none = codesOf(check(annualCheckup2017, {})).filter((code) => code.startsWith('bp'));
    expect(none).toHaveLength(4);
  });

  it('leaves out how much a never-smoker smokes, and women’s items of a man', () => {
    const answers = { smokeStatus: '1', cigarettesPerDay: 20, gynCervix: '1' };
    expect(check(annualCheckup2017, answers, { sex: '1' }).leftOut).toEqual([
      'cigarettesPerDay',
      'gynCervix',
    ]);
    expect(check(annualCheckup2017, answers).leftOut).toEqual(['cigarettesPerDay']);
  });

  it('asks about a jump since last year', () => {
    const jump = (height: number, weight: number) =>
      codesOf(check(annualCheckup2017, { height, weight }, { previous: { height: 160, weight: 60 } })).filter(
        (code) => code.endsWith(':changed-much'),
      );
    expect(jump(163, 66)).toEqual([]);
    expect(jump(163.1, 66.1)).toEqual(['height:changed-much', 'weight:changed-much']);
    expect(jump(157, 54)).toEqual([]);
  });
});

describe('老年人生活自理能力评估表', () => {
  const scores = {
    meal: ['0', '3', '5'],
    grooming: ['0', '1', '3', '7'],
    dressing: ['0', '3', '5'],
    toilet: ['0', '1', '5', '10'],
    mobility: ['0', '1', '5', '10'],
  };

  it('has its points as codes and 37 at most', () => {
    for (const [id, codes] of Object.entries(scores)) expect(codesIn(elderSelfCare2017, id)).toEqual(codes);
    const worst = Object.fromEntries(Object.entries(scores).map(([id, codes]) => [id, codes.at(-1)]));
    expect(check(elderSelfCare2017, worst).answers.total).toBe(37);
  });

  it.each([
    [{ grooming: '3' }, 3, '1'],
    [{ grooming: '3', toilet: '1' }, 4, '2'],
    [{ meal: '3', mobility: '5' }, 8, '2'],
    [{ meal: '3', mobility: '5', toilet: '1' }, 9, '3'],
    [{ meal: '3', mobility: '10', toilet: '5' }, 18, '3'],
    [{ meal: '3', mobility: '10', toilet: '5', grooming: '1' }, 19, '4'],
  ])('%j adds up to %s, level %s', (part, total, level) => {
    const best = { meal: '0', grooming: '0', dressing: '0', toilet: '0', mobility: '0' };
    const asked = (chosen: string) => {
      const result = check(elderSelfCare2017, { ...best, ...part, level: chosen });
      expect(result.answers.total).toBe(total);
      return result.warnings.map((issue) => issue.code);
    };
    expect(asked(level)).toEqual([]);
    expect(asked(level === '1' ? '2' : '1')).toEqual(['level-differs-from-total']);
  });
});

describe('老年人中医药健康管理服务记录表', () => {
  it('adds up nine scores from 33 answers, the balanced one backwards', () => {
    const answers = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`q${i + 1}`, '1']));
    const calm = check(tcmConstitution2017, answers).answers;
    expect(calm.qiDeficiencyScore).toBe(4);
    expect(calm.balancedScore).toBe(1 + 5 * 4);
    const tired = check(tcmConstitution2017, { ...answers, q2: '5', q1: '5' }).answers;
    expect(tired.qiDeficiencyScore).toBe(8);
    expect(tired.balancedScore).toBe(5 + 1 + 5 * 3);
  });

  it('uses every question, and gives no score while one is open', () => {
    const used = fieldsOf(tcmConstitution2017).flatMap((field) =>
      field.kind === 'computed' ? field.from : [],
    );
    expect(new Set(used).size).toBe(33);
    expect(
      check(tcmConstitution2017, { q2: '1', q3: '1', q4: '1' }).answers.qiDeficiencyScore,
    ).toBeUndefined();
  });
});

describe('居民死亡医学证明（推断）书', () => {
  it.each([
    [{ gender: '2', age: 30, ageUnit: '1' }, 'pregnancy:missing', true],
    [{ gender: '2', age: 50, ageUnit: '1' }, 'pregnancy:missing', false],
    [{ gender: '2', age: 30, ageUnit: '3' }, 'pregnancy:missing', false],
    [{ gender: '1', age: 30, ageUnit: '1' }, 'pregnancy:missing', false],
    [{ deathPlace: '3' }, 'inquestName:missing', true],
    [{ topDxBasis: '6' }, 'inquestName:missing', true],
    [{ deathPlace: '1', topDxBasis: '2' }, 'inquestName:missing', false],
    [{ causeA: '脑疝', causeC: '高血压' }, 'causeB:cause-skipped', true],
    [{ causeA: '脑疝', causeB: '脑出血', causeC: '高血压' }, 'causeB:cause-skipped', false],
    [{ birthDate: '1950-01-01', deathDate: '1949-12-31' }, 'deathDate:dead-before-birth', true],
    [{ underlyingIcd: 'I61.9' }, 'underlyingIcd:not-a-icd-10', false],
    [{ underlyingIcd: '脑出血' }, 'underlyingIcd:not-a-icd-10', true],
  ])('%j speaks of %s: %s', (part, code, spoken) => {
    expect(codesOf(check(deathCertificate2014, part)).includes(code)).toBe(spoken);
  });
});
