import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const jc2025 = { from: plainDate('2025-01-01'), source: 'DM-JC-2025', certainty: 'found' as const };
const jc2022 = { from: plainDate('2022-03-01'), source: 'DM-JC-2022', certainty: 'from-knowledge' as const };
const cn2020 = { from: plainDate('2021-04-01'), source: 'DM-CN-2020', certainty: 'from-knowledge' as const };

export const screeningLimits = parameter({
  id: 'DM-01.limits',
  label: '糖尿病筛查：起始年龄、阳性血糖（空腹、随机）、风险评分、体质指数、腰围、血脂',
  rows: [
    {
      ...jc2025,
      value: {
        fromAge: 35,
        fpg: 5.6,
        random: 7.8,
        riskScore: 25,
        bmi: 24,
        waist: { male: 90, female: 85 },
        hdlBelow: 0.9,
        triglyceridesAbove: 2.22,
        repeatYears: 3,
      },
      clause: '国家基层糖尿病防治管理指南 2025 筛查',
    },
  ],
});

export const riskScoreTable = parameter({
  id: 'DM-02.table',
  label: '中国糖尿病风险评分表（下限与分值）',
  rows: [
    {
      from: plainDate('2021-04-01'),
      source: 'DM-CN-2020',
      certainty: 'computed',
      clause: '中国2型糖尿病防治指南 中国糖尿病风险评分表',
      value: {
        ages: { from: 20, below: 75 },
        age: [
          [20, 0],
          [25, 4],
          [35, 8],
          [40, 11],
          [45, 12],
          [50, 13],
          [55, 15],
          [60, 16],
          [65, 18],
        ],
        sbp: [
          [0, 0],
          [110, 1],
          [120, 3],
          [130, 6],
          [140, 7],
          [150, 8],
          [160, 10],
        ],
        bmi: [
          [0, 0],
          [22, 1],
          [24, 3],
          [30, 5],
        ],
        waist: {
          male: [
            [0, 0],
            [75, 3],
            [80, 5],
            [85, 7],
            [90, 8],
            [95, 10],
          ],
          female: [
            [0, 0],
            [70, 3],
            [75, 5],
            [80, 7],
            [85, 8],
            [90, 10],
          ],
        },
        family: 6,
        male: 2,
        cutOff: 25,
      } as const,
    },
  ],
});

export const diagnosisGlucose = parameter({
  id: 'DM-03.limits',
  label: '诊断界值：空腹、负荷后2小时、糖化、随机；糖尿病前期下限；需做负荷试验的空腹',
  rows: [
    {
      ...jc2022,
      certainty: 'found',
      value: {
        fpg: 7,
        twoHour: 11.1,
        hba1c: 6.5,
        random: 11.1,
        impairedFasting: 6.1,
        impairedTolerance: 7.8,
        hba1cRisk: 5.7,
        screenPositive: 5.6,
      },
      clause: '国家基层糖尿病防治管理指南 诊断标准（静脉血浆）',
    },
  ],
});

export const typingLimits = parameter({
  id: 'DM-04.limits',
  label: '需分型转诊：年龄、低体重时的年龄与体质指数',
  rows: [{ ...jc2022, value: { ageBelow: 18, youngBelow: 30, bmiBelow: 20 }, clause: '糖尿病分型线索' }],
});

export const compositeTargets = parameter({
  id: 'DM-05.targets',
  label:
    '综合控制目标：糖化、毛细血管血糖（空腹、非空腹）、血压（一般、年长或重症冠心病）、总胆固醇、低密度脂蛋白（一般、高危、有动脉粥样硬化病）、高密度脂蛋白、甘油三酯、体质指数',
  rows: [
    {
      ...cn2020,
      value: {
        hba1c: 7,
        pressure: { sbp: 130, dbp: 80 },
        pressureOlder: { sbp: 140, dbp: 90 },
        fasting: { from: 4.4, to: 7 },
        afterMealBelow: 10,
        totalCholesterol: 4.5,
        ldl: 2.6,
        ldlHighRisk: 1.8,
        ldlWithDisease: 1.4,
        hdlAbove: { male: 1, female: 1.3 },
        triglycerides: 1.7,
        bmi: 24,
      },
      clause: '中国2型糖尿病防治指南 综合控制目标；血脂据中国血脂管理指南2023',
    },
  ],
});

