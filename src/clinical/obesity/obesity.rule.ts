import { defineRule } from '../rule-definition.ts';
import {
  type EnergyFacts,
  energyRules,
  judgeWeight,
  prescribeEnergy,
  type WeightFacts,
  weightBands,
} from './judge-weight.ts';

export const judgeWeightRule = defineRule<WeightFacts>({
  id: 'OB-01',
  title: '体质指数与腰围',
  track: 'clinical',
  edition: 'OB-2024',
  clause: '肥胖症诊疗指南 诊断与分级',
  certainty: 'found',
  summary: '体质指数18.5、24、28、32.5、37.5、50分级，按显示的一位小数判；腰围男85/90、女80/85厘米。',
  parameters: [weightBands],
  file: 'src/clinical/obesity/judge-weight.ts',
  decide: judgeWeight,
  cases: [
    ...(
      [
        [18.4, 'underweight'],
        [18.5, 'normal'],
        [23.9, 'normal'],
        [24, 'overweight'],
        [27.94, 'overweight'],
        [27.96, 'obese-mild'],
        [28, 'obese-mild'],
        [32.5, 'obese-moderate'],
        [37.5, 'obese-severe'],
        [50, 'obese-extreme'],
      ] as const
    ).map(([bmi, weight]) => ({ title: `体质指数 ${bmi}`, given: { bmi }, expect: { value: { weight } } })),
    {
      title: '男腰围89：前期',
      given: { bmi: 24, waistCm: 89, sex: 'male' },
      expect: { value: { waist: 'pre-central' } },
    },
    {
      title: '男腰围90：中心性',
      given: { bmi: 24, waistCm: 90, sex: 'male' },
      expect: { value: { waist: 'central' } },
    },
    {
      title: '女腰围85：中心性',
      given: { bmi: 24, waistCm: 85, sex: 'female' },
      expect: { value: { waist: 'central' } },
    },
    {
      title: '女腰围79：正常',
      given: { bmi: 24, waistCm: 79, sex: 'female' },
      expect: { value: { waist: 'normal' } },
    },
    { title: '没有体质指数', given: {}, expect: { missing: ['体质指数'] } },
  ],
});

export const prescribeEnergyRule = defineRule<EnergyFacts>({
  id: 'OB-02',
  title: '减重能量处方',
  track: 'clinical',
  edition: 'DIET-OB-2024',
  clause: '成人肥胖食养指南',
  certainty: 'found',
  summary: '（身高−105）×每公斤千卡，超重按85%、肥胖按80%，不低于800千卡。',
  parameters: [energyRules, weightBands],
  file: 'src/clinical/obesity/judge-weight.ts',
  decide: prescribeEnergy,
  cases: [
    {
      title: '170厘米轻体力肥胖：1300',
      given: { heightCm: 170, bmi: 30, activity: 'light' },
      expect: { value: 1300 },
    },
    {
      title: '158厘米轻体力超重：1126',
      given: { heightCm: 158, bmi: 26, activity: 'light' },
      expect: { value: 1126 },
    },
    { title: '没有活动强度', given: { heightCm: 158, bmi: 26 }, expect: { missing: ['活动强度'] } },
  ],
});
