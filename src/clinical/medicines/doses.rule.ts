import { defineRule } from '../rule-definition.ts';
import {
  antihypertensiveDoses,
  type DoseFacts,
  judgeAntihypertensiveDose,
  proposeStartDose,
  smallerStart,
} from './antihypertensive-doses.ts';

const base = {
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: '国家基层高血压防治管理指南 2025版 表4',
  certainty: 'found',
  pendingSignOff: '剂量待药师确认',
  file: 'src/clinical/medicines/antihypertensive-doses.ts',
} as const;

export const antihypertensiveDoseRule = defineRule<DoseFacts>({
  ...base,
  id: 'MED-DOSE',
  title: '降压药是否足量',
  summary: '足量为表4每次最大量乘每日最多次数；起始为常用起始量。说明书最大量另在“超过最大量”规则中检查。',
  parameters: [antihypertensiveDoses],
  decide: judgeAntihypertensiveDose,
  cases: [
    {
      title: '氨氯地平5：起始',
      given: { code: 'amlodipine', dailyDose: 5 },
      expect: { value: { standing: 'start' } },
    },
    {
      title: '氨氯地平10：足量',
      given: { code: 'amlodipine', dailyDose: 10 },
      expect: { value: { standing: 'full' } },
    },
    {
      title: '氨氯地平2.5：低于起始',
      given: { code: 'amlodipine', dailyDose: 2.5 },
      expect: { value: { standing: 'below-start' } },
    },
    {
      title: '氨氯地平15：超过',
      given: { code: 'amlodipine', dailyDose: 15 },
      expect: { value: { standing: 'above' } },
    },
    {
      title: '厄贝沙坦150：未足量（起始）',
      given: { code: 'irbesartan', dailyDose: 150 },
      expect: { value: { standing: 'start', full: 300 } },
    },
    {
      title: '依那普利20：起始与足量之间',
      given: { code: 'enalapril', dailyDose: 20 },
      expect: { value: { standing: 'between', start: 10, full: 40 } },
    },
    {
      title: '吲达帕胺缓释1.5：起始即足量',
      given: { code: 'indapamide-sr', dailyDose: 1.5 },
      expect: { value: { standing: 'full' } },
    },
    {
      title: '缬沙坦氨氯地平1片：未足量',
      given: { code: 'valsartan-amlodipine-80-5', dailyDose: 1 },
      expect: { value: { standing: 'start', full: 2 } },
    },
    { title: '剂量不明', given: { code: 'amlodipine' }, expect: { missing: ['每日剂量'] } },
    { title: '不在表4', given: { code: 'aspirin', dailyDose: 100 }, expect: { missing: ['表4所列药物'] } },
  ],
});

export const startDoseRule = defineRule<Parameters<typeof proposeStartDose>[0]>({
  ...base,
  id: 'MED-START',
  title: '降压药起始剂量',
  summary: '按表4常用起始量；心力衰竭，或80岁及以上伴体位性低血压，起始量减半。',
  parameters: [antihypertensiveDoses, smallerStart],
  decide: proposeStartDose,
  cases: [
    {
      title: '氨氯地平：5 每日1次',
      given: { code: 'amlodipine', conditions: [] },
      expect: { value: { perDose: 5, times: 1, reduced: false } },
    },
    {
      title: '心力衰竭用依那普利：2.5 每日2次',
      given: { code: 'enalapril', conditions: ['heart-failure'] },
      expect: { value: { perDose: 2.5, times: 2, reduced: true } },
    },
    {
      title: '80岁体位性低血压：减半',
      given: { code: 'amlodipine', ageYears: 80, conditions: ['orthostatic-hypotension'] },
      expect: { value: { perDose: 2.5, reduced: true } },
    },
    {
      title: '79岁体位性低血压：不减',
      given: { code: 'amlodipine', ageYears: 79, conditions: ['orthostatic-hypotension'] },
      expect: { value: { perDose: 5, reduced: false } },
    },
    {
      title: '体位性低血压而年龄不明',
      given: { code: 'amlodipine', conditions: ['orthostatic-hypotension'] },
      expect: { missing: ['年龄'] },
    },
    { title: '不在表4', given: { code: 'aspirin', conditions: [] }, expect: { missing: ['表4所列药物'] } },
  ],
});
