import { defineRule } from '../rule-definition.ts';
import { type CoronaryDrugFacts, checkCoronaryDrugs } from './check-coronary-drugs.ts';
import { coronaryDrugLimits, heartRanges } from './heart-parameters.ts';

const stable: CoronaryDrugFacts = {
  conditions: ['coronary-heart-disease', 'stable-angina', 'hypertension'],
  drugs: ['aspirin', 'statin', 'beta-blocker', 'arb', 'nitrate'],
  contraindicated: [],
  ejectionFraction: 58,
};

const without = (drug: string) => (stable.drugs ?? []).filter((one) => one !== drug);

const checked = (title: string, more: CoronaryDrugFacts, gaps: readonly string[], refer = false) => ({
  title,
  given: { ...stable, ...more },
  expect: { value: { gaps, refer } },
});

export const checkCoronaryDrugsRule = defineRule<CoronaryDrugFacts>({
  id: 'CHD-01-drugs',
  title: '冠心病用药核对',
  track: 'clinical',
  edition: 'OWN',
  clause: '稳定性冠心病基层管理（指南待登记）',
  certainty: 'from-knowledge',
  summary:
    '冠心病应有抗血小板药（支架或急性冠脉事件后12个月内通常双联）和他汀；心梗、心衰或心绞痛加β受体阻滞剂；高血压、糖尿病、心衰、慢性肾脏病或射血分数<40%加普利或沙坦类；心绞痛备硝酸酯。缺项只提示，绝不建议停药；双联不全先转诊。',
  parameters: [coronaryDrugLimits, heartRanges],
  file: 'src/clinical/heart/check-coronary-drugs.ts',
  pendingSignOff: '待临床专家核对原文；同时抗凝者不核对抗血小板药为平台约定；来源登记缺冠心病指南',
  decide: checkCoronaryDrugs,
  cases: [
    checked(
      '支架后5个月，抗血小板药只有阿司匹林：缺P2Y12受体拮抗剂，先转诊',
      {
        conditions: ['coronary-heart-disease', 'revascularization', 'hypertension'],
        monthsSinceEvent: 5,
      },
      ['p2y12-inhibitor'],
      true,
    ),
    checked('支架后11个月，双联不全：转诊', { monthsSinceEvent: 11 }, ['p2y12-inhibitor'], true),
    checked('支架后12个月，单药即可', { monthsSinceEvent: 12 }, []),
    checked(
      '支架后5个月，双联齐全',
      { monthsSinceEvent: 5, drugs: [...(stable.drugs ?? []), 'p2y12-inhibitor'] },
      [],
    ),
    checked('稳定，用药齐全：不缺', {}, []),
    checked('没有抗血小板药', { drugs: without('aspirin') }, ['antiplatelet']),
    checked('只抗凝：不提示加抗血小板药', { drugs: [...without('aspirin'), 'oral-anticoagulant'] }, []),
    checked('没有他汀', { drugs: without('statin') }, ['statin']),
    checked('心绞痛没有β受体阻滞剂', { drugs: without('beta-blocker') }, ['beta-blocker']),
    checked(
      '心梗后没有β受体阻滞剂',
      {
        conditions: ['myocardial-infarction', 'hypertension'],
        monthsSinceEvent: 30,
        drugs: without('beta-blocker'),
      },
      ['beta-blocker'],
    ),
    checked(
      '没有心梗、心衰、心绞痛：不要求β受体阻滞剂与硝酸酯',
      { conditions: ['coronary-heart-disease', 'hypertension'], drugs: ['aspirin', 'statin', 'arb'] },
      [],
    ),
    checked('高血压没有普利或沙坦', { drugs: without('arb') }, ['raas']),
    checked(
      '慢性肾脏病没有普利或沙坦',
      {
        conditions: ['coronary-heart-disease', 'chronic-kidney-disease'],
        drugs: ['aspirin', 'statin'],
      },
      ['raas'],
    ),
    checked(
      '射血分数 39：要普利或沙坦',
      { conditions: ['coronary-heart-disease'], drugs: ['aspirin', 'statin'], ejectionFraction: 39 },
      ['raas'],
    ),
    checked(
      '射血分数 40：不因此要求',
      { conditions: ['coronary-heart-disease'], drugs: ['aspirin', 'statin'], ejectionFraction: 40 },
      [],
    ),
    checked('心绞痛没有备硝酸酯', { drugs: without('nitrate') }, ['nitrate']),
    checked('他汀有禁忌：不算缺', { drugs: without('statin'), contraindicated: ['statin'] }, []),
    {
      title: '支架后月数不知：已知缺他汀，其余待问',
      given: {
        ...stable,
        conditions: ['revascularization', 'hypertension'],
        drugs: without('statin'),
      },
      expect: { value: { gaps: ['statin'], open: ['距支架或急性冠脉事件月数'] }, reasons: ['open'] },
    },
    {
      title: '支架后月数不知，别的都有：不下结论',
      given: { ...stable, conditions: ['revascularization', 'hypertension'] },
      expect: { missing: ['距支架或急性冠脉事件月数'] },
    },
    {
      title: '没有查禁忌：不下结论',
      given: { ...stable, drugs: without('statin'), contraindicated: undefined },
      expect: { missing: ['用药禁忌'] },
    },
    { title: '什么都没有：不下结论', given: {}, expect: { missing: ['病史', '用药清单'] } },
  ],
});
