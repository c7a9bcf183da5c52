import { crisisLimit } from '../hypertension/follow-up-parameters.ts';
import { defineRule } from '../rule-definition.ts';
import { classifyDiabetesFollowUp, type DiabetesFollowUpFacts } from './classify-follow-up.ts';
import {
  diabetesCrisisVitals,
  diabetesReferAfterVisits,
  glucoseCrisisLimits,
  statutoryGlucoseLimit,
} from './follow-up-parameters.ts';

const facts: DiabetesFollowUpFacts = {
  fpg: 6.8,
  sbp: 128,
  dbp: 78,
  dangerSigns: [],
  adverseReaction: false,
  newOrWorseComplication: false,
  previousClasses: [],
};

export const classifyDiabetesFollowUpRule = defineRule<DiabetesFollowUpFacts>({
  id: 'DM-18',
  title: '2型糖尿病随访分类',
  track: 'public-health',
  edition: 'PHS-3',
  clause: '2型糖尿病患者健康管理服务规范 此次随访分类、分类干预',
  certainty: 'from-knowledge',
  pendingSignOff: '待临床专家核对规范原文',
  summary:
    '有新并发症或加重为4，有药物不良反应为3，空腹血糖达到或高于7.0 mmol/L为2，血糖≤3.9（低血糖）也为2、不算控制满意，其余为1。血糖≥16.7或≤3.9、血压≥180/110、持续性心动过速（由医生勾选）、体温超过39℃、有危急征象、妊娠或哺乳期血糖高为危急。危急、有并发症或连续两次为2或3时建议转诊。',
  parameters: [
    statutoryGlucoseLimit,
    glucoseCrisisLimits,
    crisisLimit,
    diabetesCrisisVitals,
    diabetesReferAfterVisits,
  ],
  file: 'src/clinical/diabetes/classify-follow-up.ts',
  decide: classifyDiabetesFollowUp,
  cases: [
    {
      title: '空腹6.8：控制满意',
      given: facts,
      expect: { value: { formClass: 1, state: 'satisfied', refer: false }, reasons: ['below-limit'] },
    },
    { title: '空腹6.9：控制满意', given: { ...facts, fpg: 6.9 }, expect: { value: { formClass: 1 } } },
    {
      title: '空腹7.0：不满意',
      given: { ...facts, fpg: 7 },
      expect: { value: { formClass: 2, state: 'unsatisfied', refer: false } },
    },
    {
      title: '空腹8.2：不满意',
      given: { ...facts, fpg: 8.2 },
      expect: { value: { formClass: 2, refer: false } },
    },
    {
      title: '空腹8.2，上次也不满意：转诊',
      given: { ...facts, fpg: 8.2, previousClasses: [2] },
      expect: { value: { formClass: 2, refer: true, consecutiveUncontrolled: 2 }, reasons: ['twice'] },
    },
    {
      title: '空腹8.2，上次满意：不转诊',
      given: { ...facts, fpg: 8.2, previousClasses: [1, 2] },
      expect: { value: { refer: false } },
    },
    {
      title: '空腹17.0：危急',
      given: { ...facts, fpg: 17 },
      expect: { value: { state: 'crisis', refer: true }, reasons: ['glucose-high'] },
    },
    { title: '空腹16.7：危急', given: { ...facts, fpg: 16.7 }, expect: { value: { state: 'crisis' } } },
    {
      title: '空腹16.6：不是危急',
      given: { ...facts, fpg: 16.6 },
      expect: { value: { state: 'unsatisfied' } },
    },
    {
      title: '空腹3.9：危急（低血糖）',
      given: { ...facts, fpg: 3.9 },
      expect: { value: { state: 'crisis', formClass: 2 }, reasons: ['glucose-low'] },
    },
    {
      title: '空腹5.6，随机3.8：危急，不算控制满意',
      given: { ...facts, fpg: 5.6, randomGlucose: 3.8 },
      expect: { value: { state: 'crisis', formClass: 2 }, reasons: ['glucose-low'] },
    },
    {
      title: '空腹5.6，随机4.0：控制满意',
      given: { ...facts, fpg: 5.6, randomGlucose: 4 },
      expect: { value: { state: 'satisfied', formClass: 1 } },
    },
    { title: '空腹4.0：控制满意', given: { ...facts, fpg: 4 }, expect: { value: { state: 'satisfied' } } },
    {
      title: '空腹6.5，血压184/90：危急',
      given: { ...facts, fpg: 6.5, sbp: 184, dbp: 90 },
      expect: { value: { state: 'crisis' }, reasons: ['sbp-crisis'] },
    },
    {
      title: '空腹6.5，血压150/110：危急',
      given: { ...facts, fpg: 6.5, sbp: 150, dbp: 110 },
      expect: { value: { state: 'crisis' }, reasons: ['dbp-crisis'] },
    },
    {
      title: '心率101：提示核对是否持续',
      given: { ...facts, heartRate: 101 },
      expect: { value: { state: 'satisfied' }, reasons: ['fast-pulse'] },
    },
    {
      title: '心率100：不是危急',
      given: { ...facts, heartRate: 100 },
      expect: { value: { state: 'satisfied' } },
    },
    {
      title: '体温39.1：危急',
      given: { ...facts, temperature: 39.1 },
      expect: { value: { state: 'crisis' }, reasons: ['fever'] },
    },
    {
      title: '体温39.0：不是危急',
      given: { ...facts, temperature: 39 },
      expect: { value: { state: 'satisfied' } },
    },
    {
      title: '妊娠期空腹7.2：危急',
      given: { ...facts, fpg: 7.2, pregnantOrLactating: true },
      expect: { value: { state: 'crisis' }, reasons: ['pregnancy'] },
    },
    {
      title: '空腹6.2，新发并发症：转诊',
      given: { ...facts, fpg: 6.2, newOrWorseComplication: true },
      expect: { value: { formClass: 4, refer: true } },
    },
    {
      title: '空腹6.2，不良反应首次：3',
      given: { ...facts, fpg: 6.2, adverseReaction: true },
      expect: { value: { formClass: 3, refer: false } },
    },
    {
      title: '没有空腹血糖：不下结论',
      given: { ...facts, fpg: undefined },
      expect: { missing: ['空腹血糖'] },
    },
    {
      title: '没有问不良反应：不下结论',
      given: { ...facts, adverseReaction: undefined },
      expect: { missing: ['药物不良反应'] },
    },
  ],
});
