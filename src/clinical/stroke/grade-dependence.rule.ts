import { defineRule } from '../rule-definition.ts';
import { type DependenceFacts, gradeDependence } from './grade-dependence.ts';
import { barthelBands } from './stroke-parameters.ts';

const grades = [
  [0, 'severe'],
  [40, 'severe'],
  [41, 'moderate'],
  [60, 'moderate'],
  [61, 'mild'],
  [99, 'mild'],
  [100, 'none'],
] as const;

export const gradeDependenceRule = defineRule<DependenceFacts>({
  id: 'STK-03-barthel',
  title: '生活自理依赖程度（Barthel指数）',
  track: 'clinical',
  edition: 'OWN',
  clause: 'Barthel指数分级',
  certainty: 'from-knowledge',
  summary:
    'Barthel指数40分及以下重度依赖，41–60分中度，61–99分轻度，100分无需依赖；重度者建议家庭病床和康复。',
  parameters: [barthelBands],
  file: 'src/clinical/stroke/grade-dependence.ts',
  pendingSignOff: '待临床专家核对原文',
  decide: gradeDependence,
  cases: [
    {
      title: '35分：重度依赖，家庭病床与康复',
      given: { barthel: 35 },
      expect: { value: 'severe', reasons: ['home-bed'] },
    },
    ...grades.map(([barthel, value]) => ({ title: `${barthel}分`, given: { barthel }, expect: { value } })),
    { title: '没有评分：不下结论', given: {}, expect: { missing: ['Barthel指数'] } },
    { title: '101分不合理', given: { barthel: 101 }, expect: { missing: ['Barthel指数（数值不合理）'] } },
    { title: '40.5分不合理', given: { barthel: 40.5 }, expect: { missing: ['Barthel指数（数值不合理）'] } },
  ],
});
