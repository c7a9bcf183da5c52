import { defineRule } from '../rule-definition.ts';
import { type CopdFollowUpFacts, classifyCopdFollowUp } from './classify-follow-up.ts';
import {
  copdReferAfterVisits,
  exacerbationSymptoms,
  respiratoryRateCrisis,
  saturationCrisis,
  unstableChange,
} from './follow-up-parameters.ts';

const facts: CopdFollowUpFacts = {
  spo2: 96,
  respiratoryRate: 18,
  dangerSigns: [],
  cat: 12,
  lastCat: 12,
  lastSpo2: 96,
  cardinalSymptoms: 0,
  adverseReaction: false,
  previousClasses: [],
};

export const classifyCopdFollowUpRule = defineRule<CopdFollowUpFacts>({
  id: 'COPD-10',
  title: '慢阻肺随访分类',
  track: 'public-health',
  edition: 'COPD-PHS-2024',
  clause: '慢阻肺患者健康服务规范 随访评价（参照两慢病）',
  certainty: 'uncertain',
  pendingSignOff: '国家表样的分类与分类干预原文未能读到，暂参照高血压、糖尿病，待公卫与呼吸专科确认',
  summary:
    '呼吸困难、痰量增加、痰色改变同时出现按急性加重为4；有药物不良反应为3；CAT达10分以上且较上次升高2分以上，或血氧较上次下降3个百分点以上为2；其余为1。血氧低于90%（吸氧时低于88%）、呼吸达30次/分、意识不清或有危急征象为危急。',
  parameters: [
    saturationCrisis,
    respiratoryRateCrisis,
    unstableChange,
    exacerbationSymptoms,
    copdReferAfterVisits,
  ],
  file: 'src/clinical/copd/classify-follow-up.ts',
  decide: classifyCopdFollowUp,
  cases: [
    {
      title: 'CAT 12→12：稳定',
      given: facts,
      expect: { value: { formClass: 1, state: 'satisfied' }, reasons: ['stable'] },
    },
    {
      title: 'CAT 12→15：不稳定',
      given: { ...facts, cat: 15 },
      expect: { value: { formClass: 2, state: 'unsatisfied' }, reasons: ['cat-rise'] },
    },
    { title: 'CAT 12→14：不稳定', given: { ...facts, cat: 14 }, expect: { value: { formClass: 2 } } },
    { title: 'CAT 12→13：稳定', given: { ...facts, cat: 13 }, expect: { value: { formClass: 1 } } },
    {
      title: 'CAT 7→9：症状仍少，稳定',
      given: { ...facts, lastCat: 7, cat: 9 },
      expect: { value: { formClass: 1 } },
    },
    {
      title: 'CAT 8→10：不稳定',
      given: { ...facts, lastCat: 8, cat: 10 },
      expect: { value: { formClass: 2 } },
    },
    {
      title: '血氧 96→92：不稳定',
      given: { ...facts, spo2: 92 },
      expect: { value: { formClass: 2 }, reasons: ['saturation-drop'] },
    },
    { title: '血氧 96→93：不稳定', given: { ...facts, spo2: 93 }, expect: { value: { formClass: 2 } } },
    { title: '血氧 96→94：稳定', given: { ...facts, spo2: 94 }, expect: { value: { formClass: 1 } } },
    {
      title: '血氧 86 伴意识不清：危急',
      given: { ...facts, spo2: 86, confused: true },
      expect: { value: { state: 'crisis', refer: true }, reasons: ['saturation', 'confused'] },
    },
    {
      title: '未吸氧血氧 89：危急',
      given: { ...facts, lastSpo2: 90, spo2: 89 },
      expect: { value: { state: 'crisis' } },
    },
    {
      title: '未吸氧血氧 90：不是危急',
      given: { ...facts, lastSpo2: 90, spo2: 90 },
      expect: { value: { state: 'satisfied' } },
    },
    {
      title: '吸氧时血氧 88：不是危急',
      given: { ...facts, lastSpo2: 89, spo2: 88, onOxygen: true },
      expect: { value: { state: 'satisfied' } },
    },
    {
      title: '吸氧时血氧 87：危急',
      given: { ...facts, lastSpo2: 89, spo2: 87, onOxygen: true },
      expect: { value: { state: 'crisis' } },
    },
    {
      title: '呼吸 30 次/分：危急',
      given: { ...facts, respiratoryRate: 30 },
      expect: { value: { state: 'crisis' }, reasons: ['respiratory-rate'] },
    },
    {
      title: '呼吸 29 次/分：不是危急',
      given: { ...facts, respiratoryRate: 29 },
      expect: { value: { state: 'satisfied' } },
    },
    {
      title: '三项主要症状同时出现：急性加重',
      given: { ...facts, cardinalSymptoms: 3 },
      expect: { value: { formClass: 4, refer: true }, reasons: ['complication'] },
    },
    {
      title: '两项主要症状：不按急性加重',
      given: { ...facts, cardinalSymptoms: 2 },
      expect: { value: { formClass: 1 } },
    },
    {
      title: '不良反应连续两次：转诊',
      given: { ...facts, adverseReaction: true, previousClasses: [3] },
      expect: { value: { formClass: 3, refer: true } },
    },
    {
      title: '没有血氧：不下结论',
      given: { ...facts, spo2: undefined },
      expect: { missing: ['血氧饱和度'] },
    },
  ],
});