export const hba1cGoals = parameter({
  id: 'DM-06.goals',
  label: '个体化糖化目标：较严、一般、较松；较严的年龄与病程；不自动收紧的年龄',
  rows: [
    {
      ...jc2022,
      certainty: 'found',
      value: { strict: 6.5, usual: 7, loose: 8, strictAgeBelow: 50, strictYearsBelow: 5, olderFrom: 65 },
      clause: '国家基层糖尿病防治管理指南 2022 表6；较严的年龄与病程为平台默认',
    },
  ],
});

export const olderGoals = parameter({
  id: 'DM-07.goals',
  label: '老年糖化与空腹血糖目标：按健康状况，是否用易低血糖药物（下限、上限）',
  rows: [
    {
      from: plainDate('2022-01-01'),
      source: 'DM-OLDER-2024',
      certainty: 'from-knowledge',
      value: {
        good: {
          safe: 7.5,
          risky: { floor: 7, below: 7.5 },
          fasting: { safe: { from: 5, to: 7.2 }, risky: { from: 5, to: 8.3 } },
        },
        intermediate: {
          safe: 8,
          risky: { floor: 7.5, below: 8 },
          fasting: { safe: { from: 5, to: 8.3 }, risky: { from: 5.6, to: 8.3 } },
        },
        poor: {
          safe: 8.5,
          risky: { floor: 8, below: 8.5 },
          fasting: { safe: { from: 5.6, to: 10 }, risky: { from: 5.6, to: 10 } },
        },
      },
      clause: '老年糖尿病诊疗指南 血糖控制目标',
    },
  ],
});

export const glucoseSteps = parameter({
  id: 'DM-08.steps',
  label:
    '降糖药分步：考虑胰岛素的糖化与空腹血糖（须有症状）、每步观察月数、起始可两药的糖化、钠糖共转运蛋白2抑制剂可新启用的滤过率、达标后复评月数',
  rows: [
    {
      ...jc2022,
      value: {
        insulin: { hba1c: 9, fpg: 11.1 },
        months: 3,
        dualFrom: 7.5,
        sglt2From: 20,
        recheckMonths: { notAtGoal: 3, atGoal: 6 },
      },
      clause: '国家基层糖尿病防治管理指南 2022 药物治疗路径',
    },
  ],
});

export const metforminLimits = parameter({
  id: 'DM-09.metformin',
  label: '二甲双胍与肾功能（国内说明书口径）：足量、减量、禁用的滤过率与减量上限',
  rows: [
    {
      ...jc2022,
      value: { fullFrom: 60, reducedFrom: 45, reducedMaxMg: 1500, maxMg: 2550, altTimes: 3 },
      clause: '二甲双胍说明书；国家基层糖尿病防治管理指南 2022',
    },
  ],
});

/** The other preset, off unless a county's pharmacist chooses it. */
export const metforminKdigo = parameter({
  id: 'DM-09.metformin-kdigo',
  label: '二甲双胍与肾功能（国际指南口径，默认不用）：足量、减量、禁用的滤过率与减量上限',
  rows: [
    {
      ...jc2022,
      from: plainDate('2024-03-01'),
      source: 'KDIGO-CKD-2024',
      value: { fullFrom: 45, reducedFrom: 30, reducedMaxMg: 1000, maxMg: 2550, altTimes: 3 },
      clause: 'KDIGO 糖尿病肾病指南',
    },
  ],
});

export interface RenalStep {
  readonly from: number;
  readonly advice: string;
  readonly allowed: boolean;
}

