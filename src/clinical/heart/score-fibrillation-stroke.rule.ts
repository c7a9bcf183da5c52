import type { Condition, Sex } from '../conditions.ts';
import { defineRule } from '../rule-definition.ts';
import { anticoagulationLimits, fibrillationScore, heartRanges } from './heart-parameters.ts';
import { type FibrillationFacts, scoreFibrillationStroke } from './score-fibrillation-stroke.ts';

const person = (ageYears: number, sex: Sex, ...more: Condition[]): FibrillationFacts => ({
  ageYears,
  sex,
  conditions: ['atrial-fibrillation', ...more],
});

const scored = (title: string, given: FibrillationFacts, value: Readonly<Record<string, unknown>>) => ({
  title,
  given,
  expect: { value },
});

export const scoreFibrillationStrokeRule = defineRule<FibrillationFacts>({
  id: 'AF-01',
  title: '房颤卒中评分与抗凝提示',
  track: 'clinical',
  edition: 'AF-CN-2023',
  clause: 'CHA₂DS₂-VASc 与 CHA₂DS₂-VASc-60',
  certainty: 'from-knowledge',
  summary:
    '心衰、高血压、糖尿病、血管疾病、女性各1分，卒中或短暂性脑缺血发作2分；年龄原版65–74岁1分、75岁及以上2分，60岁版60–64岁1分、65岁及以上2分。男≥2、女≥3推荐口服抗凝，男1、女2可考虑。两版并列，由医生决定。',
  parameters: [fibrillationScore, anticoagulationLimits, heartRanges],
  file: 'src/clinical/heart/score-fibrillation-stroke.ts',
  pendingSignOff: '待临床专家核对原文：血管疾病含哪些、机械瓣与中重度二尖瓣狭窄不适用',
  decide: scoreFibrillationStroke,
  cases: [
    scored('68岁男，高血压、糖尿病：3分', person(68, 'male', 'hypertension', 'type-2-diabetes'), {
      score: 3,
      advice: 'recommend',
    }),
    scored(
      '78岁女，心衰、高血压、卒中：7分',
      person(78, 'female', 'heart-failure', 'hypertension', 'ischaemic-stroke'),
      { score: 7, advice: 'recommend' },
    ),
    scored('62岁男：原版0分，60岁版1分', person(62, 'male'), {
      score: 0,
      advice: 'none',
      score60: 1,
      advice60: 'consider',
    }),
    scored('66岁女，高血压：60岁版4分', person(66, 'female', 'hypertension'), {
      score60: 4,
      advice60: 'recommend',
    }),
    scored('59岁男：都是0分', person(59, 'male'), { score: 0, score60: 0 }),
    scored('60岁男：60岁版1分', person(60, 'male'), { score: 0, score60: 1 }),
    scored('64岁男：60岁版1分', person(64, 'male'), { score: 0, score60: 1 }),
    scored('65岁男：1分与2分', person(65, 'male'), {
      score: 1,
      advice: 'consider',
      score60: 2,
      advice60: 'recommend',
    }),
    scored('74岁男：1分与2分', person(74, 'male'), { score: 1, score60: 2 }),
    scored('75岁男：2分与2分', person(75, 'male'), { score: 2, advice: 'recommend', score60: 2 }),
    scored('50岁女：1分，暂不需', person(50, 'female'), { score: 1, advice: 'none' }),
    scored('50岁女，高血压：2分，可考虑', person(50, 'female', 'hypertension'), {
      score: 2,
      advice: 'consider',
    }),
    scored('50岁女，高血压、糖尿病：3分，推荐', person(50, 'female', 'hypertension', 'type-2-diabetes'), {
      score: 3,
      advice: 'recommend',
    }),
    scored('50岁男，短暂性脑缺血发作：2分', person(50, 'male', 'tia'), { score: 2, advice: 'recommend' }),
    scored(
      '50岁男，心梗又有外周动脉疾病：只算1分',
      person(50, 'male', 'myocardial-infarction', 'peripheral-artery-disease'),
      { score: 1, advice: 'consider' },
    ),
    scored(
      '50岁男，心力衰竭两种编码：只算1分',
      person(50, 'male', 'heart-failure', 'heart-failure-reduced'),
      {
        score: 1,
      },
    ),
    {
      title: '没有房颤诊断：不下结论',
      given: { ...person(68, 'male'), conditions: ['hypertension'] },
      expect: { missing: ['心房颤动诊断'] },
    },
    { title: '什么都没有：不下结论', given: {}, expect: { missing: ['年龄', '性别', '病史'] } },
  ],
});
