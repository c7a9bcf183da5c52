import { defineRule } from '../rule-definition.ts';
import { countRiskFactors, type RiskFacts } from './count-risk-factors.ts';
import { gradeHypertensionRisk, type HypertensionRiskFacts } from './grade-hypertension-risk.ts';
import { riskFactorLimits, riskTable, riskTableFrom, targetOrganLimits } from './risk-parameters.ts';

const person = (more: Partial<RiskFacts>): RiskFacts => ({
  sex: 'male',
  ageYears: 50,
  conditions: [],
  ...more,
});

export const countRiskFactorsRule = defineRule<RiskFacts>({
  id: 'HTN-06',
  title: '心血管危险因素计数',
  track: 'clinical',
  edition: 'HTN-CN-2018',
  clause: '中国高血压防治指南 影响心血管预后的因素',
  certainty: 'from-knowledge',
  pendingSignOff: '待临床专家核对原文',
  summary:
    '年龄（男>55、女>65）、吸烟、糖代谢异常、血脂异常、早发家族史、腹型肥胖或肥胖、高同型半胱氨酸各计1个，血脂与肥胖各只计一次；另列靶器官损害、糖尿病与合并临床疾患。',
  parameters: [riskFactorLimits, targetOrganLimits],
  file: 'src/clinical/hypertension/count-risk-factors.ts',
  decide: countRiskFactors,
  cases: [
    {
      title: '男58吸烟 TC5.4 HDL0.9 腰围92：4个',
      given: person({ ageYears: 58, smoker: true, totalCholesterol: 5.4, hdl: 0.9, waistCm: 92 }),
      expect: { value: { riskFactors: 4 } },
    },
    {
      title: '女60，家族史，血脂正常，腰围80：1个',
      given: person({
        sex: 'female',
        ageYears: 60,
        smoker: false,
        totalCholesterol: 4.6,
        ldl: 2.6,
        hdl: 1.4,
        familyEarlyCvd: true,
        waistCm: 80,
      }),
      expect: { value: { riskFactors: 1 } },
    },
    {
      title: '女66 TC6.0 腰围86 BMI29：3个',
      given: person({ sex: 'female', ageYears: 66, totalCholesterol: 6, waistCm: 86, bmi: 29 }),
      expect: { value: { riskFactors: 3 } },
    },
    { title: '男55：年龄不计', given: person({ ageYears: 55 }), expect: { value: { riskFactors: 0 } } },
    { title: '男56：年龄计1', given: person({ ageYears: 56 }), expect: { value: { riskFactors: 1 } } },
    {
      title: '女65：不计；腰围84：不计',
      given: person({ sex: 'female', ageYears: 65, waistCm: 84 }),
      expect: { value: { riskFactors: 0 } },
    },
    {
      title: '女腰围85：计',
      given: person({ sex: 'female', ageYears: 60, waistCm: 85 }),
      expect: { value: { riskFactors: 1 } },
    },
    { title: '空腹6.1：计', given: person({ fpg: 6.1 }), expect: { value: { riskFactors: 1 } } },
    { title: '空腹6.0：不计', given: person({ fpg: 6 }), expect: { value: { riskFactors: 0 } } },
    {
      title: 'eGFR 59：靶器官损害',
      given: person({ egfr: 59 }),
      expect: { value: { organDamage: true, clinicalDisease: false } },
    },
    {
      title: 'eGFR 29：合并临床疾患',
      given: person({ egfr: 29 }),
      expect: { value: { clinicalDisease: true } },
    },
    {
      title: 'ACR 300：临床疾患',
      given: person({ acr: 300 }),
      expect: { value: { organDamage: false, clinicalDisease: true } },
    },
    {
      title: '女左室质量指数95：靶器官损害',
      given: person({ sex: 'female', lvMassIndex: 95 }),
      expect: { value: { organDamage: true } },
    },
    {
      title: '男左室质量指数114：不计',
      given: person({ lvMassIndex: 114 }),
      expect: { value: { organDamage: false } },
    },
    {
      title: '颈动脉内膜0.9：计',
      given: person({ carotidThickness: 0.9 }),
      expect: { value: { organDamage: true } },
    },
    {
      title: '颈动脉内膜0.8：不计',
      given: person({ carotidThickness: 0.8 }),
      expect: { value: { organDamage: false } },
    },
    {
      title: '颈股脉搏波12：计',
      given: person({ pulseWaveVelocity: 12 }),
      expect: { value: { organDamage: true } },
    },
    {
      title: '踝臂指数0.9：不计',
      given: person({ ankleBrachial: 0.9 }),
      expect: { value: { organDamage: false } },
    },
    {
      title: '踝臂指数0.89：计',
      given: person({ ankleBrachial: 0.89 }),
      expect: { value: { organDamage: true } },
    },
    {
      title: 'eGFR 30：靶器官损害',
      given: person({ egfr: 30 }),
      expect: { value: { organDamage: true, clinicalDisease: false } },
    },
    { title: 'eGFR 60：不计', given: person({ egfr: 60 }), expect: { value: { organDamage: false } } },
    { title: 'ACR 30：靶器官损害', given: person({ acr: 30 }), expect: { value: { organDamage: true } } },
    {
      title: '登记慢性肾脏病而无肾功能：按靶器官损害',
      given: { sex: 'male', ageYears: 50, conditions: ['chronic-kidney-disease'] },
      expect: { value: { organDamage: true, clinicalDisease: false } },
    },
    {
      title: '肾病综合征、视网膜病变、急性冠脉综合征各为临床疾患',
      given: {
        sex: 'male',
        ageYears: 50,
        conditions: ['nephrotic', 'retinopathy', 'acute-coronary-syndrome'],
      },
      expect: { value: { clinicalDisease: true }, reasons: ['clinical', 'kidney-disease', 'retinopathy'] },
    },
    {
      title: '未知项写明',
      given: person({}),
      expect: {
        value: {
          notKnown: ['吸烟', '血脂', '腰围或体质指数', '早发心血管病家族史', '血糖', '肾功能', '尿白蛋白'],
        },
      },
    },
    { title: '没有性别年龄', given: { conditions: [] }, expect: { missing: ['性别', '年龄'] } },
  ],
});