const insulinSteps: readonly RenalStep[] = [
  { from: 0, advice: '剂量约减一半，按血糖调整', allowed: true },
  { from: 10, advice: '剂量约减四分之一，按血糖调整', allowed: true },
  { from: 50, advice: '按血糖调整', allowed: true },
];

export const renalDoses = parameter<Readonly<Record<string, readonly RenalStep[]>>>({
  id: 'DM-10.doses',
  label: '其他降糖药的肾功能用法（滤过率下限起）',
  rows: [
    {
      ...jc2022,
      clause: '各药说明书；待药师确认',
      value: {
        sitagliptin: [
          { from: 0, advice: '25毫克/天', allowed: true },
          { from: 30, advice: '50毫克/天', allowed: true },
          { from: 45, advice: '100毫克/天', allowed: true },
        ],
        saxagliptin: [
          { from: 0, advice: '2.5毫克/天', allowed: true },
          { from: 45, advice: '5毫克/天', allowed: true },
        ],
        vildagliptin: [
          { from: 0, advice: '50毫克每日一次', allowed: true },
          { from: 50, advice: '50毫克每日两次', allowed: true },
        ],
        alogliptin: [
          { from: 0, advice: '6.25毫克/天', allowed: true },
          { from: 30, advice: '12.5毫克/天', allowed: true },
          { from: 60, advice: '25毫克/天', allowed: true },
        ],
        linagliptin: [{ from: 0, advice: '5毫克/天，不需调整', allowed: true }],
        glimepiride: [
          { from: 0, advice: '避免', allowed: false },
          { from: 45, advice: '从1毫克起', allowed: true },
          { from: 60, advice: '常规剂量', allowed: true },
        ],
        gliclazide: [
          { from: 0, advice: '避免', allowed: false },
          { from: 30, advice: '减量', allowed: true },
          { from: 45, advice: '常规剂量', allowed: true },
        ],
        glipizide: [
          { from: 0, advice: '避免', allowed: false },
          { from: 30, advice: '慎用', allowed: true },
        ],
        gliquidone: [
          { from: 0, advice: '避免', allowed: false },
          { from: 30, advice: '可用', allowed: true },
        ],
        glibenclamide: [
          { from: 0, advice: '避免', allowed: false },
          { from: 60, advice: '65岁及以上避免', allowed: true },
        ],
        repaglinide: [
          { from: 0, advice: '从0.5毫克起', allowed: true },
          { from: 30, advice: '常规剂量', allowed: true },
        ],
        acarbose: [
          { from: 0, advice: '不用', allowed: false },
          { from: 30, advice: '常规剂量', allowed: true },
        ],
        voglibose: [
          { from: 0, advice: '不用', allowed: false },
          { from: 30, advice: '常规剂量', allowed: true },
        ],
        nateglinide: [
          { from: 0, advice: '避免', allowed: false },
          { from: 30, advice: '常规剂量', allowed: true },
        ],
        pioglitazone: [{ from: 0, advice: '不需调整，注意水肿', allowed: true }],
        henagliflozin: [
          { from: 0, advice: '不新启用', allowed: false },
          { from: 30, advice: '5毫克/天', allowed: true },
        ],
        liraglutide: [
          { from: 0, advice: '避免', allowed: false },
          { from: 15, advice: '常规剂量', allowed: true },
        ],
        dulaglutide: [
          { from: 0, advice: '避免', allowed: false },
          { from: 15, advice: '常规剂量', allowed: true },
        ],
        semaglutide: [
          { from: 0, advice: '避免', allowed: false },
          { from: 15, advice: '常规剂量', allowed: true },
        ],
        exenatide: [
          { from: 0, advice: '避免', allowed: false },
          { from: 30, advice: '常规剂量', allowed: true },
        ],
        'insulin-human-regular': insulinSteps,
        'insulin-aspart': insulinSteps,
        'insulin-nph': insulinSteps,
        'human-premix-30-70': insulinSteps,
        'aspart-30': insulinSteps,
        'insulin-glargine': insulinSteps,
        'insulin-detemir': insulinSteps,
        'insulin-degludec': insulinSteps,
        dapagliflozin: [
          { from: 0, advice: '不新启用', allowed: false },
          { from: 25, advice: '10毫克/天，降糖作用减弱', allowed: true },
          { from: 45, advice: '10毫克/天', allowed: true },
        ],
        empagliflozin: [
          { from: 0, advice: '不新启用', allowed: false },
          { from: 20, advice: '10毫克/天，降糖作用减弱', allowed: true },
          { from: 45, advice: '10毫克/天', allowed: true },
        ],
        canagliflozin: [
          { from: 0, advice: '不新启用', allowed: false },
          { from: 30, advice: '100毫克/天，降糖作用减弱', allowed: true },
          { from: 45, advice: '100毫克/天', allowed: true },
        ],
      },
    },
  ],
});

