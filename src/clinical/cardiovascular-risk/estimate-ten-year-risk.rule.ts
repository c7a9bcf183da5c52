import { defineRule, type RuleCase } from '../rule-definition.ts';
import {
  chinaParRanges,
  cholesterolFactor,
  chosenCoefficients,
  derivationAges,
  idealPerson,
  pregnancyAges,
  printedCoefficients,
  reconstructedCoefficients,
  riskBands,
} from './china-par-parameters.ts';
import { estimateTenYearRisk, type TenYearRiskFacts } from './estimate-ten-year-risk.ts';

type Flag = 0 | 1;

type Profile = readonly [
  sex: 'M' | 'F',
  ageYears: number,
  region: 'N' | 'S',
  home: 'U' | 'R',
  waistCm: number,
  tc: number,
  hdl: number,
  unit: 'mmol/L' | 'mg/dL',
  sbp: number,
  treated: Flag,
  diabetes: Flag,
  smoker: Flag,
  family: Flag,
];

/** Facts of a profile; mg/dL become mmol/L by the paper's factor. */
export function factsOf(p: Profile): TenYearRiskFacts {
  const [sex, ageYears, region, home, waistCm, tc, hdl, unit, sbp, treated, diabetes, smoker, family] = p;
  const factor = unit === 'mg/dL' ? cholesterolFactor.rows[0].value : 1;
  return {
    sex: sex === 'M' ? 'male' : 'female',
    ageYears,
    north: region === 'N',
    urban: home === 'U',
    waistCm,
    totalCholesterol: tc * factor,
    hdl: hdl * factor,
    sbp,
    pressureTreated: treated === 1,
    smoker: smoker === 1,
    familyHistoryCvd: family === 1,
    pregnant: false,
    conditions: diabetes === 1 ? ['type-2-diabetes'] : [],
  };
}

/** The official site's results: profile, its percent, ours as shown and to two decimals, the category. */
export const officialVectors: readonly (readonly [
  Profile,
  official: number,
  shown: number,
  ours: number,
  'low' | 'moderate' | 'high',
])[] = [
  [['M', 40, 'N', 'U', 80, 5.2, 1.3, 'mmol/L', 145, 0, 0, 0, 1], 4.7, 4.7, 4.72, 'low'],
  [['M', 42, 'S', 'R', 65, 240, 100, 'mg/dL', 115, 0, 0, 0, 0], 0.6, 0.6, 0.64, 'low'],
  [['M', 59, 'N', 'R', 105, 150, 100, 'mg/dL', 145, 0, 0, 1, 1], 5.6, 5.6, 5.64, 'moderate'],
  [['M', 46, 'S', 'R', 90, 240, 125, 'mg/dL', 180, 0, 1, 1, 0], 8.7, 8.6, 8.65, 'moderate'],
  [['M', 52, 'S', 'U', 115, 120, 50, 'mg/dL', 180, 1, 0, 1, 0], 10.6, 10.6, 10.62, 'high'],
  [['M', 70, 'S', 'R', 110, 300, 30, 'mg/dL', 160, 1, 1, 1, 1], 24.1, 24.1, 24.15, 'high'],
  [['F', 38, 'N', 'R', 105, 90, 100, 'mg/dL', 135, 0, 1, 1, 0], 4.7, 4.7, 4.75, 'low'],
  [['F', 44, 'N', 'U', 75, 380, 30, 'mg/dL', 105, 1, 1, 0, 1], 2.7, 2.7, 2.67, 'low'],
  [['F', 45, 'N', 'R', 115, 240, 50, 'mg/dL', 135, 0, 1, 0, 1], 7.2, 7.3, 7.26, 'moderate'],
  [['F', 40, 'S', 'U', 95, 180, 75, 'mg/dL', 145, 1, 1, 1, 0], 7.0, 7.0, 7.01, 'moderate'],
  [['F', 40, 'N', 'R', 100, 300, 30, 'mg/dL', 160, 1, 1, 1, 1], 22.3, 22.3, 22.29, 'high'],
  [['F', 70, 'N', 'U', 100, 300, 30, 'mg/dL', 160, 1, 1, 1, 1], 51.7, 51.7, 51.65, 'high'],
];