const none = { riskFactors: 0, organDamage: false, diabetes: false, clinicalDisease: false };
const at = (sbp: number, dbp: number, more: Partial<typeof none> = {}): HypertensionRiskFacts => ({
  sbp,
  dbp,
  modifiers: { ...none, ...more },
});

export const gradeHypertensionRiskRule = defineRule<HypertensionRiskFacts>({
  id: 'HTN-07',
  title: '高血压心血管风险分层',
  track: 'clinical',
  edition: 'HTN-CN-2018',
  clause: '中国高血压防治指南 心血管风险水平分层',
  certainty: 'from-knowledge',
  pendingSignOff: '待临床专家核对原文；2025版基层指南不据此决定用药',
  summary:
    '按血压级别与危险因素数、靶器官损害、糖尿病、合并临床疾患查表得低、中、中/高、高、高/很高、很高危。只用于分级标记，不用于决定是否用药。',
  parameters: [riskTable, riskTableFrom],
  file: 'src/clinical/hypertension/grade-hypertension-risk.ts',
  decide: gradeHypertensionRisk,
  cases: [
    { title: '1级无危险因素：低危', given: at(148, 88), expect: { value: 'low' } },
    { title: '1级2个：中危', given: at(148, 88, { riskFactors: 2 }), expect: { value: 'moderate' } },
    { title: '1级3个：高危', given: at(148, 88, { riskFactors: 3 }), expect: { value: 'high' } },
    { title: '2级无：中危', given: at(165, 95), expect: { value: 'moderate' } },
    { title: '2级1个：中/高危', given: at(165, 95, { riskFactors: 1 }), expect: { value: 'moderate-high' } },
    { title: '3级1个：很高危', given: at(182, 100, { riskFactors: 1 }), expect: { value: 'very-high' } },
    { title: '3级无：高危', given: at(182, 100), expect: { value: 'high' } },
    { title: '1级伴糖尿病：高危', given: at(148, 88, { diabetes: true }), expect: { value: 'high' } },
    {
      title: '1级既往脑卒中：很高危',
      given: at(148, 88, { clinicalDisease: true }),
      expect: { value: 'very-high' },
    },
    {
      title: '132/84 伴糖尿病：中/高危',
      given: at(132, 84, { diabetes: true }),
      expect: { value: 'moderate-high' },
    },
    {
      title: '2级伴慢性肾病4期：很高危',
      given: at(165, 95, { clinicalDisease: true }),
      expect: { value: 'very-high' },
    },
    { title: '129/84 不在表内', given: at(129, 84, { diabetes: true }), expect: { value: null } },
    { title: '没有危险因素计数', given: { sbp: 148, dbp: 88 }, expect: { missing: ['危险因素'] } },
  ],
});
