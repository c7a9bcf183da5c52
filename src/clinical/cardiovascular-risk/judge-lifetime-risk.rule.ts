import { defineRule } from '../rule-definition.ts';
import { lifetimeLimits, plausibleRanges } from './china-par-parameters.ts';
import { judgeLifetimeRisk, type LifetimeRiskFacts } from './judge-lifetime-risk.ts';

/** One factor, smoking, and everything else just below its limit. */
const smoker: LifetimeRiskFacts = {
  ageYears: 45,
  category: 'moderate',
  sbp: 159,
  dbp: 99,
  totalCholesterol: 6.19,
  hdl: 1,
  bmi: 27.9,
  smoker: true,
};

const judged = (title: string, more: LifetimeRiskFacts, value: string) => ({
  title,
  given: { ...smoker, ...more },
  expect: { value },
});

export const judgeLifetimeRiskRule = defineRule<LifetimeRiskFacts>({
  id: 'CVD-02',
  title: '余生心血管病风险',
  track: 'clinical',
  edition: 'LIPID-2023',
  clause: '中国血脂管理指南（2023年）余生高危',
  certainty: 'from-knowledge',
  summary:
    '终生风险公式未公开，不计算百分数。20–59岁且10年风险为低危或中危时，血压≥160/100、非高密度脂蛋白胆固醇≥5.2、高密度脂蛋白胆固醇<1.0、体质指数≥28、吸烟，有两项及以上为余生高危。',
  parameters: [lifetimeLimits, plausibleRanges],
  file: 'src/clinical/cardiovascular-risk/judge-lifetime-risk.ts',
  pendingSignOff: '待临床专家核对原文，并确认低危者与55–59岁也用此法',
  decide: judgeLifetimeRisk,
  cases: [
    judged('只有吸烟一项，其余刚低于界值：非高危', {}, 'not-high'),
    judged('收缩压 160', { sbp: 160 }, 'high'),
    judged('舒张压 100', { dbp: 100 }, 'high'),
    judged('收缩压、舒张压都高只算一项', { sbp: 170, dbp: 105, smoker: false }, 'not-high'),
    judged('非高密度脂蛋白胆固醇 5.2', { totalCholesterol: 6.2 }, 'high'),
    judged('高密度脂蛋白胆固醇 0.99', { totalCholesterol: 5, hdl: 0.99 }, 'high'),
    judged('体质指数 28', { bmi: 28 }, 'high'),
    judged('不吸烟', { bmi: 28, smoker: false }, 'not-high'),
    judged('低危者也判断', { category: 'low', bmi: 28 }, 'high'),
    judged('19岁不判断', { ageYears: 19 }, 'not-shown'),
    judged('20岁判断', { ageYears: 20 }, 'not-high'),
    judged('59岁判断', { ageYears: 59, bmi: 28 }, 'high'),
    judged('60岁不判断', { ageYears: 60, bmi: 28 }, 'not-shown'),
    judged('10年风险高危不判断', { category: 'high', bmi: 28 }, 'not-shown'),
    judged('已知两项，没有测血脂：高危', { bmi: 28, totalCholesterol: undefined, hdl: undefined }, 'high'),
    {
      title: '只知道吸烟，其余没有：不下结论',
      given: { ageYears: 45, category: 'moderate', smoker: true },
      expect: { missing: ['收缩压', '舒张压', '总胆固醇', '高密度脂蛋白胆固醇', '体质指数'] },
    },
    {
      title: '没有年龄和分层：不下结论',
      given: { smoker: true, bmi: 30 },
      expect: { missing: ['年龄', '10年风险分层'] },
    },
  ],
});
