import { defineRule } from '../rule-definition.ts';
import { bandWhoRisk, type WhoRiskFacts } from './band-who-risk.ts';
import { plausibleRanges, whoBands } from './china-par-parameters.ts';

const limits = [
  [0, '<5%'],
  [4.9, '<5%'],
  [5, '5%–<10%'],
  [9.9, '5%–<10%'],
  [10, '10%–<20%'],
  [19.9, '10%–<20%'],
  [20, '20%–<30%'],
  [29.9, '20%–<30%'],
  [30, '≥30%'],
  [100, '≥30%'],
] as const;

export const bandWhoRiskRule = defineRule<WhoRiskFacts>({
  id: 'CVD-03',
  title: '世界卫生组织心血管病风险图分档',
  track: 'clinical',
  edition: 'OWN',
  clause: '世界卫生组织心血管病风险图（2019）分档',
  certainty: 'from-knowledge',
  summary: '平台不计算世界卫生组织模型，因东亚校准参数未取得；只把人工从官方风险图查得的百分数分为五档。',
  parameters: [whoBands, plausibleRanges],
  file: 'src/clinical/cardiovascular-risk/band-who-risk.ts',
  pendingSignOff: '取得官方东亚风险图后再决定是否计算；来源登记缺此条目',
  decide: bandWhoRisk,
  cases: [
    ...limits.map(([chartPercent, value]) => ({
      title: `${chartPercent}%：${value}`,
      given: { chartPercent },
      expect: { value },
    })),
    { title: '没有查图：不下结论', given: {}, expect: { missing: ['风险图查得的百分数'] } },
    {
      title: '101% 不合理',
      given: { chartPercent: 101 },
      expect: { missing: ['风险图查得的百分数（数值不合理）'] },
    },
  ],
});
