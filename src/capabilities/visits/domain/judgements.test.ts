import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '#clinical/assess/assess.ts';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { planContentSchema } from '../plan-contract.ts';
import { printDose } from './care-plan.ts';
import { draftCarePlan, warnOfPlan } from './draft-care-plan.ts';
import { drawFlow, flowPage } from './draw-flow.ts';
import { dueTests } from './due-tests.ts';
import { concludeFirstPressure } from './first-visit-pressure.ts';
import { flowBoxes } from './flow-boxes.ts';
import { flowLines } from './flow-lines.ts';
import { sourceOfRecord, titleOfRecord } from './information-sources.ts';
import { type DatedReading, type DiagnosisAnswers, judgeDiagnosis } from './judge-diagnosis.ts';
import { judgeStability } from './judge-stability.ts';
import { maskName } from './mask-name.ts';
import { noteOfVisit } from './note-of-visit.ts';
import { priorityOf } from './queue-order.ts';
import { readDeskText } from './read-desk-text.ts';

const day = plainDate('2026-11-24');
const person = (more: Partial<PatientRecord> = {}): PatientRecord => ({
  birthDate: plainDate('1974-03-01'),
  sex: 'male',
  conditions: ['hypertension'],
  programs: [{ program: 'hypertension' }],
  measurements: [],
  visits: [],
  medicines: [],
  ...more,
});
const office = (daysAgo: number, sbp: number, dbp: number): DatedReading[] => [
  { kind: 'sbp', value: sbp, on: addDays(day, -daysAgo), context: 'office' },
  { kind: 'dbp', value: dbp, on: addDays(day, -daysAgo), context: 'office' },
];

describe('the first pressure of the year', () => {
  it.each([
    [129, 84, false, '1', '1'],
    [130, 84, false, '2', '1'],
    [129, 85, false, '2', '1'],
    [139, 89, false, '2', '1'],
    [140, 89, false, '3', '2'],
    [139, 90, false, '3', '2'],
    [180, 90, false, '3', '3'],
    [150, 95, true, '5', '4'],
  ] as const)(
    'of %i/%i (known %s) is concluded %s with action %s',
    (sbp, dbp, knownHypertension, conclusion, action) => {
      expect(concludeFirstPressure({ sbp, dbp, knownHypertension }, day)).toMatchObject({
        conclusion,
        action,
      });
    },
  );
  it.each([
    [180, 90, false, true],
    [150, 110, true, true],
    [179, 109, false, false],
    [179, 109, true, false],
  ] as const)('says of %i/%i (known %s) that it is urgent: %s', (sbp, dbp, knownHypertension, isCrisis) => {
    const { text } = concludeFirstPressure({ sbp, dbp, knownHypertension }, day);
    expect(text.includes('危急')).toBe(isCrisis);
  });
});

describe('the evidence of a diagnosis', () => {
  const pressure = (readings: readonly DatedReading[]) =>
    judgeDiagnosis('hypertension', readings, {}, day).state;
  it('confirms hypertension on three days within four weeks, not on two, not on three too far apart', () => {
    const two = [...office(9, 158, 96), ...office(0, 152, 98)];
    expect(pressure(two)).toBe('suspected');
    expect(pressure([...office(28, 168, 102), ...two])).toBe('confirmed');
    expect(pressure([...office(29, 168, 102), ...two])).toBe('suspected');
    expect(pressure([...office(0, 168, 102), ...office(0, 158, 96), ...office(0, 152, 98)])).toBe(
      'suspected',
    );
  });
  it('never takes a self-test or tomorrow for evidence', () => {
    const self = [14, 9, 0].flatMap((ago) =>
      office(ago, 168, 102).map((one) => ({ ...one, context: 'self-test' })),
    );
    expect(pressure(self)).not.toBe('confirmed');
    expect(pressure([...office(9, 158, 96), ...office(0, 152, 98), ...office(-3, 160, 99)])).toBe(
      'suspected',
    );
  });
  it('confirms COPD on the ratio after the bronchodilator with the doctor’s two answers', () => {
    const spirometry = (ratio: number, context = 'post-bronchodilator', ago = 0): DatedReading[] => [
      { kind: 'fev1-fvc', value: ratio, on: addDays(day, -ago), context },
      { kind: 'fev1-percent-predicted', value: 62, on: addDays(day, -ago), context },
    ];
    const answers = { symptomsOrExposure: true, otherLungDiseaseExcluded: true };
    const state = (readings: DatedReading[], given: DiagnosisAnswers = answers) =>
      judgeDiagnosis('copd', readings, given, day).state;
    expect(state(spirometry(0.59))).toBe('confirmed');
    expect(state(spirometry(0.6))).toBe('suspected');
    expect(state([...spirometry(0.69), ...spirometry(0.69, 'post-bronchodilator', 20)])).toBe('confirmed');
    expect(state([...spirometry(0.69), ...spirometry(0.69, 'pre-bronchodilator', 20)])).toBe('suspected');
    expect(state(spirometry(0.7))).toBe('not-met');
    expect(state(spirometry(0.59), {})).toBe('undecided');
    expect(state(spirometry(0.59, 'pre-bronchodilator'))).toBe('undecided');
    expect(state(spirometry(0.59), { ...answers, otherLungDiseaseExcluded: false })).toBe('suspected');
  });
});

