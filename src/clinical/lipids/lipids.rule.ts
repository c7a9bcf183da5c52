import { defineRule } from '../rule-definition.ts';
import {
  type AscvdFacts,
  judgeLipidDiet,
  judgeLipidGoal,
  judgeLipids,
  type LipidDietFacts,
  type LipidFacts,
  stratifyAscvd,
} from './judge-lipids.ts';
import { ascvdTable, dietLimits, lipidBands, lipidTargets } from './lipid-parameters.ts';

const base = {
  track: 'clinical',
  edition: 'LIPID-2023',
  certainty: 'from-knowledge',
  pendingSignOff: '待临床专家核对原文',
  file: 'src/clinical/lipids/judge-lipids.ts',
} as const;

export const judgeLipidsRule = defineRule<LipidFacts>({
  ...base,
  id: 'LIP-01',
  title: '血脂水平分层',
  clause: '一级预防低危人群血脂合适水平',
  summary:
    '低密度脂蛋白<2.6理想、<3.4合适、3.4–<4.1边缘、≥4.1升高；总胆固醇5.2、6.2；甘油三酯1.7、2.3（≥5.6警惕胰腺炎）；高密度脂蛋白<1.0偏低；非高密度脂蛋白3.4、4.1、4.9。',
  parameters: [lipidBands],
  decide: judgeLipids,
  cases: [
    { title: '低密度3.3：合适', given: { ldl: 3.3 }, expect: { value: { ldl: 'suitable' } } },
    { title: '3.4：边缘', given: { ldl: 3.4 }, expect: { value: { ldl: 'borderline' } } },
    { title: '4.1：升高', given: { ldl: 4.1 }, expect: { value: { ldl: 'high' } } },
    { title: '2.5：理想', given: { ldl: 2.5 }, expect: { value: { ldl: 'ideal' } } },
    {
      title: '甘油三酯6.0：升高并警惕胰腺炎',
      given: { triglycerides: 6 },
      expect: { value: { triglycerides: 'high', pancreatitisRisk: true } },
    },
    { title: '5.5：不警惕', given: { triglycerides: 5.5 }, expect: { value: { pancreatitisRisk: false } } },
    { title: '高密度0.95：偏低', given: { hdl: 0.95 }, expect: { value: { hdlLow: true } } },
    { title: '高密度1.0：不低', given: { hdl: 1 }, expect: { value: { hdlLow: false } } },
    {
      title: '总5.6高1.2：非高密度4.4边缘',
      given: { totalCholesterol: 5.6, hdl: 1.2 },
      expect: { value: { nonHdl: 'borderline' } },
    },
    { title: '没有血脂', given: {}, expect: { missing: ['血脂'] } },
  ],
});

const a = (more: Partial<AscvdFacts>): AscvdFacts => ({
  sex: 'male',
  ageYears: 40,
  smoker: false,
  hypertension: false,
  conditions: [],
  ...more,
});
export const stratifyAscvdRule = defineRule<AscvdFacts>({
  ...base,
  id: 'LIP-02',
  title: '动脉粥样硬化性心血管病风险分层',
  clause: '风险评估流程图',
  summary:
    '有动脉粥样硬化性心血管病为极高危，两次严重事件或一次加两个高危因素为超高危；胆固醇很高、40岁以上糖尿病、慢性肾病为高危；其余按危险因素数、高血压、胆固醇档查表。',
  parameters: [ascvdTable],
  decide: stratifyAscvd,
  cases: [
    { title: '心梗+脑卒中：超高危', given: a({ severeEvents: 2 }), expect: { value: 'extreme' } },
    {
      title: '一次心梗+吸烟+糖尿病：超高危',
      given: a({ severeEvents: 1, smoker: true, conditions: ['type-2-diabetes'] }),
      expect: { value: 'extreme' },
    },
    { title: '仅陈旧心梗：极高危', given: a({ severeEvents: 1 }), expect: { value: 'very-high' } },
    { title: '低密度5.0：高危', given: a({ ldl: 5 }), expect: { value: 'high' } },
    {
      title: '糖尿病45岁低密度3.0：高危',
      given: a({ ageYears: 45, ldl: 3, conditions: ['type-2-diabetes'] }),
      expect: { value: 'high' },
    },
    {
      title: '高血压2个 低密度2.7：高危',
      given: a({ hypertension: true, smoker: true, hdl: 0.9, ldl: 2.7 }),
      expect: { value: 'high' },
    },
    {
      title: '高血压1个 低密度2.0：低危',
      given: a({ hypertension: true, smoker: true, ldl: 2 }),
      expect: { value: 'low' },
    },
    {
      title: '高血压0个 低密度4.0：低危',
      given: a({ hypertension: true, ldl: 4 }),
      expect: { value: 'low' },
    },
    {
      title: '无高血压3个 2.8：中危',
      given: a({ ageYears: 50, smoker: true, hdl: 0.9, ldl: 2.8 }),
      expect: { value: 'moderate' },
    },
    {
      title: '2个 总5.6：中危',
      given: a({ smoker: true, hdl: 0.9, totalCholesterol: 5.6 }),
      expect: { value: 'moderate' },
    },
    { title: '1个 总5.6：低危', given: a({ smoker: true, totalCholesterol: 5.6 }), expect: { value: 'low' } },
    {
      title: '高血压3个 总3.5：高危',
      given: a({ hypertension: true, ageYears: 50, smoker: true, hdl: 0.9, totalCholesterol: 3.5 }),
      expect: { value: 'high' },
    },
    { title: '没有血脂', given: a({}), expect: { missing: ['血脂'] } },
  ],
});

