import { defineRule, type RuleCase } from '../rule-definition.ts';
import { estimateFiltration, type FiltrationFacts } from './estimate-filtration.ts';
import {
  chosenEquation,
  creatinineFactor,
  filtrationConstants,
  filtrationRanges,
  filtrationStages,
} from './kidney-parameters.ts';

type Vector = readonly [
  creatinine: number,
  ageYears: number,
  sex: 'male' | 'female',
  shown2009: number,
  stage2009: string,
  shown2021: number,
  stage2021: string,
];

const vectors: readonly Vector[] = [
  [80, 50, 'male', 98.6, 'G1', 103.4, 'G1'],
  [80, 50, 'female', 74.1, 'G2', 77.4, 'G2'],
  [88.4, 60, 'male', 81.4, 'G2', 86.2, 'G2'],
  [120, 65, 'male', 54.3, 'G3a', 57.9, 'G3a'],
  [120, 65, 'female', 40.8, 'G3b', 43.3, 'G3b'],
  [60, 30, 'female', 117.4, 'G1', 120.1, 'G1'],
  [200, 72, 'male', 27.9, 'G4', 30.0, 'G3b'],
  [350, 80, 'female', 10.1, 'G5', 10.9, 'G5'],
  [53, 25, 'male', 139.8, 'G1', 137.4, 'G1'],
];

const printed: readonly RuleCase<FiltrationFacts>[] = vectors.flatMap(
  ([creatinine, ageYears, sex, a, stageA, b, stageB]) => {
    const title = `肌酐 ${creatinine}、${ageYears}岁${sex === 'male' ? '男' : '女'}`;
    const given = { creatinine, ageYears, sex };
    return [
      {
        title: `${title}：2009公式 ${a}，${stageA}`,
        given,
        expect: { value: { shown: a, stage: stageA, equation: 'ckd-epi-2009' } },
      },
      {
        title: `${title}：2021公式 ${b}，${stageB}`,
        given: { ...given, equation: 'ckd-epi-2021' as const },
        expect: { value: { shown: b, stage: stageB } },
      },
    ];
  },
);

const person: FiltrationFacts = { creatinine: 80, ageYears: 50, sex: 'female' };

export const estimateFiltrationRule = defineRule<FiltrationFacts>({
  id: 'CKD-01',
  title: '估算肾小球滤过率',
  track: 'clinical',
  edition: 'KDIGO-CKD-2024',
  clause: 'CKD-EPI 2009、2021 肌酐公式',
  certainty: 'from-knowledge',
  summary:
    '用酶法血肌酐、年龄和性别按CKD-EPI公式估算肾小球滤过率，默认2009公式，可选2021公式。显示一位小数，分期用未取整的值。未满18岁、妊娠、急性肾损伤或肌肉量极端者不算。',
  parameters: [filtrationConstants, chosenEquation, creatinineFactor, filtrationRanges, filtrationStages],
  file: 'src/clinical/kidney/estimate-filtration.ts',
  pendingSignOff: '待临床专家核对公式原文，并确认默认用2009公式',
  decide: estimateFiltration,
  cases: [
    ...printed,
    {
      title: '18岁可以算',
      given: { ...person, ageYears: 18 },
      expect: { value: { equation: 'ckd-epi-2009' } },
    },
    {
      title: '17岁不适用',
      given: { ...person, ageYears: 17 },
      expect: { missing: ['年龄（18岁以下不适用）'] },
    },
    {
      title: '妊娠不适用',
      given: { ...person, pregnant: true },
      expect: { missing: ['妊娠（公式不适用）'] },
    },
    {
      title: '急性肾损伤不适用',
      given: { ...person, acuteKidneyInjury: true },
      expect: { missing: ['急性肾损伤（公式不适用）'] },
    },
    {
      title: '肌肉量极端不适用',
      given: { ...person, extremeMuscleMass: true },
      expect: { missing: ['肌肉量过多或过少（公式不适用）'] },
    },
    {
      title: '没有问妊娠等情况：给出结果并提醒',
      given: person,
      expect: { value: { stage: 'G2' }, reasons: ['limits-not-asked'] },
    },
    {
      title: '肌酐 14 不合理',
      given: { ...person, creatinine: 14 },
      expect: { missing: ['血肌酐（数值不合理）'] },
    },
    { title: '什么都没有：不下结论', given: {}, expect: { missing: ['血肌酐', '年龄', '性别'] } },
  ],
});