export const hypoglycaemiaLimits = parameter({
  id: 'DM-11.levels',
  label: '低血糖分级：1级、2级（低于）；非糖尿病者（低于）；复评所需一周次数',
  unit: 'mmol/L',
  rows: [
    {
      ...jc2022,
      value: { level1: 3.9, level2: 3, withoutDiabetes: 2.8, reviewTimes: 2 },
      clause: '低血糖分级与处理',
    },
  ],
});

export const monitoringMonths = parameter({
  id: 'DM-12.monitoring',
  label:
    '糖化复查月数：未达标或调药、达标；动态血糖目标（普通、老年高危；低于3.0、高于10.0的时间，变异系数）；各方案自测频次',
  rows: [
    {
      ...jc2022,
      value: {
        notAtGoal: 3,
        atGoal: 6,
        usual: { inRangeAbove: 70, belowUnder: 4 },
        older: { inRangeAbove: 50, belowUnder: 1 },
        veryLowUnder: 1,
        aboveUnder: 25,
        variationUpTo: 36,
        selfTests: {
          lifestyle: '按需要自测',
          oral: '每周2–4次，空腹与餐后2小时',
          basal: '调整期间每天测空腹',
          premix: '每天测空腹与晚餐前',
          'basal-bolus': '每天测空腹、餐后与睡前',
        },
      },
      clause: '血糖监测',
    },
  ],
});

export const referralGlucose = parameter({
  id: 'DM-13.limits',
  label:
    '糖尿病转诊界值：血酮、尿酮阳性时的血糖、pH、渗透压、高血糖、高渗、年龄、肾功能、未达标月数、一周低血糖次数',
  rows: [
    {
      ...jc2022,
      value: {
        ketone: 3,
        ketoGlucose: 13.9,
        phBelow: 7.3,
        osmolality: 320,
        hyperosmolarGlucose: 33.3,
        symptomaticGlucose: 16.7,
        ageBelow: 18,
        egfrBelow: 30,
        monthsNotAtGoal: 3,
        weeklyHypoglycaemia: 2,
      },
      clause: '国家基层糖尿病防治管理指南 2022 转诊',
    },
  ],
});

export const screeningItems = [
  'retina',
  'acr',
  'kidney',
  'neuropathy',
  'foot',
  'ecg',
  'lipids',
  'hba1c',
  'artery',
  'dental',
  'mood',
  'cognition',
] as const;
export type ScreeningItem = (typeof screeningItems)[number];

export const complicationScreening = parameter<
  Readonly<
    Record<ScreeningItem, { readonly months: number; readonly label: string; readonly fromAge?: number }>
  >