export const judgeLipidGoalRule = defineRule<Parameters<typeof judgeLipidGoal>[0]>({
  ...base,
  id: 'LIP-03',
  title: '降脂目标',
  clause: '降脂目标',
  certainty: 'found',
  summary: '超高危低于1.4、极高危低于1.8（均降50%以上），高危中危低于2.6，低危低于3.4。',
  parameters: [lipidTargets],
  decide: judgeLipidGoal,
  cases: [
    {
      title: '极高危 3.6→2.2：未达标',
      given: { risk: 'very-high', ldl: 2.2, baselineLdl: 3.6 },
      expect: { value: { state: 'not-at-goal' } },
    },
    {
      title: '中危2.7：未达标',
      given: { risk: 'moderate', ldl: 2.7 },
      expect: { value: { state: 'not-at-goal' } },
    },
    {
      title: '中危2.5：达标',
      given: { risk: 'moderate', ldl: 2.5 },
      expect: { value: { state: 'at-goal' } },
    },
    {
      title: '超高危 2.0→1.3：数值达标降幅不足',
      given: { risk: 'extreme', ldl: 1.3, baselineLdl: 2 },
      expect: { value: { state: 'partial' } },
    },
    {
      title: '低危3.4：未达标',
      given: { risk: 'low', ldl: 3.4 },
      expect: { value: { state: 'not-at-goal' } },
    },
    { title: '没有分层', given: { ldl: 2 }, expect: { missing: ['风险分层'] } },
  ],
});

export const judgeLipidDietRule = defineRule<LipidDietFacts>({
  ...base,
  id: 'LIP-04',
  title: '血脂膳食',
  edition: 'DIET-LIPID-2023',
  clause: '成人高脂血症食养指南',
  certainty: 'found',
  summary: '饱和脂肪供能不超过10%，胆固醇低于300毫克，油不超过25克，膳食纤维25克以上。',
  parameters: [dietLimits],
  decide: judgeLipidDiet,
  cases: [
    {
      title: '2000千卡饱和脂肪25克：超',
      given: { energyKcal: 2000, saturatedGrams: 25 },
      expect: { value: ['saturated'] },
    },
    { title: '22克：不超', given: { energyKcal: 2000, saturatedGrams: 22 }, expect: { value: [] } },
    { title: '油30克：超', given: { oilGrams: 30 }, expect: { value: ['oil'] } },
    { title: '胆固醇350：超', given: { cholesterolMg: 350 }, expect: { value: ['cholesterol'] } },
    { title: '纤维27克：够', given: { fibreGrams: 27 }, expect: { value: [] } },
    { title: '纤维24克：少', given: { fibreGrams: 24 }, expect: { value: ['fibre'] } },
  ],
});
