import { plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import { type HighRiskList, judgeHighRiskList } from './judge-high-risk-list.ts';
import { planHighRiskVisit } from './plan-high-risk-visit.ts';
import { highRiskListSize, highRiskMonths, type ScreenedCondition } from './screening-parameters.ts';

export const planHighRiskVisitRule = defineRule<{ condition: ScreenedCondition; lastOn: string }>({
  id: 'SCR-01',
  title: '高危人群随访间隔',
  track: 'public-health',
  edition: 'PHS-3',
  clause: '高血压、2型糖尿病患者健康管理服务规范 高危人群',
  certainty: 'own-default',
  pendingSignOff: '待县级专家组确认慢阻肺与脑卒中高危的间隔',
  summary: '高血压高危每6个月测血压，糖尿病高危、慢阻肺高危、脑卒中高危每12个月复查。',
  parameters: [highRiskMonths],
  file: 'src/clinical/screening/plan-high-risk-visit.ts',
  decide: ({ condition, lastOn }) => planHighRiskVisit(condition, plainDate(lastOn)),
  cases: [
    {
      title: '高血压高危：半年',
      given: { condition: 'hypertension', lastOn: '2026-01-05' },
      expect: { value: { dueOn: '2026-07-05' } },
    },
    {
      title: '糖尿病高危：一年',
      given: { condition: 'type-2-diabetes', lastOn: '2026-01-05' },
      expect: { value: { dueOn: '2027-01-05' } },
    },
  ],
});

export const judgeHighRiskListRule = defineRule<HighRiskList>({
  id: 'SCR-02',
  title: '高危评估表（任一项）',
  track: 'public-health',
  edition: 'PHS-3',
  clause: '高血压高危人群；糖尿病高危人群',
  certainty: 'found',
  summary: '表上任一项为“是”即为高危；没有一项为“是”时，各项都须问清才能判为非高危。',
  parameters: [highRiskListSize],
  file: 'src/clinical/screening/judge-high-risk-list.ts',
  decide: judgeHighRiskList,
  cases: [
    {
      title: '一项为是：高危',
      given: { list: 'hypertension', matters: { 家族史: true, 高盐: undefined } },
      expect: { value: { high: true, matters: ['家族史'] } },
    },
    {
      title: '都为否：非高危',
      given: { list: 'hypertension', matters: { 家族史: false, 高盐: false } },
      expect: { value: { high: false } },
    },
    {
      title: '没有问清',
      given: { list: 'diabetes', matters: { 家族史: false, 高盐: undefined } },
      expect: { missing: ['高盐'] },
    },
  ],
});
