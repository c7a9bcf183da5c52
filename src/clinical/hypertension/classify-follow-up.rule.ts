import { defineRule } from '../rule-definition.ts';
import { classifyFollowUp, type FollowUpFacts } from './classify-follow-up.ts';
import {
  crisisLimit,
  referAfterUncontrolledVisits,
  statutoryElderAge,
  statutoryElderLimit,
  statutoryLimit,
} from './follow-up-parameters.ts';

const facts: FollowUpFacts = {
  sbp: 138,
  dbp: 88,
  ageYears: 58,
  dangerSigns: [],
  adverseReaction: false,
  newOrWorseComplication: false,
  previousClasses: [],
};

export const classifyFollowUpRule = defineRule<FollowUpFacts>({
  id: 'HTN-15',
  title: '高血压随访分类',
  track: 'public-health',
  edition: 'PHS-3',
  clause: '高血压患者健康管理服务规范 此次随访分类、分类干预',
  certainty: 'from-knowledge',
  summary:
    '按表单“此次随访分类”取最重的一项：有新并发症或加重为4，有药物不良反应为3，血压未达公卫口径（<140/90，65岁及以上<150/90）为2，其余为1。危急、有并发症或连续两次为2或3时建议转诊。',
  parameters: [
    statutoryLimit,
    statutoryElderAge,
    statutoryElderLimit,
    crisisLimit,
    referAfterUncontrolledVisits,
  ],
  file: 'src/clinical/hypertension/classify-follow-up.ts',
  decide: classifyFollowUp,
  cases: [
    {
      title: '58岁 138/88：控制满意',
      given: facts,
      expect: { value: { formClass: 1, state: 'satisfied', refer: false }, reasons: ['below-limit'] },
    },
    {
      title: '58岁 140/88：不满意',
      given: { ...facts, sbp: 140 },
      expect: { value: { formClass: 2, state: 'unsatisfied' } },
    },
    {
      title: '58岁 139/90：不满意',
      given: { ...facts, sbp: 139, dbp: 90 },
      expect: { value: { formClass: 2 } },
    },
    {
      title: '70岁 148/88：控制满意',
      given: { ...facts, ageYears: 70, sbp: 148 },
      expect: { value: { formClass: 1 } },
    },
    {
      title: '70岁 148/92：不满意',
      given: { ...facts, ageYears: 70, sbp: 148, dbp: 92 },
      expect: { value: { formClass: 2 } },
    },
    {
      title: '64岁 148/88：不满意',
      given: { ...facts, ageYears: 64, sbp: 148 },
      expect: { value: { formClass: 2 } },
    },
    {
      title: '58岁 152/88，上次也不满意：建议转诊',
      given: { ...facts, sbp: 152, previousClasses: [2] },
      expect: { value: { formClass: 2, refer: true, consecutiveUncontrolled: 2 }, reasons: ['twice'] },
    },
    {
      title: '152/88，上次满意：不转诊',
      given: { ...facts, sbp: 152, previousClasses: [1, 2] },
      expect: { value: { refer: false } },
    },
    {
      title: '182/96：危急',
      given: { ...facts, sbp: 182, dbp: 96 },
      expect: { value: { state: 'crisis', refer: true }, reasons: ['sbp-crisis'] },
    },
    {
      title: '179/109：不是危急',
      given: { ...facts, sbp: 179, dbp: 109 },
      expect: { value: { state: 'unsatisfied' } },
    },
    {
      title: '妊娠 30岁 142/88：危急',
      given: { ...facts, ageYears: 30, sbp: 142, pregnantOrLactating: true },
      expect: { value: { state: 'crisis' }, reasons: ['pregnancy'] },
    },
    {
      title: '136/84 新发并发症：转诊',
      given: { ...facts, sbp: 136, dbp: 84, newOrWorseComplication: true },
      expect: { value: { formClass: 4, refer: true } },
    },
    {
      title: '没有问不良反应：不下结论',
      given: { ...facts, adverseReaction: undefined },
      expect: { missing: ['药物不良反应'] },
    },
  ],
});
