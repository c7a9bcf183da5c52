import { defineRule } from '../rule-definition.ts';
import { weightLimits } from './heart-parameters.ts';
import { judgeWeightGain, type WeightGainFacts } from './judge-weight-gain.ts';

const steady: WeightGainFacts = {
  gainDay: 0.9,
  gainThreeDays: 1.9,
  gainWeek: 2.4,
  oedema: false,
  dyspnoea: false,
};

const judged = (title: string, more: WeightGainFacts, value: string, reason: string) => ({
  title,
  given: { ...steady, ...more },
  expect: { value, reasons: [reason] },
});

export const judgeWeightGainRule = defineRule<WeightGainFacts>({
  id: 'HF-01-weight',
  title: '心力衰竭体重报警',
  track: 'clinical',
  edition: 'OWN',
  clause: '体重增加报警 AL-WT-01',
  certainty: 'from-knowledge',
  summary:
    '心力衰竭患者24小时增重≥1 kg、3天≥2 kg或7天≥2.5 kg为橙色，24小时内联系并核对利尿药；同时有水肿或气促为红色。',
  parameters: [weightLimits],
  file: 'src/clinical/heart/judge-weight-gain.ts',
  pendingSignOff: '待临床专家核对',
  decide: judgeWeightGain,
  cases: [
    {
      title: '3天增重 2.2 kg：橙色',
      given: { gainThreeDays: 2.2, oedema: false, dyspnoea: false },
      expect: { value: 'orange', reasons: ['gain', 'call'] },
    },
    judged('各项刚低于界值：不报', {}, 'none', 'steady'),
    judged('24小时 1 kg', { gainDay: 1 }, 'orange', 'gain'),
    judged('3天 2 kg', { gainThreeDays: 2 }, 'orange', 'gain'),
    judged('7天 2.5 kg', { gainWeek: 2.5 }, 'orange', 'gain'),
    judged('3天 2.2 kg 有水肿：红色', { gainThreeDays: 2.2, oedema: true }, 'red', 'oedema'),
    judged('3天 2.2 kg 有气促：红色', { gainThreeDays: 2.2, dyspnoea: true }, 'red', 'dyspnoea'),
    judged('体重下降：不报', { gainDay: -1, gainThreeDays: -2, gainWeek: -3 }, 'none', 'steady'),
    judged(
      '3天 2.2 kg，水肿没有问：橙色并提醒',
      { gainThreeDays: 2.2, oedema: undefined },
      'orange',
      'symptoms-not-asked',
    ),
    {
      title: '只知道24小时没有增重：不下结论',
      given: { gainDay: 0 },
      expect: { missing: ['3天体重变化', '7天体重变化'] },
    },
    {
      title: '增重 80 kg 不合理',
      given: { ...steady, gainDay: 80 },
      expect: { missing: ['24小时体重变化（数值不合理）'] },
    },
  ],
});
