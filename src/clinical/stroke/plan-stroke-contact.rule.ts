import { defineRule } from '../rule-definition.ts';
import { planStrokeContact, type StrokeContactFacts } from './plan-stroke-contact.ts';
import { strokeContact } from './stroke-parameters.ts';

export const planStrokeContactRule = defineRule<StrokeContactFacts>({
  id: 'STK-03-contact',
  title: '卒中后随访间隔',
  track: 'clinical',
  edition: 'OWN',
  clause: '缺血性与出血性脑卒中二级预防（指南待登记）',
  certainty: 'from-knowledge',
  summary: '卒中或短暂性脑缺血发作后前3个月每月随访一次，以后每90天一次。',
  parameters: [strokeContact],
  file: 'src/clinical/stroke/plan-stroke-contact.ts',
  pendingSignOff: '待临床专家核对原文',
  decide: planStrokeContact,
  cases: [
    { title: '发病当月：30天', given: { monthsSinceEvent: 0 }, expect: { value: 30 } },
    { title: '2个月：30天', given: { monthsSinceEvent: 2 }, expect: { value: 30 } },
    { title: '3个月：90天', given: { monthsSinceEvent: 3 }, expect: { value: 90 } },
    { title: '不知发病时间：不下结论', given: {}, expect: { missing: ['距发病月数'] } },
    {
      title: '发病在将来：不合理',
      given: { monthsSinceEvent: -1 },
      expect: { missing: ['距发病月数（数值不合理）'] },
    },
  ],
});