>({
  id: 'DM-14.schedule',
  label: '并发症筛查周期（确诊时即做）',
  unit: '月',
  rows: [
    {
      ...cn2020,
      clause: '中国2型糖尿病防治指南 并发症筛查',
      value: {
        retina: { months: 12, label: '眼底' },
        acr: { months: 12, label: '尿白蛋白肌酐比' },
        kidney: { months: 12, label: '肾功能（血肌酐、滤过率）' },
        neuropathy: { months: 12, label: '周围神经' },
        foot: { months: 12, label: '足部全面检查' },
        ecg: { months: 12, label: '心电图' },
        lipids: { months: 12, label: '血脂、肝功能、尿酸' },
        hba1c: { months: 6, label: '糖化血红蛋白' },
        artery: { months: 12, label: '踝臂指数', fromAge: 50 },
        dental: { months: 12, label: '口腔' },
        mood: { months: 12, label: '抑郁与糖尿病痛苦' },
        cognition: { months: 12, label: '认知', fromAge: 65 },
      },
    },
  ],
});

export const retinopathyMonths = parameter({
  id: 'DM-15.months',
  label: '视网膜病变分期的复查月数（从、至）；妊娠期每3个月',
  rows: [
    {
      ...cn2020,
      value: {
        none: { from: 12, to: 12 },
        mild: { from: 6, to: 12 },
        moderate: { from: 3, to: 6 },
        severe: { from: 3, to: 3 },
        pregnant: 3,
      },
      clause: '糖尿病视网膜病变随访',
    },
  ],
});

export const kidneyDisease = parameter({
  id: 'DM-16.limits',
  label:
    '糖尿病肾病：白蛋白尿下限、大量白蛋白尿（高于）、滤过率、肾衰竭、所需阳性次数、持续月数（超过）、异常后复查月数',
  rows: [
    {
      ...cn2020,
      value: {
        acr: 30,
        acrHighAbove: 300,
        egfrBelow: 60,
        failureBelow: 15,
        positives: 2,
        monthsAbove: 3,
        recheckMonths: { from: 3, to: 6 },
      },
      clause: '糖尿病肾脏病诊断',
    },
  ],
});

export const footRiskMonths = parameter({
  id: 'DM-17.months',
  label: '足病风险0–3级的复查月数（至多）',
  unit: '月',
  rows: [{ ...cn2020, value: { 0: 12, 1: 12, 2: 6, 3: 3 }, clause: '糖尿病足风险分级与随访' }],
});

export const insulinDoses = parameter({
  id: 'DM-19.doses',
  label: '胰岛素：基础、预混每公斤起始单位；按空腹血糖的调整；每公斤超过多少仍高即强化或转诊',
  rows: [
    {
      ...jc2022,
      value: {
        perKg: { low: 0.1, high: 0.2 },
        premixPerKg: { low: 0.2, high: 0.4 },
        intensifyAbovePerKg: 0.5,
        adjust: [
          { below: 3.9, units: -4 },
          { below: 4.4, units: -2 },
          { below: 7.05, units: 0 },
          { below: 10.05, units: 2 },
          { below: 100, units: 4 },
        ],
      },
      clause: '胰岛素起始与调整（须医生确认）',
    },
  ],
});

export const ketoneLimits = parameter({
  id: 'DM-20.limits',
  label: '病中处理：查酮体的血糖、观察、当日就诊、急诊的血酮；钠糖共转运蛋白抑制剂使用者的血酮',
  rows: [
    {
      ...jc2022,
      value: { glucoseAbove: 13.9, watch: 0.6, doctor: 1.6, emergencyAbove: 3, sglt2: 1.5 },
      clause: '糖尿病酮症酸中毒与病中管理',
    },
  ],
});

export const diabetesParameters = [
  screeningLimits,
  riskScoreTable,
  diagnosisGlucose,
  typingLimits,
  compositeTargets,
  hba1cGoals,
  olderGoals,
  glucoseSteps,
  metforminLimits,
  metforminKdigo,
  renalDoses,
  hypoglycaemiaLimits,
  monitoringMonths,
  referralGlucose,
  complicationScreening,
  retinopathyMonths,
  kidneyDisease,
  footRiskMonths,
  insulinDoses,
  ketoneLimits,
] as const;
