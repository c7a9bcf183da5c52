import { defineRule } from '../rule-definition.ts';
import {
  type ExerciseFacts,
  exerciseLimits,
  type IntakeFacts,
  intakeLimits,
  judgeExercise,
  judgeIntake,
} from './judge-lifestyle.ts';

const base = {
  track: 'clinical',
  edition: 'CVD-2019',
  certainty: 'found',
  file: 'src/clinical/lifestyle/judge-lifestyle.ts',
} as const;

export const judgeExerciseRule = defineRule<ExerciseFacts>({
  ...base,
  id: 'LIFE-01',
  title: '运动量与安全',
  clause: '身体活动',
  summary:
    '每周中等强度150分钟或高强度75分钟；血压≥180/110、血糖>16.7或<3.9、血氧<88%推迟；心率以最大心率（220−年龄）的50–70%为宜。',
  parameters: [exerciseLimits],
  decide: judgeExercise,
  cases: [
    {
      title: '步行150分钟：达到',
      given: { moderateMinutes: 150 },
      expect: { value: { met: true, postpone: false } },
    },
    { title: '149分钟：不足', given: { moderateMinutes: 149 }, expect: { value: { met: false } } },
    { title: '高强度80分钟：达到', given: { vigorousMinutes: 80 }, expect: { value: { met: true } } },
    { title: '收缩压185：推迟', given: { sbp: 185 }, expect: { value: { postpone: true } } },
    { title: '收缩压179：不推迟', given: { sbp: 179 }, expect: { value: { postpone: false } } },
    {
      title: '60岁：80–112次/分',
      given: { ageYears: 60 },
      expect: { value: { heartRate: { from: 80, to: 112 } } },
    },
  ],
});

export const judgeIntakeRule = defineRule<IntakeFacts>({
  ...base,
  id: 'LIFE-02',
  title: '饮食与饮酒',
  clause: '合理膳食',
  summary: '食盐不超过5克，酒精不超过15克最好不饮，蔬菜300克以上；慢性肾病非透析蛋白质每公斤0.6–0.8克。',
  parameters: [intakeLimits],
  decide: judgeIntake,
  cases: [
    { title: '食盐9克：超', given: { saltGrams: 9 }, expect: { value: { codes: ['salt'] } } },
    { title: '酒精20克：超', given: { alcoholGrams: 20 }, expect: { value: { codes: ['alcohol'] } } },
    { title: '酒精15克：不超', given: { alcoholGrams: 15 }, expect: { value: { codes: [] } } },
    { title: '蔬菜250克：少', given: { vegetableGrams: 250 }, expect: { value: { codes: ['vegetables'] } } },
    {
      title: '慢性肾病60公斤：36–48克',
      given: { kidneyDisease: true, weightKg: 60 },
      expect: { value: { proteinGrams: { from: 36, to: 48 } } },
    },
    { title: '什么都没问', given: {}, expect: { missing: ['饮食情况'] } },
  ],
});