/** Results of the reconstructed set alone; no official figure was seen. */
export const ownVectors: readonly (readonly [Profile, ours: number])[] = [
  [['M', 55, 'N', 'R', 92, 5.6, 1.0, 'mmol/L', 150, 1, 1, 1, 0], 28.4],
  [['F', 62, 'S', 'U', 84, 5.2, 1.4, 'mmol/L', 142, 1, 0, 0, 1], 5.87],
  [['M', 45, 'S', 'U', 85, 4.8, 1.2, 'mmol/L', 128, 0, 0, 0, 0], 1.43],
  [['F', 48, 'N', 'R', 78, 4.5, 1.5, 'mmol/L', 122, 0, 0, 0, 0], 2.07],
  [['M', 68, 'N', 'U', 95, 6.0, 0.9, 'mmol/L', 160, 0, 0, 1, 1], 18.2],
  [['F', 70, 'N', 'U', 90, 5.5, 1.1, 'mmol/L', 155, 1, 1, 0, 0], 28.03],
];

/** The paper's table 2 person (north, town, diabetes) by age: the paper's percent, ours. */
export const paperVectors: readonly (readonly [Profile, paper: number, ours: number])[] = (
  [
    ['M', 40, 2.2, 2.17],
    ['M', 50, 5.4, 5.3],
    ['M', 60, 11.0, 10.81],
    ['M', 70, 19.6, 19.3],
    ['F', 40, 2.4, 2.42],
    ['F', 50, 5.4, 5.39],
    ['F', 60, 10.1, 10.22],
    ['F', 70, 17.1, 17.24],
  ] as const
).map(([sex, age, paper, ours]) => [
  [sex, age, 'N', 'U', 80, 210, 55, 'mg/dL', 130, 0, 1, 0, 0],
  paper,
  ours,
]);

const categories = { low: '低危', moderate: '中危', high: '高危' } as const;

const titleOf = ([sex, age, region, home, waist, tc, hdl, unit, sbp, treated, dm, smoker, family]: Profile) =>
  `${age}岁${sex === 'M' ? '男' : '女'}${region === 'N' ? '北方' : '南方'}${home === 'U' ? '城市' : '农村'}，腰围${waist}，胆固醇${tc}/${hdl} ${unit}，收缩压${sbp}${treated ? '（服药）' : ''}${dm ? '，糖尿病' : ''}${smoker ? '，吸烟' : ''}${family ? '，家族史' : ''}`;

const man = factsOf(['M', 40, 'N', 'U', 80, 5.2, 1.3, 'mmol/L', 145, 0, 0, 0, 1]);
const woman = factsOf(['F', 48, 'N', 'R', 78, 4.5, 1.5, 'mmol/L', 122, 0, 0, 0, 0]);
const tenth = (percent: number) => Math.round(percent * 10) / 10;

const official: readonly RuleCase<TenYearRiskFacts>[] = officialVectors.map(
  ([p, site, percent, , category], i) => ({
    title: `官网例${i + 1}：${titleOf(p)}：官网${site}%，本公式${percent}%，${categories[category]}`,
    given: factsOf(p),
    expect: { value: { percent, category } },
  }),
);

