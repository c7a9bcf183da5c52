import { defineRule } from '../rule-definition.ts';
import type { CheckupFacts } from './checkup-facts.ts';
import {
  farBeyondRange,
  recheckTimes,
  referenceIntervals,
  saturationLimits,
  vaccineAge,
} from './checkup-parameters.ts';
import { compareWithReference, type LaboratoryValues } from './compare-with-reference.ts';
import { reviewCheckup } from './review-checkup.ts';

interface LaboratoryGiven {
  readonly values: LaboratoryValues;
  readonly sex?: 'male' | 'female';
}
const outside = (item: string, name: string, side: 'low' | 'high', ratio: number) => [
  { item, name, side, ratio },
];
const judged = (
  title: string,
  given: LaboratoryGiven,
  value: readonly unknown[],
  reasons: string[] = [],
) => ({
  title,
  given,
  expect: { value, reasons },
});

export const compareWithReferenceRule = defineRule<LaboratoryGiven>({
  id: 'CHK-01',
  title: '检验结果与参考区间',
  track: 'clinical',
  edition: 'WST404-405',
  clause: '临床常用生化、血细胞分析参考区间；血红蛋白下限按贫血诊断标准',
  certainty: 'from-knowledge',
  pendingSignOff: '参考区间待与本县检验科核对',
  summary: '按性别与参考区间比较，两端含；没查的项目不作判断。检验单自带区间的以检验单为准。',
  parameters: [referenceIntervals],
  file: 'src/clinical/checkup/compare-with-reference.ts',
  decide: compareWithReference,
  cases: [
    judged('男血红蛋白120：正常', { values: { hb: 120 }, sex: 'male' }, []),
    judged(
      '男血红蛋白119：偏低',
      { values: { hb: 119 }, sex: 'male' },
      outside('hb', '血红蛋白', 'low', 119 / 120),
      ['hb-low'],
    ),
    judged('女血红蛋白110：正常', { values: { hb: 110 }, sex: 'female' }, []),
    judged(
      '女血红蛋白109：偏低',
      { values: { hb: 109 }, sex: 'female' },
      outside('hb', '血红蛋白', 'low', 109 / 110),
      ['hb-low'],
    ),
    judged('男谷丙转氨酶50：正常', { values: { alt: 50 }, sex: 'male' }, []),
    judged(
      '女谷丙转氨酶41：偏高',
      { values: { alt: 41 }, sex: 'female' },
      outside('alt', '谷丙转氨酶', 'high', 41 / 40),
      ['alt-high'],
    ),
    judged('血钾5.3：正常', { values: { potassium: 5.3 }, sex: 'male' }, []),
    judged(
      '血钾3.4：偏低',
      { values: { potassium: 3.4 }, sex: 'male' },
      outside('potassium', '血钾', 'low', 3.4 / 3.5),
      ['potassium-low'],
    ),
    { title: '没有检验', given: { values: {} }, expect: { missing: ['检验结果'] } },
    { title: '没有性别', given: { values: { hb: 100 } }, expect: { missing: ['性别'] } },
  ],
});

const facts = (more: Partial<CheckupFacts>): CheckupFacts => ({
  sex: 'male',
  ageYears: 60,
  known: [],
  laboratory: {},
  urinePositive: [],
  abnormalExaminations: [],
  ...more,
});

export const reviewCheckupRule = defineRule<CheckupFacts>({
  id: 'CHK-02',
  title: '体检异常到结论、指导与任务',
  track: 'both',
  edition: 'OWN',
  clause: '平台默认：当日、2周、4周、3个月；高血压疑似按4周内另选日复测',
  certainty: 'own-default',
  pendingSignOff: '复查与转诊期限待县级专家组确认',
  summary:
    '血压、血糖、血脂、体重、肾功能用各病种规则判断，检验按参考区间，检查按医生所见；已知患者判为控制不满意，其余判为待确诊。每条给出理由、依据、健康指导和期限，由医生采纳或修改。',
  parameters: [recheckTimes, saturationLimits, vaccineAge, farBeyondRange],
  file: 'src/clinical/checkup/review-checkup.ts',
  decide: reviewCheckup,
  cases: [
    {
      title: '血压139/89：正常高值',
      given: facts({ sbp: 139, dbp: 89 }),
      expect: { value: { codes: ['pressure-high-normal'] } },
    },
    {
      title: '血压140/89：待确诊',
      given: facts({ sbp: 140, dbp: 89 }),
      expect: { value: { codes: ['pressure-raised'] } },
    },
    {
      title: '高血压患者140/89：控制不满意',
      given: facts({ sbp: 140, dbp: 89, known: ['hypertension'] }),
      expect: { value: { codes: ['pressure-not-controlled'] } },
    },
    {
      title: '血压180/90：当日转诊',
      given: facts({ sbp: 180, dbp: 90 }),
      expect: { value: { codes: ['pressure-crisis'] } },
    },
    { title: '空腹血糖6.0：无', given: facts({ fpg: 6 }), expect: { value: { codes: [] } } },
    {
      title: '空腹血糖6.1：受损',
      given: facts({ fpg: 6.1 }),
      expect: { value: { codes: ['fasting-glucose-impaired'] } },
    },
    {
      title: '空腹血糖7.0：待确诊',
      given: facts({ fpg: 7 }),
      expect: { value: { codes: ['glucose-raised'] } },
    },
    {
      title: '糖尿病患者6.9：满意',
      given: facts({ fpg: 6.9, known: ['type-2-diabetes'] }),
      expect: { value: { codes: [] } },
    },
    {
      title: '糖尿病患者7.0：不满意',
      given: facts({ fpg: 7, known: ['type-2-diabetes'] }),
      expect: { value: { codes: ['glucose-not-controlled'] } },
    },
    {
      title: '空腹血糖16.7：危急',
      given: facts({ fpg: 16.7 }),
      expect: { value: { codes: ['glucose-crisis'] } },
    },
    { title: '血氧95：无', given: facts({ spo2: 95 }), expect: { value: { codes: [] } } },
    { title: '血氧94：复测', given: facts({ spo2: 94 }), expect: { value: { codes: ['spo2-low'] } } },
    {
      title: '体质指数24、170厘米：减到69.0',
      given: facts({ bmi: 24, heightCm: 170 }),
      expect: { value: { codes: ['overweight'], targetWeight: 69 } },
    },
    {
      title: '65岁：建议接种疫苗',
      given: facts({ ageYears: 65 }),
      expect: { value: { riskControl: [{ code: '6' }] } },
    },
    { title: '64岁：不提疫苗', given: facts({ ageYears: 64 }), expect: { value: { riskControl: [] } } },
    {
      title: '谷丙转氨酶149：复查',
      given: facts({ laboratory: { alt: 149 } }),
      expect: { value: { findings: [{ level: 'abnormal' }] } },
    },
    {
      title: '谷丙转氨酶150，3倍：转诊',
      given: facts({ laboratory: { alt: 150 } }),
      expect: { value: { findings: [{ level: 'urgent' }] } },
    },
    { title: '什么都没查：没有结论', given: facts({}), expect: { value: { codes: [], riskControl: [] } } },
  ],
});
