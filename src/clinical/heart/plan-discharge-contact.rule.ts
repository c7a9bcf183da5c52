import { plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import { dischargeDays } from './heart-parameters.ts';
import { type DischargeContactFacts, planDischargeContact } from './plan-discharge-contact.ts';

const out: DischargeContactFacts = { dischargedOn: plainDate('2026-01-01'), contacted: false };

export const planDischargeContactRule = defineRule<DischargeContactFacts>({
  id: 'HF-01-contact',
  title: '心力衰竭出院后联系',
  track: 'clinical',
  edition: 'OWN',
  clause: '心力衰竭基层管理（指南待登记）',
  certainty: 'from-knowledge',
  summary: '心力衰竭患者出院后7天内须联系一次，过期未联系为逾期。',
  parameters: [dischargeDays],
  file: 'src/clinical/heart/plan-discharge-contact.ts',
  pendingSignOff: '待临床专家核对原文',
  decide: planDischargeContact,
  cases: [
    {
      title: '出院第4天：最迟1月8日联系',
      given: out,
      day: '2026-01-05',
      expect: { value: { dueBy: '2026-01-08', state: 'due' } },
    },
    { title: '第7天：还不算逾期', given: out, day: '2026-01-08', expect: { value: { state: 'due' } } },
    { title: '第8天：逾期', given: out, day: '2026-01-09', expect: { value: { state: 'overdue' } } },
    {
      title: '已联系',
      given: { ...out, contacted: true },
      day: '2026-01-09',
      expect: { value: { state: 'done' } },
    },
    {
      title: '出院在将来：不合理',
      given: out,
      day: '2025-12-31',
      expect: { missing: ['出院日期（数值不合理）'] },
    },
    { title: '没有出院日期：不下结论', given: {}, expect: { missing: ['出院日期'] } },
    {
      title: '没有记录是否联系：不下结论',
      given: { ...out, contacted: undefined },
      expect: { missing: ['出院后是否已联系'] },
    },
  ],
});
