import { defineRule } from '../rule-definition.ts';
import { chinaParRanges, recheckMonths } from './china-par-parameters.ts';
import { planRiskRecheck, type RiskRecheckFacts } from './plan-risk-recheck.ts';

const plain: RiskRecheckFacts = {
  ageYears: 35,
  category: 'low',
  factorAtTreatmentThreshold: false,
  anyRiskFactor: false,
};

const months = (title: string, more: RiskRecheckFacts, fromMonths: number, toMonths: number) => ({
  title,
  given: { ...plain, ...more },
  expect: { value: { fromMonths, toMonths } },
});

export const planRiskRecheckRule = defineRule<RiskRecheckFacts>({
  id: 'CVD-01-recheck',
  title: '心血管病风险再评估间隔',
  track: 'clinical',
  edition: 'CVD-2019',
  clause: '中国心血管病风险评估和管理指南 再评估',
  certainty: 'found',
  summary:
    '高危或有危险因素达治疗界值每年一次；35岁及以上有危险因素1–2年、无危险因素2–3年；20–34岁3–5年一次。',
  parameters: [recheckMonths, chinaParRanges],
  file: 'src/clinical/cardiovascular-risk/plan-risk-recheck.ts',
  decide: planRiskRecheck,
  cases: [
    months('高危：每年', { category: 'high' }, 12, 12),
    months(
      '中危，有因素达治疗界值：每年',
      { category: 'moderate', factorAtTreatmentThreshold: true },
      12,
      12,
    ),
    months('35岁有危险因素：1–2年', { anyRiskFactor: true }, 12, 24),
    months('35岁没有危险因素：2–3年', {}, 24, 36),
    months('34岁：3–5年', { ageYears: 34, anyRiskFactor: undefined }, 36, 60),
    months('20岁：3–5年', { ageYears: 20 }, 36, 60),
    {
      title: '19岁：不适用',
      given: { ...plain, ageYears: 19 },
      expect: { missing: ['年龄（超出公式范围）'] },
    },
    {
      title: '35岁没有问危险因素：不下结论',
      given: { ...plain, anyRiskFactor: undefined },
      expect: { missing: ['有无危险因素'] },
    },
    {
      title: '没有分层：不下结论',
      given: { ...plain, category: undefined },
      expect: { missing: ['10年风险分层'] },
    },
  ],
});
