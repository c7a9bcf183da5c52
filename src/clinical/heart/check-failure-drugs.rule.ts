import { defineRule } from '../rule-definition.ts';
import { cardiacDrugLabels } from './cardiac-drugs.ts';
import { checkFailureDrugs, type FailureDrugFacts } from './check-failure-drugs.ts';
import { heartRanges, reducedFraction } from './heart-parameters.ts';

const full: FailureDrugFacts = {
  ejectionFraction: 32,
  conditions: ['heart-failure'],
  drugs: ['arni', 'beta-blocker', 'mra', 'sglt2-inhibitor'],
  contraindicated: [],
};

const harmful = ['thiazolidinedione', 'nsaid', 'saxagliptin', 'alogliptin', 'cilostazol'] as const;

export const checkFailureDrugsRule = defineRule<FailureDrugFacts>({
  id: 'HF-01',
  title: '心力衰竭用药核对',
  track: 'clinical',
  edition: 'OWN',
  clause: '心力衰竭基层管理（指南待登记）',
  certainty: 'from-knowledge',
  summary:
    '射血分数≤40%者应有四类药各一种：普利、沙坦或沙库巴曲缬沙坦，β受体阻滞剂，醛固酮受体拮抗剂，列净类；无禁忌而未用的提示。避免格列酮、非甾体抗炎药、沙格列汀、阿格列汀、西洛他唑；射血分数降低者还避免地尔硫䓬和维拉帕米。',
  parameters: [reducedFraction, heartRanges],
  file: 'src/clinical/heart/check-failure-drugs.ts',
  pendingSignOff: '待临床专家核对原文；射血分数界值40%文中未印；来源登记缺心力衰竭指南',
  decide: checkFailureDrugs,
  cases: [
    {
      title: '射血分数32，用β受体阻滞剂和沙坦：缺醛固酮受体拮抗剂和列净类',
      given: { ...full, drugs: ['beta-blocker', 'arb'] },
      expect: { value: { reduced: true, gaps: ['mra', 'sglt2-inhibitor'], avoid: [] } },
    },
    {
      title: '射血分数32，用地尔硫䓬：避免',
      given: { ...full, drugs: [...(full.drugs ?? []), 'non-dihydropyridine'] },
      expect: { value: { gaps: [], avoid: ['non-dihydropyridine'] }, reasons: ['avoid-non-dihydropyridine'] },
    },
    { title: '四类齐全：不缺', given: full, expect: { value: { gaps: [], avoid: [], open: [] } } },
    {
      title: '射血分数32，什么都没用：缺四类',
      given: { ...full, drugs: [] },
      expect: { value: { gaps: ['raas', 'beta-blocker', 'mra', 'sglt2-inhibitor'] } },
    },
    {
      title: '射血分数40：算降低',
      given: { ...full, ejectionFraction: 40, drugs: [] },
      expect: { value: { reduced: true } },
    },
    {
      title: '射血分数41：不算，地尔硫䓬不报',
      given: { ...full, ejectionFraction: 41, drugs: ['non-dihydropyridine'] },
      expect: { value: { reduced: false, gaps: [], avoid: [] } },
    },
    {
      title: '曾确诊射血分数降低，本次没有测：仍按降低',
      given: { ...full, ejectionFraction: undefined, conditions: ['heart-failure-reduced'], drugs: [] },
      expect: { value: { reduced: true } },
    },
    {
      title: '醛固酮受体拮抗剂有禁忌：不算缺',
      given: { ...full, drugs: ['arni', 'beta-blocker', 'sglt2-inhibitor'], contraindicated: ['mra'] },
      expect: { value: { gaps: [] } },
    },
    {
      title: '普利类有禁忌但沙坦可用：仍提示',
      given: {
        ...full,
        drugs: ['beta-blocker', 'mra', 'sglt2-inhibitor'],
        contraindicated: ['ace-inhibitor', 'arni'],
      },
      expect: { value: { gaps: ['raas'] } },
    },
    ...harmful.map((drug) => ({
      title: `避免${cardiacDrugLabels[drug]}`,
      given: { ...full, ejectionFraction: 55, drugs: [drug] },
      expect: { value: { avoid: [drug] }, reasons: [`avoid-${drug}`] },
    })),
    {
      title: '射血分数不知，用非甾体抗炎药：先报应避免的',
      given: { conditions: ['heart-failure'], drugs: ['nsaid'], contraindicated: [] },
      expect: { value: { reduced: undefined, avoid: ['nsaid'], open: ['左室射血分数'] }, reasons: ['open'] },
    },
    {
      title: '有缺项但没有查禁忌：不下结论',
      given: { ...full, drugs: ['arb'], contraindicated: undefined },
      expect: { missing: ['用药禁忌'] },
    },
    { title: '什么都没有：不下结论', given: {}, expect: { missing: ['左室射血分数', '用药清单'] } },
  ],
});
