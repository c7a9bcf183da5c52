import { plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import { averageReadings, type SittingFacts } from './average-readings.ts';
import { type DiagnosisFacts, diagnoseHypertension } from './diagnose-hypertension.ts';
import {
  diagnosisLimits,
  diagnosisSeries,
  plausiblePressure,
  pressureGrades,
  readingAgreement,
  screeningMonths,
} from './diagnosis-parameters.ts';
import { gradePressure } from './grade-pressure.ts';
import { planPressureScreening, type ScreeningFacts } from './plan-pressure-screening.ts';
import { type PressureFormFacts, tellPressureForm } from './tell-pressure-form.ts';

const jc = '国家基层高血压防治管理指南 2025版';
const day = (text: string) => plainDate(text);
const sitting = (
  visit: SittingFacts['visit'],
  ...pairs: readonly (readonly [number, number])[]
): SittingFacts => ({ visit, readings: pairs.map(([sbp, dbp]) => ({ sbp, dbp })) });

export const averageReadingsRule = defineRule<SittingFacts>({
  id: 'HTN-01',
  title: '一次就诊的血压取值',
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: `${jc} §4.1.1`,
  certainty: 'found',
  summary:
    '间隔约1分钟测两次取平均；两次收缩压或舒张压相差超过10 mmHg 测第三次，取后两次平均。随访首读低于120/80不必再测。首诊测两臂，收缩压相差超过20 mmHg 提示，取较高一侧。腕式、指式、水银设备读数不用于诊断。',
  parameters: [readingAgreement, plausiblePressure],
  file: 'src/clinical/hypertension/average-readings.ts',
  decide: averageReadings,
  cases: [
    {
      title: '148/92、144/90 取 146/91',
      given: sitting('follow-up', [148, 92], [144, 90]),
      expect: { value: { next: 'done', sbp: 146, dbp: 91 } },
    },
    {
      title: '150/92、138/86 需第三次',
      given: sitting('follow-up', [150, 92], [138, 86]),
      expect: { value: { next: 'third-reading' } },
    },
    {
      title: '第三次 140/88 后取 139/87',
      given: sitting('follow-up', [150, 92], [138, 86], [140, 88]),
      expect: { value: { next: 'done', sbp: 139, dbp: 87 } },
    },
    {
      title: '相差正好10 不需第三次',
      given: sitting('follow-up', [150, 90], [140, 88]),
      expect: { value: { next: 'done', sbp: 145 } },
    },
    {
      title: '随访 116/74 一次即可',
      given: sitting('follow-up', [116, 74]),
      expect: { value: { next: 'done' } },
    },
    {
      title: '随访 116/84 需第二次',
      given: sitting('follow-up', [116, 84]),
      expect: { value: { next: 'second-reading' } },
    },
    {
      title: '首诊右150左128：提示并取右臂',
      given: {
        visit: 'first',
        readings: [
          { sbp: 150, dbp: 92, arm: 'right' },
          { sbp: 128, dbp: 84, arm: 'left' },
        ],
      },
      expect: { value: { armsDiffer: true, sbp: 150 }, reasons: ['arms-differ'] },
    },
    {
      title: '两臂相差正好20 不提示',
      given: {
        visit: 'first',
        readings: [
          { sbp: 150, dbp: 92, arm: 'right' },
          { sbp: 130, dbp: 84, arm: 'left' },
        ],
      },
      expect: { value: { armsDiffer: false } },
    },
    {
      title: '腕式设备：存下但不用于诊断',
      given: { ...sitting('follow-up', [116, 74]), device: 'wrist' },
      expect: { value: { usableForDiagnosis: false } },
    },
    {
      title: '收缩压 1300：不合理',
      given: sitting('first', [1300, 80]),
      expect: { missing: ['血压读数（数值不合理）'] },
    },
    {
      title: '脉压不足10：不合理',
      given: sitting('first', [100, 95]),
      expect: { missing: ['血压读数（数值不合理）'] },
    },
    { title: '没有读数', given: sitting('first'), expect: { missing: ['血压读数'] } },
  ],
});

export const gradePressureRule = defineRule<{ sbp?: number; dbp?: number }>({
  id: 'HTN-02',
  title: '血压水平分级',
  track: 'clinical',
  edition: 'HTN-CN-2018',
  clause: '中国高血压防治指南 血压水平分类',
  certainty: 'from-knowledge',
  pendingSignOff: '待临床专家核对原文',
  summary:
    '正常 <120/80，正常高值 120–139 或 80–89，1级 140–159 或 90–99，2级 160–179 或 100–109，3级 ≥180 或 ≥110，取较高者；收缩压≥140而舒张压<90为单纯收缩期，收缩压<140而舒张压≥90为单纯舒张期。',
  parameters: [pressureGrades, diagnosisLimits],
  file: 'src/clinical/hypertension/grade-pressure.ts',
  decide: gradePressure,
  cases: [
    ...(
      [
        [118, 76, 'normal', undefined],
        [119, 79, 'normal', undefined],
        [120, 79, 'high-normal', undefined],
        [119, 80, 'high-normal', undefined],
        [128, 78, 'high-normal', undefined],
        [135, 85, 'high-normal', undefined],
        [139, 89, 'high-normal', undefined],
        [138, 92, 'grade-1', 'diastolic'],
        [140, 89, 'grade-1', 'systolic'],
        [150, 88, 'grade-1', 'systolic'],
        [159, 99, 'grade-1', undefined],
        [160, 99, 'grade-2', undefined],
        [162, 98, 'grade-2', undefined],
        [159, 100, 'grade-2', undefined],
        [179, 109, 'grade-2', undefined],
        [180, 100, 'grade-3', undefined],
        [150, 110, 'grade-3', undefined],
        [150, 112, 'grade-3', undefined],
      ] as const
    ).map(([sbp, dbp, category, isolated]) => ({
      title: `${sbp}/${dbp}`,
      given: { sbp, dbp },
      expect: { value: { category, isolated } },
    })),
    { title: '没有舒张压', given: { sbp: 150 }, expect: { missing: ['舒张压'] } },
  ],
});

const office = (...list: readonly (readonly [string, number, number])[]): DiagnosisFacts => ({
  office: list.map(([on, sbp, dbp]) => ({ on: day(on), sbp, dbp })),
});
const once = (sbp: number, dbp: number, more: Partial<DiagnosisFacts> = {}): DiagnosisFacts => ({
  ...office(['2026-01-05', sbp, dbp]),
  ...more,
});

export const diagnoseHypertensionRule = defineRule<DiagnosisFacts>({
  id: 'HTN-03',
  title: '高血压诊断',
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: `${jc} §4.2`,
  certainty: 'found',
  summary:
    '4周内3个不同日诊室血压≥140/90，或家庭自测均值≥135/85（至少3天12次），或动态血压24小时≥130/80、白天≥135/85、夜间≥120/70 之一，可以确诊。首诊≥180/110 休息复测仍高当日确诊，有急性症状立即转诊；160–179/100–109 复测仍高且不能等待的，由医生写明理由当日确诊。其余复测。',
  parameters: [diagnosisLimits, diagnosisSeries],
  file: 'src/clinical/hypertension/diagnose-hypertension.ts',
  decide: diagnoseHypertension,
  cases: [
    {
      title: '第0、9、20天三次高：确诊',
      given: office(['2026-01-01', 146, 88], ['2026-01-10', 142, 92], ['2026-01-21', 150, 86]),
      expect: { value: 'confirmed-office' },
    },
    {
      title: '第0、14、28天：确诊（28天含）',
      given: office(['2026-01-01', 146, 88], ['2026-01-15', 142, 92], ['2026-01-29', 150, 86]),
      expect: { value: 'confirmed-office' },
    },
    {
      title: '第0、20、40天：超出4周，复测',
      given: office(['2026-01-01', 146, 88], ['2026-01-21', 142, 92], ['2026-02-10', 150, 86]),
      expect: { value: 'suspected-repeat' },
    },
    {
      title: '家庭7天28次 136/82：确诊',
      given: once(132, 84, { home: { days: 7, readings: 28, sbp: 136, dbp: 82 } }),
      expect: { value: 'confirmed-home' },
    },
    {
      title: '家庭3天12次 136/82：确诊',
      given: once(132, 84, { home: { days: 3, readings: 12, sbp: 136, dbp: 82 } }),
      expect: { value: 'confirmed-home' },
    },
    {
      title: '家庭3天10次：次数不足',
      given: once(132, 84, { home: { days: 3, readings: 10, sbp: 140, dbp: 90 } }),
      expect: { value: 'insufficient-home' },
    },
    {
      title: '家庭均值 134/84：未达到',
      given: once(132, 84, { home: { days: 7, readings: 28, sbp: 134, dbp: 84 } }),
      expect: { value: 'not-met' },
    },
    {
      title: '仅夜间动态 121/66：确诊',
      given: { ambulatory: { night: { sbp: 121, dbp: 66 } } },
      expect: { value: 'confirmed-ambulatory' },
    },
    {
      title: '夜间动态 119/69：未达到',
      given: { ambulatory: { night: { sbp: 119, dbp: 69 } } },
      expect: { value: 'not-met' },
    },
    {
      title: '186/104 未复测：休息后复测',
      given: once(186, 104, { acuteSymptoms: false }),
      expect: { value: 'repeat-after-rest' },
    },
    { title: '186/104 没问症状：先问', given: once(186, 104), expect: { missing: ['有无急性症状'] } },
    {
      title: '三次高都在同一天：不能确诊',
      given: office(['2026-01-05', 146, 88], ['2026-01-05', 150, 92], ['2026-01-05', 148, 90]),
      expect: { value: 'suspected-repeat' },
    },
    {
      title: '家庭次数不足不掩盖三个不同日诊室高值',
      given: {
        ...office(['2026-01-01', 146, 88], ['2026-01-10', 142, 92], ['2026-01-21', 150, 86]),
        home: { days: 3, readings: 10, sbp: 140, dbp: 90 },
      },
      expect: { value: 'confirmed-office' },
    },
    {
      title: '已服药者 190/120 伴急性症状：仍先转诊',
      given: once(190, 120, { knownHypertension: true, onTreatment: true, acuteSymptoms: true }),
      expect: { value: 'refer-now' },
    },
    {
      title: '诱因未排除：再复测',
      given: once(186, 104, {
        acuteSymptoms: false,
        triggersExcluded: false,
        repeatAfterRest: { sbp: 184, dbp: 102 },
      }),
      expect: { value: 'repeat-after-rest' },
    },
    {
      title: '疑白大衣：诊室外测量',
      given: once(146, 92, { uncertain: true }),
      expect: { value: 'need-out-of-office' },
    },
    { title: '动态血压一项也没有：缺血压', given: { ambulatory: {} }, expect: { missing: ['血压'] } },
    {
      title: '家庭3天12次：最低次数',
      given: once(132, 84, { home: { days: 3, readings: 12, sbp: 135, dbp: 82 } }),
      expect: { value: 'confirmed-home', reasons: ['home-fallback'] },
    },
    {
      title: '家庭7天28次：标准次数',
      given: once(132, 84, { home: { days: 7, readings: 28, sbp: 134, dbp: 85 } }),
      expect: { value: 'confirmed-home', reasons: ['home-standard'] },
    },
    {
      title: '复测 184/102：当日确诊',
      given: once(186, 104, { acuteSymptoms: false, repeatAfterRest: { sbp: 184, dbp: 102 } }),
      expect: { value: 'confirmed-same-day' },
    },
    {
      title: '复测 172/98：另日复测',
      given: once(186, 104, { acuteSymptoms: false, repeatAfterRest: { sbp: 172, dbp: 98 } }),
      expect: { value: 'suspected-repeat' },
    },
    {
      title: '186/104 伴呕吐：立即转诊',
      given: once(186, 104, { acuteSymptoms: true }),
      expect: { value: 'refer-now' },
    },
    {
      title: '166/102 复测 164/100，家远不能再来：当日确诊',
      given: once(166, 102, { repeatAfterRest: { sbp: 164, dbp: 100 }, cannotWaitReason: '住地60公里外' }),
      expect: { value: 'confirmed-same-day' },
    },
    {
      title: '同样数值可以再来：另日复测',
      given: once(166, 102, { repeatAfterRest: { sbp: 164, dbp: 100 } }),
      expect: { value: 'suspected-repeat' },
    },
    {
      title: '152/94 不能再来：仍须复测',
      given: once(152, 94, { cannotWaitReason: '不能再来' }),
      expect: { value: 'suspected-repeat' },
    },
    { title: '138/88：未达到', given: once(138, 88), expect: { value: 'not-met' } },
    {
      title: '已确诊并服药 132/80',
      given: once(132, 80, { knownHypertension: true, onTreatment: true }),
      expect: { value: 'confirmed-treated' },
    },
    { title: '没有任何血压', given: {}, expect: { missing: ['血压'] } },
  ],
});

export const tellPressureFormRule = defineRule<PressureFormFacts>({
  id: 'HTN-04',
  title: '白大衣、隐蔽与单纯性高血压',
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: `${jc} §4.2.2、§5.4.7`,
  certainty: 'found',
  pendingSignOff: '治疗中两栏据2024版指南，待核对',
  summary:
    '诊室高家庭不高为白大衣高血压，改善生活方式、6个月复测；诊室不高家庭高为隐蔽性高血压，须用药。正在治疗时分别为白大衣效应和隐蔽未控制。单纯舒张期高血压心血管风险高才用药。',
  parameters: [diagnosisLimits],
  file: 'src/clinical/hypertension/tell-pressure-form.ts',
  decide: tellPressureForm,
  cases: [
    {
      title: '未治 148/90，家庭 128/80：白大衣',
      given: { office: { sbp: 148, dbp: 90 }, home: { sbp: 128, dbp: 80 }, treated: false },
      expect: { value: { form: 'white-coat', advice: 'lifestyle-6-months' } },
    },
    {
      title: '未治 132/82，家庭 140/86：隐蔽性，用药',
      given: { office: { sbp: 132, dbp: 82 }, home: { sbp: 140, dbp: 86 }, treated: false },
      expect: { value: { form: 'masked', advice: 'lifestyle-and-drugs' } },
    },
    {
      title: '治疗中 136/84，家庭 142/88：隐蔽未控制',
      given: { office: { sbp: 136, dbp: 84 }, home: { sbp: 142, dbp: 88 }, treated: true },
      expect: { value: { form: 'masked-uncontrolled', advice: 'intensify' } },
    },
    {
      title: '治疗中 148/90，家庭 128/80：白大衣效应',
      given: { office: { sbp: 148, dbp: 90 }, home: { sbp: 128, dbp: 80 }, treated: true },
      expect: { value: { form: 'white-coat-effect' } },
    },
    {
      title: '136/92 风险不高：生活方式',
      given: { office: { sbp: 136, dbp: 92 }, highRisk: false },
      expect: { value: { form: 'isolated-diastolic', advice: 'lifestyle-6-months' } },
    },
    {
      title: '136/92 伴糖尿病：用药',
      given: { office: { sbp: 136, dbp: 92 }, highRisk: true },
      expect: { value: { form: 'isolated-diastolic', advice: 'lifestyle-and-drugs' } },
    },
    {
      title: '150/84：单纯收缩期',
      given: { office: { sbp: 150, dbp: 84 } },
      expect: { value: { form: 'isolated-systolic' } },
    },
    {
      title: '136/92 风险未知：不下结论',
      given: { office: { sbp: 136, dbp: 92 } },
      expect: { missing: ['心血管风险'] },
    },
    { title: '没有诊室血压', given: { home: { sbp: 140, dbp: 86 } }, expect: { missing: ['诊室血压'] } },
  ],
});

const screen = (ageYears: number, last: string, more: Partial<ScreeningFacts> = {}): ScreeningFacts => ({
  ageYears,
  lastMeasuredOn: day(last),
  sbp: 112,
  dbp: 70,
  ...more,
});

export const planPressureScreeningRule = defineRule<ScreeningFacts>({
  id: 'HTN-05',
  title: '未患高血压者的测压间隔',
  track: 'both',
  edition: 'HTN-JC-2025',
  clause: `${jc} §9`,
  certainty: 'found',
  summary:
    '正常高值，或有家族史、超重肥胖、高盐、过量饮酒、年龄超过55岁、围绝经期之一，每6个月测一次；否则每年一次。公卫高危名单（130/85、55岁起）另列，不与指南合并。',
  parameters: [screeningMonths, pressureGrades],
  file: 'src/clinical/hypertension/plan-pressure-screening.ts',
  decide: planPressureScreening,
  cases: [
    { title: '36岁，13个月前测：应测', given: screen(36, '2024-12-05'), expect: { value: { isDue: true } } },
    {
      title: '40岁 BMI 25，7个月前：应测',
      given: screen(40, '2025-06-05', { bmi: 25 }),
      expect: { value: { isDue: true }, reasons: ['bmi'] },
    },
    {
      title: '30岁无危险因素，11个月前：未到',
      given: screen(30, '2025-02-05'),
      expect: { value: { isDue: false } },
    },
    {
      title: '44岁 124/78，7个月前：应测，公卫高危否',
      given: screen(44, '2025-06-05', { sbp: 124, dbp: 78 }),
      expect: { value: { isDue: true, publicHealthHighRisk: false }, reasons: ['high-normal'] },
    },
    {
      title: '55岁无危险因素，7个月前：指南未到，公卫高危',
      given: screen(55, '2025-06-05'),
      expect: { value: { isDue: false, publicHealthHighRisk: true, publicHealthDueOn: '2025-12-05' } },
    },
    {
      title: '上次150/95未确诊：半年，不称正常高值',
      given: screen(40, '2025-06-05', { sbp: 150, dbp: 95 }),
      expect: { value: { isDue: true }, reasons: ['raised'] },
    },
    { title: '17岁：不适用', given: screen(17, '2024-06-05'), expect: { missing: ['年满18岁'] } },
    {
      title: '18岁：适用',
      given: screen(18, '2024-06-05'),
      expect: { value: { isDue: true } },
    },
    {
      title: '56岁，7个月前：应测',
      given: screen(56, '2025-06-05'),
      expect: { value: { isDue: true }, reasons: ['age'] },
    },
    { title: '正好12个月：应测', given: screen(30, '2025-01-05'), expect: { value: { isDue: true } } },
    {
      title: '没有上次测压日期',
      given: { ageYears: 40, sbp: 112, dbp: 70 },
      expect: { missing: ['上次测压日期'] },
    },
  ],
});
