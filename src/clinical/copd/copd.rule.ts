import { plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import {
  caseFinding,
  copdPsTable,
  copdSqTable,
  exacerbationLimits,
  groupLimits,
  oxygenLimits,
  spirometry,
  symptomLimits,
} from './copd-parameters.ts';
import {
  type CaseFindingFacts,
  type CopdPsFacts,
  type CopdSqFacts,
  findCopdCases,
  scoreCopdPs,
  scoreCopdSq,
} from './find-copd-cases.ts';
import { type BodeFacts, type CopdReferralFacts, findCopdReferral, scoreBode } from './find-copd-referral.ts';
import {
  type GroupFacts,
  gradeCopd,
  groupCopd,
  type SpirometryFacts,
  type SymptomFacts,
  weighSymptoms,
} from './grade-copd.ts';
import {
  type CopdCareFacts,
  type ExacerbationFacts,
  guideCopdCare,
  triageExacerbation,
} from './guide-copd-care.ts';

const base = {
  track: 'clinical',
  certainty: 'from-knowledge',
  pendingSignOff: '待呼吸专科核对原文',
} as const;

export const findCopdCasesRule = defineRule<CaseFindingFacts>({
  ...base,
  id: 'COPD-01',
  title: '慢阻肺病例发现',
  edition: 'COPD-JC-2018',
  clause: '慢阻肺基层诊疗指南 病例发现',
  certainty: 'found',
  summary:
    '35岁及以上有慢性呼吸症状、吸烟10包年以上、生物燃料或粉尘接触、家族史之一者做问卷：40岁起用COPD-SQ，35–39岁用COPD-PS。',
  parameters: [caseFinding, copdSqTable],
  file: 'src/clinical/copd/find-copd-cases.ts',
  decide: findCopdCases,
  cases: [
    {
      title: '52岁20包年咳嗽',
      given: { ageYears: 52, packYears: 20, chronicSymptoms: true },
      expect: { value: 'copd-sq' },
    },
    {
      title: '38岁生物燃料咳嗽',
      given: { ageYears: 38, biomassOrDust: true, chronicSymptoms: true },
      expect: { value: 'copd-ps' },
    },
    { title: '30岁吸烟无症状', given: { ageYears: 30, packYears: 5 }, expect: { value: 'none' } },
    {
      title: '34岁有症状：不到年龄',
      given: { ageYears: 34, chronicSymptoms: true },
      expect: { value: 'none' },
    },
    { title: '35岁10包年', given: { ageYears: 35, packYears: 10 }, expect: { value: 'copd-ps' } },
    { title: '50岁9包年无其他', given: { ageYears: 50, packYears: 9 }, expect: { value: 'none' } },
    { title: '没有年龄', given: { packYears: 20 }, expect: { missing: ['年龄'] } },
  ],
});

const sq = (
  ageYears: number,
  packYears: number,
  bmi: number,
  cough: boolean,
  dyspnoea: 0 | 1 | 2,
  biomass: boolean,
  familyHistory: boolean,
): CopdSqFacts => ({ ageYears, packYears, bmi, cough, dyspnoea, biomass, familyHistory });
export const scoreCopdSqRule = defineRule<CopdSqFacts>({
  ...base,
  id: 'COPD-02',
  title: '慢阻肺筛查问卷 COPD-SQ',
  edition: 'COPD-SQ-2013',
  clause: '各项分值与界值',
  pendingSignOff: '部分分值由公开系统归纳，待核对原文',
  summary: '七项0–29分，16分及以上做肺功能检查；适用40岁及以上，任何一项未答不计分。',
  parameters: [copdSqTable],
  file: 'src/clinical/copd/find-copd-cases.ts',
  decide: scoreCopdSq,
  cases: [
    ...(
      [
        [66, 30, 22, true, 1, false, false, 19],
        [45, 0, 26, false, 0, false, false, 1],
        [72, 0, 18, true, 2, true, true, 27],
        [66, 20, 22, true, 0, false, false, 16],
        [58, 16, 23.9, false, 1, true, false, 12],
        [71, 30, 17, true, 2, true, true, 29],
      ] as const
    ).map(([age, pack, bmi, cough, breath, biomass, family, score]) => ({
      title: `${age}岁 ${pack}包年：${score}分`,
      given: sq(age, pack, bmi, cough, breath, biomass, family),
      expect: { value: { score, positive: score >= 16 } },
    })),
    { title: '39岁：不适用', given: { ageYears: 39 }, expect: { value: { score: null } } },
    {
      title: '有一项未答',
      given: { ...sq(66, 30, 22, true, 1, false, false), familyHistory: undefined },
      expect: { missing: ['家族史'] },
    },
  ],
});

export const scoreCopdPsRule = defineRule<CopdPsFacts>({
  ...base,
  id: 'COPD-03',
  title: '慢阻肺人群筛查问卷 COPD-PS',
  edition: 'COPD-PS-2008',
  clause: '各项分值与界值',
  certainty: 'found',
  summary: '五项0–10分，5分及以上做肺功能检查；适用35岁及以上。',
  parameters: [copdPsTable],
  file: 'src/clinical/copd/find-copd-cases.ts',
  decide: scoreCopdPs,
  cases: [
    {
      title: '62岁吸烟，有时气促：5分',
      given: { ageYears: 62, smoked100: true, breathless: 1, sputum: 0, lessActive: 0 },
      expect: { value: { score: 5, positive: true } },
    },
    {
      title: '45岁不吸烟，有时气促：1分',
      given: { ageYears: 45, smoked100: false, breathless: 1, sputum: 0, lessActive: 0 },
      expect: { value: { score: 1, positive: false } },
    },
    {
      title: '40岁全无：0分',
      given: { ageYears: 40, smoked100: false, breathless: 0, sputum: 0, lessActive: 0 },
      expect: { value: { score: 0 } },
    },
    {
      title: '最重：10分',
      given: { ageYears: 70, smoked100: true, breathless: 2, sputum: 2, lessActive: 2 },
      expect: { value: { score: 10 } },
    },
    {
      title: '55岁不吸烟，2+1+1+1：5分',
      given: { ageYears: 55, smoked100: false, breathless: 2, sputum: 1, lessActive: 1 },
      expect: { value: { score: 5, positive: true } },
    },
    {
      title: '49岁同样：4分',
      given: { ageYears: 49, smoked100: false, breathless: 2, sputum: 1, lessActive: 1 },
      expect: { value: { score: 4, positive: false } },
    },
    {
      title: '没答咳痰',
      given: { ageYears: 55, smoked100: false, breathless: 2, lessActive: 1 },
      expect: { missing: ['咳痰'] },
    },
  ],
});

const fn = (ratio: number, fev1Percent: number): SpirometryFacts => ({
  ratio,
  fev1Percent,
  afterBronchodilator: true,
});
export const gradeCopdRule = defineRule<SpirometryFacts>({
  ...base,
  id: 'COPD-04',
  title: '慢阻肺诊断与气流受限分级',
  edition: 'GOLD-2023+',
  clause: 'GOLD 报告 诊断与分级',
  certainty: 'found',
  summary:
    '支气管舒张后FEV1/FVC低于0.70为气流受限；FEV1≥80%为1级，50–79为2级，30–49为3级，低于30为4级。比值0.60–0.80建议重复。',
  parameters: [spirometry],
  file: 'src/clinical/copd/grade-copd.ts',
  decide: gradeCopd,
  cases: [
    ...(
      [
        [0.65, 82, 1],
        [0.65, 80, 1],
        [0.65, 79.9, 2],
        [0.6, 55, 2],
        [0.6, 50, 2],
        [0.5, 49.9, 3],
        [0.5, 30, 3],
        [0.4, 29.9, 4],
      ] as const
    ).map(([ratio, fev, grade]) => ({
      title: `${ratio}/${fev}：${grade}级`,
      given: fn(ratio, fev),
      expect: { value: { result: 'copd', grade } },
    })),
    {
      title: '0.70/60：不是慢阻肺',
      given: fn(0.7, 60),
      expect: { value: { result: 'prism', grade: undefined } },
    },
    {
      title: '0.72/90：正常，重复',
      given: fn(0.72, 90),
      expect: { value: { result: 'normal', repeat: true } },
    },
    {
      title: '没有舒张试验',
      given: { ratio: 0.6, fev1Percent: 55 },
      expect: { missing: ['支气管舒张后测定'] },
    },
  ],
});

export const weighSymptomsRule = defineRule<SymptomFacts>({
  ...base,
  id: 'COPD-05',
  title: '慢阻肺症状评估',
  edition: 'GOLD-2023+',
  clause: 'GOLD 报告 症状评估',
  certainty: 'found',
  summary: 'mMRC≥2或CAT≥10为症状较多，两者不一致取较重；CAT升高2分及以上为加重；CAT未答全不计。',
  parameters: [symptomLimits],
  file: 'src/clinical/copd/grade-copd.ts',
  decide: weighSymptoms,
  cases: [
    {
      title: '3,2,1,3,1,0,2,1：13分',
      given: { catItems: [3, 2, 1, 3, 1, 0, 2, 1] },
      expect: { value: { cat: 13, high: true } },
    },
    { title: '全5：40分', given: { catItems: [5, 5, 5, 5, 5, 5, 5, 5] }, expect: { value: { cat: 40 } } },
    { title: '14→16：加重', given: { cat: 16, previousCat: 14 }, expect: { value: { worsened: true } } },
    { title: '14→15：不算', given: { cat: 15, previousCat: 14 }, expect: { value: { worsened: false } } },
    { title: 'CAT 9：较少', given: { cat: 9 }, expect: { value: { high: false } } },
    { title: 'mMRC2 CAT8：较多', given: { mmrc: 2, cat: 8 }, expect: { value: { high: true } } },
    {
      title: '只答七项',
      given: { catItems: [1, 1, 1, 1, 1, 1, 1] },
      expect: { missing: ['CAT（八项未答全）'] },
    },
  ],
});

const grp = (
  moderateExacerbations: number,
  hospitalExacerbations: number,
  mmrc?: number,
  cat?: number,
): GroupFacts => ({ moderateExacerbations, hospitalExacerbations, mmrc, cat });
export const groupCopdRule = defineRule<GroupFacts>({
  ...base,
  id: 'COPD-06',
  title: '慢阻肺综合评估分组',
  edition: 'GOLD-2023+',
  clause: 'GOLD 报告 综合评估与初始治疗',
  certainty: 'found',
  summary:
    '中度加重≥2次或住院≥1次为E组；否则症状较多为B组，较少为A组。A组一种支气管舒张剂，B、E组LABA+LAMA，E组嗜酸粒细胞≥300加吸入激素。',
  parameters: [groupLimits, symptomLimits],
  file: 'src/clinical/copd/grade-copd.ts',
  decide: groupCopd,
  cases: [
    { title: '0,0,mMRC1,CAT9：A', given: grp(0, 0, 1, 9), expect: { value: { group: 'A' } } },
    { title: '1,0,2,8：B', given: grp(1, 0, 2, 8), expect: { value: { group: 'B' } } },
    { title: '1,0,1,10：B', given: grp(1, 0, 1, 10), expect: { value: { group: 'B' } } },
    { title: '2,0：E', given: grp(2, 0), expect: { value: { group: 'E', start: 'LABA+LAMA' } } },
    { title: '0,1：E', given: grp(0, 1), expect: { value: { group: 'E' } } },
    {
      title: 'E组嗜酸300：加激素',
      given: { ...grp(2, 0), eosinophils: 300 },
      expect: { value: { start: 'LABA+LAMA+ICS' } },
    },
    {
      title: 'E组嗜酸299：不加',
      given: { ...grp(2, 0), eosinophils: 299 },
      expect: { value: { start: 'LABA+LAMA' } },
    },
    { title: '没有加重次数', given: { mmrc: 1 }, expect: { missing: ['中度加重次数', '加重住院次数'] } },
  ],
});

export const guideCopdCareRule = defineRule<CopdCareFacts>({
  ...base,
  id: 'COPD-07',
  title: '家庭氧疗与疫苗',
  edition: 'COPD-JC-2018',
  clause: '慢阻肺基层诊疗指南 氧疗、疫苗',
  summary:
    '氧分压≤55或血氧≤88%（三周内两次），或56–59/89%伴肺心病或红细胞压积>55%，长期家庭氧疗；流感疫苗每年一次。',
  parameters: [oxygenLimits],
  file: 'src/clinical/copd/guide-copd-care.ts',
  decide: guideCopdCare,
  cases: [
    {
      title: '氧分压54两次',
      given: { pao2: 54, confirmed: true },
      expect: { value: { longTermOxygen: true } },
    },
    {
      title: '氧分压58 压积57',
      given: { pao2: 58, haematocrit: 57 },
      expect: { value: { longTermOxygen: true } },
    },
    {
      title: '氧分压58 压积55',
      given: { pao2: 58, haematocrit: 55 },
      expect: { value: { longTermOxygen: false } },
    },
    { title: '血氧91%', given: { sao2: 91 }, expect: { value: { longTermOxygen: false } } },
    {
      title: '流感疫苗13个月前',
      given: { lastInfluenzaOn: plainDate('2024-12-05') },
      expect: { value: { influenzaDue: true, longTermOxygen: undefined } },
    },
    {
      title: '流感疫苗11个月前',
      given: { lastInfluenzaOn: plainDate('2025-02-05') },
      expect: { value: { influenzaDue: false } },
    },
  ],
});

export const triageExacerbationRule = defineRule<ExacerbationFacts>({
  ...base,
  id: 'COPD-08',
  title: '急性加重分级',
  edition: 'GOLD-2023+',
  clause: 'GOLD 报告 急性加重分级',
  pendingSignOff: '任一中度体征即算中度为平台默认，待呼吸专科确认',
  summary:
    '呼吸≥24、心率≥95、血氧<92%或较平时下降超过3个百分点为中度；呼吸>30、血氧<88%、意识改变、紫绀水肿、酸中毒为重度，其余轻度。',
  parameters: [exacerbationLimits],
  file: 'src/clinical/copd/guide-copd-care.ts',
  decide: triageExacerbation,
  cases: [
    {
      title: '呼吸20 心率88 血氧93（平时94）：轻度',
      given: { respiratoryRate: 20, heartRate: 88, spo2: 93, usualSpo2: 94 },
      expect: { value: 'mild' },
    },
    { title: '呼吸26 血氧91：中度', given: { respiratoryRate: 26, spo2: 91 }, expect: { value: 'moderate' } },
    { title: '呼吸24：中度', given: { respiratoryRate: 24, spo2: 95 }, expect: { value: 'moderate' } },
    {
      title: '血氧90 平时94：中度',
      given: { respiratoryRate: 20, spo2: 90, usualSpo2: 94 },
      expect: { value: 'moderate' },
    },
    {
      title: '血氧90 平时91：轻度（3%以内）',
      given: { respiratoryRate: 20, spo2: 90, usualSpo2: 91 },
      expect: { value: 'mild' },
    },
    { title: '血氧86 意识改变：重度', given: { spo2: 86, confusion: true }, expect: { value: 'severe' } },
    { title: '呼吸31：重度', given: { respiratoryRate: 31, spo2: 95 }, expect: { value: 'severe' } },
    { title: '没有血氧', given: { respiratoryRate: 20 }, expect: { missing: ['血氧饱和度'] } },
  ],
});

export const findCopdReferralRule = defineRule<CopdReferralFacts>({
  ...base,
  id: 'COPD-09',
  title: '慢阻肺转诊',
  edition: 'COPD-JC-2018',
  clause: '慢阻肺基层诊疗指南 转诊',
  summary:
    '重度加重急救；48小时无好转、咯血消瘦急转；规范治疗仍差、GOLD3–4级、下降快、需氧疗康复为稳定期转诊；初疑无肺功能或40岁以下转诊明确。',
  parameters: [caseFinding],
  file: 'src/clinical/copd/find-copd-referral.ts',
  decide: findCopdReferral,
  cases: [
    {
      title: 'GOLD4三联治疗',
      given: { goldGrade: 4, poorOnFullTherapy: true },
      expect: { value: { level: 'stable' } },
    },
    { title: '血氧86意识改变', given: { exacerbation: 'severe' }, expect: { value: { level: 'emergency' } } },
    { title: 'GOLD2稳定', given: { goldGrade: 2 }, expect: { value: { level: 'none' } } },
    { title: 'GOLD3', given: { goldGrade: 3 }, expect: { value: { level: 'stable' } } },
    {
      title: '第3天无好转',
      given: { exacerbation: 'moderate', noReliefHours: 72 },
      expect: { value: { level: 'acute' } },
    },
    {
      title: '47小时',
      given: { exacerbation: 'moderate', noReliefHours: 47 },
      expect: { value: { level: 'none' } },
    },
    {
      title: '初疑无肺功能',
      given: { newlySuspected: true, noSpirometer: true, ageYears: 60 },
      expect: { value: { level: 'new' } },
    },
  ],
});

export const scoreBodeRule = defineRule<BodeFacts>({
  ...base,
  id: 'COPD-11',
  title: 'BODE 指数',
  edition: 'GOLD-2023+',
  clause: 'BODE 指数',
  summary: '体质指数、FEV1、mMRC、六分钟步行合计0–10分，供参考。',
  parameters: [],
  file: 'src/clinical/copd/find-copd-referral.ts',
  decide: scoreBode,
  cases: [
    {
      title: '24、60、2、300：3分',
      given: { bmi: 24, fev1Percent: 60, mmrc: 2, walk: 300 },
      expect: { value: 3 },
    },
    {
      title: '20、30、4、140：10分',
      given: { bmi: 20, fev1Percent: 30, mmrc: 4, walk: 140 },
      expect: { value: 10 },
    },
    { title: '没有步行', given: { bmi: 24, fev1Percent: 60, mmrc: 2 }, expect: { missing: ['六分钟步行'] } },
  ],
});