describe('whether the plan works', () => {
  const plan = { madeOn: addDays(day, -30) };
  const stateAfter = (sbp: number, dbp: number, ago = 0, context = 'office') =>
    judgeStability(
      person({ measurements: office(ago, sbp, dbp).map((one) => ({ ...one, context })) }),
      plan,
      day,
    ).state;
  it('is judged by what was measured after it was made, on both sides of the limit', () => {
    expect(stateAfter(139, 89)).toBe('stable');
    expect(stateAfter(140, 89)).toBe('not-stable');
    expect(stateAfter(120, 78, 30)).toBe('undecided');
    expect(stateAfter(120, 78, 0, 'self-test')).toBe('undecided');
    expect(judgeStability(person({ programs: [] }), plan, day).state).toBe('undecided');
  });
  it('is not stable when one of two diseases is out of control, whatever the other', () => {
    const both = person({
      programs: [{ program: 'hypertension' }, { program: 'type-2-diabetes' }],
      measurements: [
        ...office(0, 128, 78),
        { kind: 'fasting-glucose', value: 10.4, on: day, context: 'venous' },
      ],
    });
    expect(judgeStability(both, plan, day)).toMatchObject({ state: 'not-stable' });
  });
});

describe('a plan', () => {
  const records = fc.record({
    conditions: fc.subarray(['hypertension', 'type-2-diabetes', 'copd', 'obesity', 'dyslipidaemia'] as const),
    sbp: fc.integer({ min: 90, max: 220 }),
    weight: fc.integer({ min: 40, max: 140 }),
    smoker: fc.boolean(),
    medicines: fc.subarray(['苯磺酸氨氯地平片', '盐酸二甲双胍片', '卡托普利片', '不认识的药']),
  });
  it('drafted from whatever record is one the server takes, with the day still to come', () => {
    fc.assert(
      fc.property(records, ({ conditions, sbp, weight, smoker, medicines }) => {
        const draft = draftCarePlan(
          person({
            conditions,
            programs: conditions.flatMap((one) =>
              one === 'hypertension' || one === 'type-2-diabetes' || one === 'copd' ? [{ program: one }] : [],
            ),
            measurements: [
              ...office(0, sbp, Math.round(sbp * 0.6)),
              { kind: 'height', value: 168, on: day },
              { kind: 'weight', value: weight, on: day },
            ],
            smoker,
            medicines: medicines.map((name) => ({ name })),
          }),
          day,
          undefined,
        );
        expect(planContentSchema.safeParse(draft).error).toBeUndefined();
        expect(draft.nextOn > day).toBe(true);
        expect(draft.medicines.map((one) => one.name)).toEqual(medicines);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
  it('is warned of before it is kept, and says what it does not know', () => {
    const warned = warnOfPlan(
      person(),
      [{ name: '卡托普利片' }, { name: '沙库巴曲缬沙坦钠片' }, { name: '某某散' }],
      day,
    );
    expect(warned.warnings.map((one) => one.severity)).toContain('X');
    expect(warned.unknown).toEqual(['某某散']);
  });
  it('prints doses as they are said', () => {
    expect(printDose({ name: '甲', dosePerTime: 5, timesPerDay: 1 })).toBe('每次 5 mg，每日 1 次');
    expect(printDose({ name: '甲', note: '睡前' })).toBe('睡前');
    expect(printDose({ name: '甲' })).toBe('');
  });
});

describe('small words of the centre', () => {
  it('masks every name but never hides the family name, and never shows a whole one', () => {
    expect(maskName('王一')).toBe('王*');
    expect(maskName('王小明')).toBe('王*明');
    expect(maskName('欧阳小明')).toBe('欧**明');
    fc.assert(
      fc.property(fc.stringMatching(/^[一-龥]{2,6}$/), (name) => {
        expect(maskName(name)).not.toBe(name);
        expect([...maskName(name)]).toHaveLength([...name].length);
      }),
    );
  });
  it('puts danger before a contract before the rest', () => {
    expect(priorityOf({ isCrisis: true, isContracted: true })).toBe(0);
    expect(priorityOf({ isCrisis: false, isContracted: true })).toBe(1);
    expect(priorityOf({ isCrisis: false, isContracted: false })).toBe(2);
  });
  it('knows a resident’s card from a number', () => {
    const residentId = '01a207df-4165-7260-a16b-5e46572ce387';
    expect(readDeskText(`QC1P:${residentId.toUpperCase()}`)).toEqual({ kind: 'card', residentId });
    expect(readDeskText(' 99999910020100418 ')).toEqual({ kind: 'search', text: '99999910020100418' });
  });
  it('says from which of the four sources a record comes', () => {
    expect(sourceOfRecord('centre-readings', 'self-test')).toBe('A5a');
    expect(sourceOfRecord('centre-readings', 'examination')).toBe('A5d');
    expect(sourceOfRecord('copd-sq', null)).toBe('A5b');
    expect(sourceOfRecord('referral-back', null)).toBe('A5c');
    expect(sourceOfRecord('annual-checkup', null)).toBe('A5d');
    expect(titleOfRecord('annual-checkup', null)).toBe('健康体检表');
  });
  it('finds the tests that are due for a diabetic nobody has examined', () => {
    const diabetic = person({
      conditions: ['type-2-diabetes', 'hypertension'],
      programs: [
        { program: 'type-2-diabetes', diagnosedOn: plainDate('2020-01-01') },
        { program: 'hypertension' },
      ],
    });
    const due = dueTests(assess(diabetic, day).tasks);
    expect([...due.keys()].toSorted()).toEqual([
      'acr',
      'artery',
      'assessments',
      'ecg',
      'foot',
      'hba1c',
      'kidney',
      'lipids',
      'retina',
    ]);
  });
  it('writes a note that says what is missing instead of making it up', () => {
    expect(noteOfVisit([])).toEqual({
      subjective: '未记录',
      objective: '未记录',
      assessment: '未记录',
      plan: '未记录',
    });
    const note = noteOfVisit([
      { box: 'B3', content: { section: 'history', text: '头晕' } },
      { box: 'B4', content: { section: 'examination', readings: [{ kind: 'sbp', value: 158 }] } },
    ]);
    expect(note).toMatchObject({ subjective: '头晕', objective: '收缩压 158 mmHg', plan: '未记录' });
  });
});

describe('the drawing', () => {
  it('shows every box and every line of the table, and nothing else', () => {
    const drawn = drawFlow();
    for (const one of flowLines)
      expect(drawn).toMatch(new RegExp(`${one.from} [-=.]+>\\|"${one.no}[^|]*\\| ${one.to}`));
    for (const one of flowBoxes) expect(flowPage()).toContain(`| ${one.id} | ${one.label} |`);
    expect(new Set(flowLines.map((one) => one.no))).toEqual(
      new Set(Array.from({ length: 28 }, (_, index) => index + 2)),
    );
  });
});