export const estimateTenYearRiskRule = defineRule<TenYearRiskFacts>({
  id: 'CVD-01',
  title: 'China-PAR 10年心血管病风险',
  track: 'clinical',
  edition: 'CHINA-PAR-2016',
  clause: 'China-PAR 10年动脉粥样硬化性心血管病风险',
  certainty: 'computed',
  summary:
    '没有心血管病的20–85岁居民，按性别、年龄、地区、腰围、血脂、血压等用China-PAR公式估算10年风险：低于5%低危，5%–9.9%中危，10%及以上高危，先四舍五入到0.1再分档。默认用由官网结果反算的系数，论文所印系数不能重现官网、女性偏低，只供对照。已有心血管病者转二级预防；妊娠、缺项或超出范围不算。',
  parameters: [
    reconstructedCoefficients,
    printedCoefficients,
    chosenCoefficients,
    cholesterolFactor,
    chinaParRanges,
    derivationAges,
    pregnancyAges,
    riskBands,
    idealPerson,
  ],
  file: 'src/clinical/cardiovascular-risk/estimate-ten-year-risk.ts',
  pendingSignOff: '反算系数待模型作者或临床专家确认；先取整再分档为平台约定',
  decide: estimateTenYearRisk,
  cases: [
    ...official,
    ...ownVectors.map(([p, ours]) => ({
      title: `${titleOf(p)}：${ours}%`,
      given: factsOf(p),
      expect: { value: { percent: tenth(ours) } },
    })),
    ...paperVectors.map(([p, paper, ours]) => ({
      title: `论文表2：${titleOf(p)}：论文${paper}%，本公式${ours}%`,
      given: factsOf(p),
      expect: { value: { percent: tenth(ours) } },
    })),
    {
      title: '官网例1的理想对照：1.1%',
      given: man,
      expect: { value: { idealPercent: 1.1, model: 'china-par-2016-recon-1', extrapolated: false } },
    },
    {
      title: '论文所印系数，论文表2的60岁女性：6.9%，低于论文的10.1%',
      given: {
        ...factsOf(['F', 60, 'N', 'U', 80, 210, 55, 'mg/dL', 130, 0, 1, 0, 0]),
        coefficients: 'printed',
      },
      expect: { value: { percent: 6.9, model: 'china-par-2016-printed' } },
    },
    {
      title: '论文所印系数，论文表2的60岁男性：11.9%，高于论文的11.0%',
      given: {
        ...factsOf(['M', 60, 'N', 'U', 80, 210, 55, 'mg/dL', 130, 0, 1, 0, 0]),
        coefficients: 'printed',
      },
      expect: { value: { percent: 11.9 } },
    },
    ...(
      [
        [20, true],
        [34, true],
        [35, false],
        [74, false],
        [75, true],
        [85, true],
      ] as const
    ).map(([ageYears, extrapolated]) => ({
      title: `${ageYears}岁：${extrapolated ? '外推值' : '在建模年龄内'}`,
      given: { ...man, ageYears },
      expect: { value: { extrapolated } },
    })),
    ...[19, 86].map((ageYears) => ({
      title: `${ageYears}岁：不适用`,
      given: { ...man, ageYears },
      expect: { missing: ['年龄（超出公式范围）'] },
    })),
    {
      title: '各项刚好在范围上限：可以算',
      given: { ...man, waistCm: 130, totalCholesterol: 11, hdl: 4, sbp: 200 },
      expect: { value: { path: 'primary-prevention' } },
    },
    {
      title: '各项刚好在范围下限：可以算',
      given: { ...man, waistCm: 50, totalCholesterol: 2, hdl: 0.5, sbp: 70 },
      expect: { value: { path: 'primary-prevention' } },
    },
    {
      title: '各项都超出上限：不算',
      given: { ...man, waistCm: 131, totalCholesterol: 11.1, hdl: 4.1, sbp: 201 },
      expect: {
        missing: [
          '腰围（超出公式范围）',
          '总胆固醇（超出公式范围）',
          '高密度脂蛋白胆固醇（超出公式范围）',
          '收缩压（超出公式范围）',
        ],
      },
    },
    {
      title: '已有冠心病：转二级预防，不给百分数',
      given: { conditions: ['coronary-heart-disease'] },
      expect: { value: { path: 'secondary-prevention' }, reasons: ['prior-event'] },
    },
    {
      title: '妊娠：不适用',
      given: { ...woman, pregnant: true },
      expect: { missing: ['妊娠（公式不适用）'] },
    },
    {
      title: '48岁女性没有问妊娠：不算',
      given: { ...woman, pregnant: undefined },
      expect: { missing: ['是否妊娠'] },
    },
    {
      title: '55岁女性没有问妊娠：不算',
      given: { ...woman, ageYears: 55, pregnant: undefined },
      expect: { missing: ['是否妊娠'] },
    },
    {
      title: '56岁女性不必问妊娠',
      given: { ...woman, ageYears: 56, pregnant: undefined },
      expect: { value: { path: 'primary-prevention' } },
    },
    {
      title: '女性不必问城乡与家族史',
      given: { ...woman, urban: undefined, familyHistoryCvd: undefined },
      expect: { value: { percent: 2.1, category: 'low' } },
    },
    {
      title: '男性没有问家族史：不算，不当作没有',
      given: { ...man, familyHistoryCvd: undefined },
      expect: { missing: ['心血管病家族史'] },
    },
    {
      title: '什么都没有：不算',
      given: {},
      expect: {
        missing: [
          '性别',
          '年龄',
          '腰围',
          '总胆固醇',
          '高密度脂蛋白胆固醇',
          '收缩压',
          '居住地（长江以北或以南）',
          '城乡',
          '是否服用降压药',
          '是否吸烟',
          '心血管病家族史',
          '病史',
        ],
      },
    },
  ],
});
