import { plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import {
  adjustBasalInsulin,
  type BasalFacts,
  guideSickDay,
  type SickDayFacts,
} from './adjust-basal-insulin.ts';
import {
  adviseRenalDose,
  checkMetformin,
  type MetforminFacts,
  type RenalDoseFacts,
} from './check-renal-dose.ts';
import {
  chooseHba1cGoal,
  type Hba1cGoalFacts,
  judgeOlderControl,
  type OlderGoalFacts,
} from './choose-hba1c-goal.ts';
import {
  complicationScreening,
  compositeTargets,
  diagnosisGlucose,
  footRiskMonths,
  glucoseSteps,
  hba1cGoals,
  hypoglycaemiaLimits,
  insulinDoses,
  ketoneLimits,
  kidneyDisease,
  metforminKdigo,
  metforminLimits,
  monitoringMonths,
  olderGoals,
  referralGlucose,
  renalDoses,
  retinopathyMonths,
  riskScoreTable,
  screeningLimits,
  typingLimits,
} from './diabetes-parameters.ts';
import { type DiabetesDiagnosisFacts, diagnoseDiabetes, type GlucoseOccasion } from './diagnose-diabetes.ts';
import { type DiabetesReferralFacts, findDiabetesReferral } from './find-diabetes-referral.ts';
import { flagDiabetesType, type TypingFacts } from './flag-diabetes-type.ts';
import { generalHba1cGoal, glucoseCrisisLimits, statutoryGlucoseLimit } from './follow-up-parameters.ts';
import { gradeHypoglycaemia, type HypoglycaemiaFacts } from './grade-hypoglycaemia.ts';
import { type CompositeFacts, judgeCompositeTargets } from './judge-composite-targets.ts';
import { type GlucoseFacts, judgeGlucoseControl } from './judge-glucose-control.ts';
import {
  type DiabeticKidneyFacts,
  type FootFacts,
  gradeFootRisk,
  judgeDiabeticKidney,
} from './judge-kidney-and-foot.ts';
import { type MonitoringFacts, planGlucoseMonitoring } from './plan-glucose-monitoring.ts';
import {
  type ComplicationFacts,
  planRetinaCheck,
  type RetinaFacts,
  scheduleComplicationScreening,
} from './schedule-complication-screening.ts';
import { type RiskScoreFacts, scoreDiabetesRisk } from './score-diabetes-risk.ts';
import { type DiabetesScreeningFacts, screenDiabetes } from './screen-diabetes.ts';
import { type GlucoseLoweringFacts, suggestGlucoseLowering } from './suggest-glucose-lowering.ts';
import { lowGlucoseCode, tellLowGlucose } from './tell-low-glucose.ts';

const toCheck = '待临床专家核对原文';
const base = { track: 'clinical', certainty: 'from-knowledge', pendingSignOff: toCheck } as const;
const d = (text: string) => plainDate(text);

export const screenDiabetesRule = defineRule<DiabetesScreeningFacts>({
  ...base,
  id: 'DM-01',
  title: '糖尿病筛查对象',
  track: 'both',
  edition: 'DM-JC-2025',
  clause: '国家基层糖尿病防治管理指南 2025 筛查',
  certainty: 'found',
  summary:
    '35岁及以上，或任何年龄有危险因素的成人应筛查；空腹≥5.6或随机≥7.8为阳性，进一步做葡萄糖负荷试验或糖化。',
  parameters: [screeningLimits],
  file: 'src/clinical/diabetes/screen-diabetes.ts',
  decide: screenDiabetes,
  cases: [
    {
      title: '35岁 BMI22 无危险因素：应筛',
      given: { ageYears: 35, bmi: 22, conditions: [] },
      expect: { value: { state: 'due', highRisk: false } },
    },
    {
      title: '34岁无危险因素：暂不',
      given: { ageYears: 34, bmi: 22, conditions: [] },
      expect: { value: { state: 'not-due' } },
    },
    {
      title: '28岁 BMI25：应筛',
      given: { ageYears: 28, bmi: 25, conditions: [] },
      expect: { value: { state: 'due', highRisk: true } },
    },
    {
      title: '28岁 BMI22：暂不',
      given: { ageYears: 28, bmi: 22, conditions: [] },
      expect: { value: { state: 'not-due' } },
    },
    {
      title: '空腹5.8：阳性',
      given: { ageYears: 45, conditions: [], lastFpg: { value: 5.8, on: d('2026-01-02') } },
      expect: { value: { state: 'positive' } },
    },
    {
      title: '空腹5.6：阳性',
      given: { ageYears: 45, conditions: [], lastFpg: { value: 5.6, on: d('2026-01-02') } },
      expect: { value: { state: 'positive' } },
    },
    {
      title: '空腹5.4：阴性，3年内复查',
      given: { ageYears: 45, conditions: [], lastFpg: { value: 5.4, on: d('2026-01-02') } },
      expect: { value: { state: 'negative', dueOn: '2029-01-02' } },
    },
    {
      title: '随机8.1：阳性',
      given: { ageYears: 45, conditions: [], lastRandom: { value: 8.1, on: d('2026-01-02') } },
      expect: { value: { state: 'positive' } },
    },
    {
      title: '随机7.7：阴性',
      given: { ageYears: 45, conditions: [], lastRandom: { value: 7.7, on: d('2026-01-02') } },
      expect: { value: { state: 'negative' } },
    },
    {
      title: '风险评分26：高危',
      given: { ageYears: 30, conditions: [], riskScore: 26 },
      expect: { value: { state: 'due', highRisk: true }, reasons: ['score'] },
    },
    {
      title: '28岁多囊卵巢综合征：应筛',
      given: { ageYears: 28, bmi: 22, otherRisks: ['多囊卵巢综合征'], conditions: [] },
      expect: { value: { state: 'due', highRisk: true } },
    },
    {
      title: '空腹5.5：阴性',
      given: { ageYears: 50, lastFpg: { value: 5.5, on: d('2025-12-01') }, conditions: [] },
      expect: { value: { state: 'negative' } },
    },
    {
      title: '随机7.8：阳性',
      given: { ageYears: 50, lastRandom: { value: 7.8, on: d('2025-12-01') }, conditions: [] },
      expect: { value: { state: 'positive' } },
    },
    { title: '没有年龄', given: { conditions: [] }, expect: { missing: ['年龄'] } },
  ],
});

const cdrs = (
  sex: 'male' | 'female',
  ageYears: number,
  bmi: number,
  waistCm: number,
  sbp: number,
  familyDiabetes: boolean,
): RiskScoreFacts => ({ sex, ageYears, bmi, waistCm, sbp, familyDiabetes });
export const scoreDiabetesRiskRule = defineRule<RiskScoreFacts>({
  ...base,
  id: 'DM-02',
  title: '中国糖尿病风险评分',
  edition: 'DM-CN-2020',
  clause: '中国糖尿病风险评分表',
  certainty: 'computed',
  summary: '按年龄、收缩压、体质指数、腰围、家族史、性别计0–51分，25分及以上做葡萄糖负荷试验；适用20–74岁。',
  parameters: [riskScoreTable],
  file: 'src/clinical/diabetes/score-diabetes-risk.ts',
  decide: scoreDiabetesRisk,
  cases: [
    ...(
      [
        ['male', 45, 25, 88, 135, false, 30],
        ['female', 38, 22.5, 78, 118, true, 21],
        ['male', 62, 31, 97, 162, true, 49],
        ['female', 27, 20, 68, 105, false, 4],
        ['female', 50, 26, 85, 130, false, 30],
        ['male', 40, 24, 85, 120, false, 26],
      ] as const
    ).map(([sex, age, bmi, waist, sbp, family, score]) => ({
      title: `${sex === 'male' ? '男' : '女'}${age}岁：${score}分`,
      given: cdrs(sex, age, bmi, waist, sbp, family),
      expect: { value: { score, high: score >= 25 } },
    })),
    { title: '19岁：不适用', given: { ageYears: 19 }, expect: { value: { score: null } } },
    { title: '75岁：不适用', given: { ageYears: 75 }, expect: { value: { score: null } } },
    {
      title: '没有腰围',
      given: { sex: 'male', ageYears: 45, bmi: 25, sbp: 130, familyDiabetes: false },
      expect: { missing: ['腰围'] },
    },
  ],
});

const occasions = (...list: GlucoseOccasion[]): DiabetesDiagnosisFacts => ({ occasions: list });
export const diagnoseDiabetesRule = defineRule<DiabetesDiagnosisFacts>({
  ...base,
  id: 'DM-03',
  title: '糖尿病诊断',
  edition: 'DM-JC-2022',
  clause: '国家基层糖尿病防治管理指南 诊断标准',
  certainty: 'found',
  summary:
    '空腹≥7.0、负荷后2小时≥11.1、糖化≥6.5%、随机≥11.1。有典型症状一项即可；无症状须同日两项或两次达到，随机不作确认。指尖血不用于诊断，应激期恢复后复查。',
  parameters: [diagnosisGlucose],
  file: 'src/clinical/diabetes/diagnose-diabetes.ts',
  decide: diagnoseDiabetes,
  cases: [
    {
      title: '有症状，随机12.3：确诊',
      given: { ...occasions({ random: 12.3 }), typicalSymptoms: true },
      expect: { value: 'confirmed' },
    },
    { title: '无症状，空腹7.4一次：复查', given: occasions({ fpg: 7.4 }), expect: { value: 'repeat' } },
    {
      title: '7.4 后 7.1：确诊',
      given: occasions({ fpg: 7.4 }, { fpg: 7.1 }),
      expect: { value: 'confirmed' },
    },
    { title: '7.4 后 6.9：复查', given: occasions({ fpg: 7.4 }, { fpg: 6.9 }), expect: { value: 'repeat' } },
    {
      title: '同日空腹7.2 糖化6.7：确诊',
      given: occasions({ fpg: 7.2, hba1c: 6.7 }),
      expect: { value: 'confirmed' },
    },
    {
      title: '6.4/8.8：空腹受损并糖耐量减低',
      given: occasions({ fpg: 6.4, twoHour: 8.8 }),
      expect: { value: 'ifg-and-igt' },
    },
    { title: '5.4/8.8：糖耐量减低', given: occasions({ fpg: 5.4, twoHour: 8.8 }), expect: { value: 'igt' } },
    { title: '6.4/7.0：空腹受损', given: occasions({ fpg: 6.4, twoHour: 7 }), expect: { value: 'ifg' } },
    { title: '6.4 无负荷试验：待定', given: occasions({ fpg: 6.4 }), expect: { value: 'ifg-provisional' } },
    { title: '仅空腹5.8：筛查阳性', given: occasions({ fpg: 5.8 }), expect: { value: 'screen-positive' } },
    {
      title: '同一天两次7.4：算一次，复查',
      given: {
        occasions: [
          { on: d('2026-01-05'), fpg: 7.4 },
          { on: d('2026-01-05'), fpg: 7.2 },
        ],
      },
      expect: { value: 'repeat' },
    },
    { title: '空腹7.0一次：复查', given: occasions({ fpg: 7 }), expect: { value: 'repeat' } },
    { title: '空腹6.9：空腹受损待定', given: occasions({ fpg: 6.9 }), expect: { value: 'ifg-provisional' } },
    { title: '空腹6.0：筛查阳性', given: occasions({ fpg: 6 }), expect: { value: 'screen-positive' } },
    { title: '负荷后11.1：复查', given: occasions({ fpg: 5, twoHour: 11.1 }), expect: { value: 'repeat' } },
    { title: '负荷后11.0：糖耐量减低', given: occasions({ fpg: 5, twoHour: 11 }), expect: { value: 'igt' } },
    { title: '负荷后7.8：糖耐量减低', given: occasions({ fpg: 5, twoHour: 7.8 }), expect: { value: 'igt' } },
    { title: '负荷后7.7：正常', given: occasions({ fpg: 5, twoHour: 7.7 }), expect: { value: 'normal' } },
    { title: '糖化6.5一次：复查', given: occasions({ hba1c: 6.5 }), expect: { value: 'repeat' } },
    { title: '糖化6.4：风险', given: occasions({ hba1c: 6.4 }), expect: { value: 'risk-by-hba1c' } },
    { title: '糖化5.7：风险', given: occasions({ hba1c: 5.7 }), expect: { value: 'risk-by-hba1c' } },
    { title: '糖化5.6：正常', given: occasions({ hba1c: 5.6 }), expect: { value: 'normal' } },
    { title: '空腹5.5：未达到', given: occasions({ fpg: 5.5 }), expect: { value: 'normal' } },
    { title: '随机11.9无症状：复查', given: occasions({ random: 11.9 }), expect: { value: 'repeat' } },
    {
      title: '感染中空腹8.0：恢复后复查',
      given: { ...occasions({ fpg: 8 }), stress: true },
      expect: { value: 'repeat-after-recovery' },
    },
    {
      title: '贫血时糖化6.8不计',
      given: { ...occasions({ hba1c: 6.8 }), hba1cInvalid: true },
      expect: { value: 'normal' },
    },
    { title: '没有数值', given: occasions(), expect: { missing: ['静脉血糖或糖化血红蛋白'] } },
  ],
});

export const flagDiabetesTypeRule = defineRule<TypingFacts>({
  ...base,
  id: 'DM-04',
  title: '非2型糖尿病线索',
  edition: 'DM-JC-2022',
  clause: '糖尿病分型线索',
  summary: '18岁以下，或30岁以下且体瘦、起病酮症、体重骤降、妊娠、激素或胰腺病、自身免疫病，转上级医院分型。',
  parameters: [typingLimits],
  file: 'src/clinical/diabetes/flag-diabetes-type.ts',
  decide: flagDiabetesType,
  cases: [
    { title: '15岁', given: { ageYears: 15 }, expect: { value: ['young'] } },
    {
      title: '29岁 BMI19.5 酮体++',
      given: { ageYears: 29, bmi: 19.5, ketosis: true },
      expect: { value: ['young', 'ketosis'] },
    },
    { title: '17岁', given: { ageYears: 17 }, expect: { value: ['young'] } },
    { title: '18岁 BMI20：不计', given: { ageYears: 18, bmi: 20 }, expect: { value: [] } },
    { title: '三代发病', given: { ageYears: 40, familyDominant: true }, expect: { value: ['family'] } },
    { title: '29岁 BMI22：不计', given: { ageYears: 29, bmi: 22 }, expect: { value: [] } },
    {
      title: '47岁用泼尼松',
      given: { ageYears: 47, steroidOrPancreas: true },
      expect: { value: ['secondary'] },
    },
    { title: '52岁 BMI27', given: { ageYears: 52, bmi: 27, ketosis: false }, expect: { value: [] } },
  ],
});

export const judgeCompositeTargetsRule = defineRule<CompositeFacts>({
  ...base,
  id: 'DM-05',
  title: '糖尿病综合控制目标',
  edition: 'DM-CN-2020',
  clause: '中国2型糖尿病防治指南 综合控制目标',
  summary:
    '糖化低于7.0%，血压低于130/80，低密度脂蛋白低于2.6（有动脉粥样硬化病低于1.4），三项都达到为三达标；最近一次血糖为低血糖（≤3.9，空腹或非空腹）的不算达标。另看高密度脂蛋白、甘油三酯、体质指数。',
  parameters: [compositeTargets, glucoseCrisisLimits],
  file: 'src/clinical/diabetes/judge-composite-targets.ts',
  decide: judgeCompositeTargets,
  cases: [
    {
      title: '6.8%、128/78、2.4：三达标',
      given: { hba1c: 6.8, sbp: 128, dbp: 78, ldl: 2.4, atherosclerotic: false },
      expect: { value: { threeTargets: true } },
    },
    {
      title: '低密度2.6：未达标',
      given: { hba1c: 6.8, sbp: 128, dbp: 78, ldl: 2.6 },
      expect: { value: { threeTargets: false, notMet: ['ldl'] } },
    },
    {
      title: '有动脉粥样硬化病 1.6：未达标',
      given: { hba1c: 6.8, sbp: 128, dbp: 78, ldl: 1.6, atherosclerotic: true },
      expect: { value: { notMet: ['ldl'] } },
    },
    {
      title: '糖化7.0：未达标',
      given: { hba1c: 7, sbp: 128, dbp: 78, ldl: 2 },
      expect: { value: { notMet: ['hba1c'] } },
    },
    {
      title: '130/79：未达标',
      given: { hba1c: 6.9, sbp: 130, dbp: 79, ldl: 2 },
      expect: { value: { notMet: ['pressure'] } },
    },
    ...[3.8, 3.9].flatMap((value) =>
      (['glucose', 'fasting', 'afterMeal'] as const).map((at) => ({
        title: `${{ glucose: '最近血糖', fasting: '空腹', afterMeal: '非空腹' }[at]}${value}：低血糖，不算三达标`,
        given: { hba1c: 6.8, sbp: 128, dbp: 78, ldl: 2.4, [at]: value },
        expect: { value: { threeTargets: false }, reasons: [lowGlucoseCode] },
      })),
    ),
    {
      title: '最近血糖4.0：三达标',
      given: { hba1c: 6.8, sbp: 128, dbp: 78, ldl: 2.4, glucose: 4 },
      expect: { value: { threeTargets: true } },
    },
    {
      title: '女高密度1.2：低于目标',
      given: { sex: 'female', hba1c: 6.9, sbp: 120, dbp: 79, ldl: 2, hdl: 1.2 },
      expect: { value: { threeTargets: true, notMet: ['hdl'] } },
    },
    {
      title: '高危而无动脉粥样硬化病 1.9：未达标',
      given: { hba1c: 6.8, sbp: 128, dbp: 78, ldl: 1.9, highRisk: true },
      expect: { value: { threeTargets: false, notMet: ['ldl'] } },
    },
    {
      title: '年长者血压138/88按宽目标：达标',
      given: { hba1c: 6.8, sbp: 138, dbp: 88, ldl: 2.4, looserPressure: true },
      expect: { value: { threeTargets: true } },
    },
    {
      title: '空腹7.0、餐后10.0、总胆固醇4.5',
      given: { hba1c: 6.8, sbp: 128, dbp: 78, ldl: 2.4, fasting: 7, afterMeal: 10, totalCholesterol: 4.5 },
      expect: { value: { threeTargets: true, notMet: ['after-meal', 'cholesterol'] } },
    },
    {
      title: '空腹4.3：低于目标',
      given: { hba1c: 6.8, sbp: 128, dbp: 78, ldl: 2.4, fasting: 4.3 },
      expect: { value: { notMet: ['fasting'] } },
    },
    {
      title: '没有低密度脂蛋白',
      given: { hba1c: 6.8, sbp: 128, dbp: 78 },
      expect: { missing: ['低密度脂蛋白'] },
    },
  ],
});

export const glucoseStatutoryRule = defineRule<GlucoseFacts>({
  ...base,
  id: 'DM-18-control',
  title: '血糖达标（公卫口径）',
  track: 'public-health',
  edition: 'PHS-3',
  clause: '2型糖尿病患者健康管理服务规范 控制满意',
  summary:
    '随访空腹血糖低于7.0 mmol/L为达标。这是公卫指标的算法，没有下限，不改：≤3.9的低血糖在指标里仍计达标。给医生看的评估、随访分类、综合达标、分标和建议一律按低血糖，不算控制好（DM-11-low），两者在这里不同。',
  parameters: [statutoryGlucoseLimit, glucoseCrisisLimits],
  file: 'src/clinical/diabetes/judge-glucose-control.ts',
  decide: (facts, day) => judgeGlucoseControl(facts, day, 'public-health'),
  cases: [
    { title: '6.9：达标', given: { fpg: 6.9 }, expect: { value: 'controlled' } },
    { title: '7.0：未达标', given: { fpg: 7 }, expect: { value: 'not-controlled' } },
    ...[3.8, 3.9].map((fpg) => ({
      title: `${fpg}：指标计达标，注明低血糖`,
      given: { fpg },
      expect: { value: 'controlled', reasons: [lowGlucoseCode] },
    })),
    { title: '4.0：达标', given: { fpg: 4 }, expect: { value: 'controlled', reasons: ['below-limit'] } },
    {
      title: '空腹5.6，随机3.9：指标计达标，注明低血糖',
      given: { fpg: 5.6, randomGlucose: 3.9 },
      expect: { value: 'controlled', reasons: [lowGlucoseCode] },
    },
    { title: '没有空腹血糖', given: {}, expect: { missing: ['空腹血糖'] } },
  ],
});

export const glucoseClinicalRule = defineRule<GlucoseFacts>({
  ...base,
  id: 'DM-05-hba1c',
  title: '血糖达标（临床目标）',
  edition: 'DM-CN-2020',
  clause: '综合控制目标 糖化血红蛋白',
  summary:
    '糖化血红蛋白低于一般目标7.0%为达标；血糖为低血糖（≤3.9，空腹或非空腹）的不算达标；没有糖化不下结论。',
  parameters: [generalHba1cGoal, glucoseCrisisLimits],
  file: 'src/clinical/diabetes/judge-glucose-control.ts',
  decide: (facts, day) => judgeGlucoseControl(facts, day, 'clinical'),
  cases: [
    { title: '6.9%：达标', given: { hba1c: 6.9 }, expect: { value: 'controlled' } },
    { title: '7.0%：未达标', given: { hba1c: 7 }, expect: { value: 'not-controlled' } },
    ...(['fpg', 'randomGlucose'] as const).flatMap((at) => [
      ...[3.8, 3.9].map((value) => ({
        title: `6.4%，${at === 'fpg' ? '空腹' : '非空腹'}${value}：低血糖，不算达标`,
        given: { hba1c: 6.4, [at]: value },
        expect: { value: 'not-controlled', reasons: [lowGlucoseCode] },
      })),
      {
        title: `6.4%，${at === 'fpg' ? '空腹' : '非空腹'}4.0：达标`,
        given: { hba1c: 6.4, [at]: 4 },
        expect: { value: 'controlled' },
      },
    ]),
    { title: '只有空腹血糖：不下结论', given: { fpg: 6 }, expect: { missing: ['糖化血红蛋白'] } },
  ],
});

export const chooseHba1cGoalRule = defineRule<Hba1cGoalFacts>({
  ...base,
  id: 'DM-06',
  title: '个体化糖化目标',
  edition: 'DM-JC-2022',
  clause: '国家基层糖尿病防治管理指南 2022 表6',
  certainty: 'found',
  pendingSignOff: '较严目标的年龄50岁与病程5年为平台默认，待专家确认',
  summary:
    '一般低于7.0%；年轻、病程短、无并发症、不易低血糖者低于6.5%；严重低血糖史、预期寿命有限、年长且并发症明显者低于8.0%。',
  parameters: [hba1cGoals],
  file: 'src/clinical/diabetes/choose-hba1c-goal.ts',
  decide: chooseHba1cGoal,
  cases: [
    {
      title: '42岁病程1年仅二甲双胍：6.5',
      given: { ageYears: 42, durationYears: 1, riskyMedicine: false, complications: false },
      expect: { value: 6.5 },
    },
    {
      title: '60岁：7.0',
      given: { ageYears: 60, durationYears: 8, riskyMedicine: false, complications: false },
      expect: { value: 7 },
    },
    {
      title: '74岁去年严重低血糖：8.0',
      given: { ageYears: 74, severeHypoglycaemia: true },
      expect: { value: 8 },
    },
    {
      title: '66岁用格列齐特：不提低于7.0',
      given: { ageYears: 66, riskyMedicine: true, durationYears: 2, complications: false },
      expect: { value: 7 },
    },
    {
      title: '49岁用磺脲：7.0',
      given: { ageYears: 49, durationYears: 1, riskyMedicine: true, complications: false },
      expect: { value: 7 },
    },
    { title: '没有年龄', given: {}, expect: { missing: ['年龄'] } },
  ],
});

export const judgeOlderControlRule = defineRule<OlderGoalFacts>({
  ...base,
  id: 'DM-07',
  title: '老年糖化目标与安全下限',
  edition: 'DM-OLDER-2024',
  clause: '老年糖尿病诊疗指南 血糖控制目标',
  summary:
    '健康良好低于7.5%，中等低于8.0%，差低于8.5%；用磺脲、格列奈、胰岛素者另有下限，低于下限或有低血糖（≤3.9）要评估治疗过度。',
  parameters: [olderGoals, glucoseCrisisLimits],
  file: 'src/clinical/diabetes/choose-hba1c-goal.ts',
  decide: judgeOlderControl,
  cases: [
    {
      title: '良好，二甲双胍，7.2：达标',
      given: { health: 'good', riskyMedicine: false, hba1c: 7.2 },
      expect: { value: 'at-goal' },
    },
    ...([3.8, 3.9, 4] as const).map((glucose) => ({
      title: `良好，二甲双胍，7.2，最近血糖${glucose}：${glucose > 3.9 ? '达标' : '低血糖，评估'}`,
      given: { health: 'good', riskyMedicine: false, hba1c: 7.2, glucose } as const,
      expect: { value: glucose > 3.9 ? 'at-goal' : 'overtreatment-review' },
    })),
    {
      title: '良好，格列美脲，6.4：治疗过度',
      given: { health: 'good', riskyMedicine: true, hba1c: 6.4 },
      expect: { value: 'overtreatment-review' },
    },
    {
      title: '良好，格列美脲，7.0：达标',
      given: { health: 'good', riskyMedicine: true, hba1c: 7 },
      expect: { value: 'at-goal' },
    },
    {
      title: '中等，胰岛素，7.7：达标',
      given: { health: 'intermediate', riskyMedicine: true, hba1c: 7.7 },
      expect: { value: 'at-goal' },
    },
    {
      title: '差，8.3：达标',
      given: { health: 'poor', riskyMedicine: true, hba1c: 8.3 },
      expect: { value: 'at-goal' },
    },
    {
      title: '良好，7.5：未达标',
      given: { health: 'good', riskyMedicine: false, hba1c: 7.5 },
      expect: { value: 'above-goal' },
    },
    {
      title: '良好，格列美脲，空腹4.9：低于范围并说明',
      given: { ageYears: 72, health: 'good', riskyMedicine: true, hba1c: 7.2, fasting: 4.9 },
      expect: { value: 'at-goal', reasons: ['fasting'] },
    },
    {
      title: '中等，胰岛素，7.4：治疗过度',
      given: { ageYears: 80, health: 'intermediate', riskyMedicine: true, hba1c: 7.4 },
      expect: { value: 'overtreatment-review' },
    },
    {
      title: '中等，胰岛素，8.0：未达标',
      given: { ageYears: 80, health: 'intermediate', riskyMedicine: true, hba1c: 8 },
      expect: { value: 'above-goal' },
    },
    { title: '没有健康状况', given: { riskyMedicine: false, hba1c: 7 }, expect: { missing: ['健康状况'] } },
  ],
});

const lower = (more: Partial<GlucoseLoweringFacts>): GlucoseLoweringFacts => ({
  hba1c: 7.8,
  goal: 7,
  egfr: 92,
  classes: [],
  conditions: [],
  ...more,
});
export const suggestGlucoseLoweringRule = defineRule<GlucoseLoweringFacts>({
  ...base,
  id: 'DM-08',
  title: '降糖药分步',
  edition: 'DM-JC-2022',
  clause: '国家基层糖尿病防治管理指南 药物治疗路径',
  summary:
    '最近一次血糖为低血糖（≤3.9）的先处理低血糖、评估方案，不加药。首选二甲双胍，不能用时换其他；3个月未达标加第二种机制，再加第三种或胰岛素；糖化≥9.0%或空腹≥11.1且有症状考虑胰岛素。心衰、慢性肾病、动脉粥样硬化病优先有获益证据的药物。',
  parameters: [glucoseSteps, metforminLimits, glucoseCrisisLimits],
  file: 'src/clinical/diabetes/suggest-glucose-lowering.ts',
  decide: suggestGlucoseLowering,
  cases: [
    {
      title: '新诊断 7.8 eGFR92：二甲双胍',
      given: lower({}),
      expect: { value: { step: 'start-metformin', prefer: [] } },
    },
    {
      title: '糖化9.6，最近血糖3.9：先处理低血糖，不加药',
      given: lower({ hba1c: 9.6, classes: ['MET'], glucose: 3.9 }),
      expect: { value: { step: 'review-low' }, reasons: [lowGlucoseCode] },
    },
    {
      title: '糖化9.6，最近血糖4.0：加第二种',
      given: lower({ hba1c: 9.6, classes: ['MET'], glucose: 4 }),
      expect: { value: { step: 'add-second' } },
    },
    {
      title: '9.6 口渴：胰岛素',
      given: lower({ hba1c: 9.6, symptoms: true }),
      expect: { value: { step: 'insulin-now' } },
    },
    {
      title: '9.6 无症状：先口服',
      given: lower({ hba1c: 9.6 }),
      expect: { value: { step: 'start-metformin' } },
    },
    {
      title: '心衰 eGFR48 糖化6.9：维持并优先 SGLT2',
      given: lower({ hba1c: 6.9, egfr: 48, classes: ['MET'], conditions: ['heart-failure-reduced'] }),
      expect: { value: { step: 'keep', prefer: ['SGLT2'] } },
    },
    {
      title: 'eGFR40：不用二甲双胍，可选列净类、列汀类',
      given: lower({ egfr: 40 }),
      expect: { value: { step: 'start-other', prefer: ['SGLT2', 'DPP4'] } },
    },
    {
      title: 'eGFR19：不新启用列净类',
      given: lower({ egfr: 19 }),
      expect: { value: { step: 'start-other', prefer: ['DPP4'] } },
    },
    {
      title: '慢性肾病 eGFR50 糖化6.9：优先列净类，其次 GLP-1 类',
      given: lower({ egfr: 50, hba1c: 6.9, classes: ['MET'], conditions: ['chronic-kidney-disease'] }),
      expect: { value: { step: 'keep', prefer: ['SGLT2', 'GLP1'] } },
    },
    {
      title: 'eGFR45：可用二甲双胍',
      given: lower({ egfr: 45 }),
      expect: { value: { step: 'start-metformin' } },
    },
    {
      title: '8.9口渴空腹11.0：不按胰岛素',
      given: lower({ hba1c: 8.9, fpg: 11, symptoms: true }),
      expect: { value: { step: 'start-metformin' } },
    },
    {
      title: '空腹11.1口渴：胰岛素',
      given: lower({ fpg: 11.1, symptoms: true }),
      expect: { value: { step: 'insulin-now' } },
    },
    {
      title: '单药3个月未达标：加第二种',
      given: lower({ classes: ['MET'], monthsOnPresent: 3 }),
      expect: { value: { step: 'add-second' } },
    },
    {
      title: '单药2个月：等',
      given: lower({ classes: ['MET'], monthsOnPresent: 2 }),
      expect: { value: { step: 'wait' } },
    },
    {
      title: '两药未达标：加第三种或胰岛素',
      given: lower({ classes: ['MET', 'SU'], monthsOnPresent: 6 }),
      expect: { value: { step: 'add-third-or-insulin' } },
    },
    {
      title: '没有肾功能',
      given: { hba1c: 7.8, goal: 7, classes: [], conditions: [] },
      expect: { missing: ['肾小球滤过率'] },
    },
  ],
});

export const checkMetforminRule = defineRule<MetforminFacts>({
  ...base,
  id: 'DM-09',
  title: '二甲双胍与肾功能',
  edition: 'DM-JC-2022',
  clause: '二甲双胍说明书（国内口径）',
  pendingSignOff: '待药师确认；KDIGO 口径更宽，未采用',
  summary: '滤过率60及以上可用；45–59减量（不超过1500毫克）；低于45禁用；造影、全麻、缺氧感染、脱水时停用。',
  parameters: [metforminLimits, metforminKdigo],
  file: 'src/clinical/diabetes/check-renal-dose.ts',
  decide: checkMetformin,
  cases: [
    { title: 'eGFR43：禁用', given: { egfr: 43 }, expect: { value: 'contraindicated' } },
    {
      title: 'eGFR43 国际口径 1000：可',
      given: { egfr: 43, dailyMg: 1000, preset: 'kdigo' },
      expect: { value: 'ok' },
    },
    {
      title: 'eGFR43 国际口径 1500：减量',
      given: { egfr: 43, dailyMg: 1500, preset: 'kdigo' },
      expect: { value: 'reduce' },
    },
    {
      title: 'eGFR29 国际口径：禁用',
      given: { egfr: 29, preset: 'kdigo' },
      expect: { value: 'contraindicated' },
    },
    { title: 'eGFR44：禁用', given: { egfr: 44 }, expect: { value: 'contraindicated' } },
    { title: 'eGFR60 每日2000：可', given: { egfr: 60, dailyMg: 2000 }, expect: { value: 'ok' } },
    { title: '转氨酶3.1倍：不用', given: { egfr: 80, altTimes: 3.1 }, expect: { value: 'contraindicated' } },
    { title: '转氨酶3倍：可', given: { egfr: 80, altTimes: 3 }, expect: { value: 'ok' } },
    { title: 'eGFR45：可减量用', given: { egfr: 45, dailyMg: 1000 }, expect: { value: 'ok' } },
    { title: 'eGFR52 每日2000：减量', given: { egfr: 52, dailyMg: 2000 }, expect: { value: 'reduce' } },
    { title: 'eGFR52 每日1500：可', given: { egfr: 52, dailyMg: 1500 }, expect: { value: 'ok' } },
    { title: 'eGFR72：可', given: { egfr: 72, dailyMg: 2000 }, expect: { value: 'ok' } },
    { title: '造影 eGFR65：停用', given: { egfr: 65, holdSituation: true }, expect: { value: 'hold' } },
    { title: '没有肾功能', given: {}, expect: { missing: ['肾小球滤过率'] } },
  ],
});

export const adviseRenalDoseRule = defineRule<RenalDoseFacts>({
  ...base,
  id: 'DM-10',
  title: '其他降糖药与肾功能',
  edition: 'DM-JC-2022',
  clause: '各药说明书',
  pendingSignOff: '待药师确认',
  summary: '按滤过率给出每种降糖药的剂量或避免使用；没有规则的药不下结论。',
  parameters: [renalDoses],
  file: 'src/clinical/diabetes/check-renal-dose.ts',
  decide: adviseRenalDose,
  cases: [
    {
      title: '西格列汀 eGFR40：50毫克',
      given: { medicine: 'sitagliptin', egfr: 40 },
      expect: { value: { advice: '50毫克/天' } },
    },
    {
      title: '西格列汀 eGFR28：25毫克',
      given: { medicine: 'sitagliptin', egfr: 28 },
      expect: { value: { advice: '25毫克/天' } },
    },
    {
      title: '西格列汀 eGFR45：100毫克',
      given: { medicine: 'sitagliptin', egfr: 45 },
      expect: { value: { advice: '100毫克/天' } },
    },
    {
      title: '利格列汀 eGFR12：5毫克',
      given: { medicine: 'linagliptin', egfr: 12 },
      expect: { value: { allowed: true } },
    },
    {
      title: '格列美脲 eGFR50：从1毫克',
      given: { medicine: 'glimepiride', egfr: 50 },
      expect: { value: { advice: '从1毫克起' } },
    },
    {
      title: '达格列净 eGFR22：不新启用',
      given: { medicine: 'dapagliflozin', egfr: 22 },
      expect: { value: { allowed: false } },
    },
    {
      title: '达格列净 eGFR25：可',
      given: { medicine: 'dapagliflozin', egfr: 25 },
      expect: { value: { allowed: true } },
    },
    {
      title: '瑞格列奈 eGFR25：从0.5毫克',
      given: { medicine: 'repaglinide', egfr: 25 },
      expect: { value: { advice: '从0.5毫克起' } },
    },
    {
      title: '没有规则的药',
      given: { medicine: 'unknown', egfr: 50 },
      expect: { missing: ['该药的肾功能用法'] },
    },
  ],
});

export const gradeHypoglycaemiaRule = defineRule<HypoglycaemiaFacts>({
  ...base,
  id: 'DM-11',
  title: '低血糖分级',
  edition: 'DM-JC-2022',
  clause: '低血糖分级与处理',
  summary: '低于3.9为1级，低于3.0为2级，需他人帮助为3级；一周两次1级或任何2、3级要评估方案。',
  parameters: [hypoglycaemiaLimits],
  file: 'src/clinical/diabetes/grade-hypoglycaemia.ts',
  decide: gradeHypoglycaemia,
  cases: [
    { title: '3.6：1级', given: { glucose: 3.6 }, expect: { value: { level: 1, review: false } } },
    {
      title: '非糖尿病者3.0：不是',
      given: { glucose: 3, withoutDiabetes: true },
      expect: { value: { level: 0 } },
    },
    {
      title: '非糖尿病者2.7：2级',
      given: { glucose: 2.7, withoutDiabetes: true },
      expect: { value: { level: 2 } },
    },
    { title: '2.9：2级', given: { glucose: 2.9 }, expect: { value: { level: 2 } } },
    { title: '3.8：1级', given: { glucose: 3.8 }, expect: { value: { level: 1 } } },
    { title: '3.9：不是', given: { glucose: 3.9 }, expect: { value: { level: 0 } } },
    { title: '3.0：1级', given: { glucose: 3 }, expect: { value: { level: 1 } } },
    { title: '2.8：2级', given: { glucose: 2.8 }, expect: { value: { level: 2, review: true } } },
    { title: '4.1昏迷：3级', given: { glucose: 4.1, needsHelp: true }, expect: { value: { level: 3 } } },
    {
      title: '一周两次3.7：评估方案',
      given: { glucose: 3.7, eventsThisWeek: 2 },
      expect: { value: { level: 1, review: true } },
    },
    { title: '没有血糖', given: {}, expect: { missing: ['血糖'] } },
  ],
});

export const tellLowGlucoseRule = defineRule<Parameters<typeof tellLowGlucose>[0]>({
  ...base,
  id: 'DM-11-low',
  title: '低血糖不算达标',
  track: 'both',
  edition: 'PHS-3',
  clause: '2型糖尿病患者健康管理服务规范 随访评估（≤3.9）；低血糖分级与处理（非糖尿病者）',
  summary:
    '糖尿病患者血糖≤3.9、非糖尿病者低于2.8为低血糖，不论空腹与否；低血糖从不说成达标或控制满意。分级（DM-11）从低于3.9起，正好3.9按公卫规范仍是低血糖。公卫血糖控制率按规范只看空腹血糖低于7.0，不受本条影响（DM-18-control）。',
  parameters: [glucoseCrisisLimits, hypoglycaemiaLimits],
  file: 'src/clinical/diabetes/tell-low-glucose.ts',
  decide: tellLowGlucose,
  cases: [
    { title: '糖尿病3.8：低血糖', given: { glucose: 3.8, diabetes: true }, expect: { value: true } },
    { title: '糖尿病3.9：低血糖', given: { glucose: 3.9, diabetes: true }, expect: { value: true } },
    { title: '糖尿病4.0：不是', given: { glucose: 4, diabetes: true }, expect: { value: false } },
    { title: '非糖尿病2.7：低血糖', given: { glucose: 2.7, diabetes: false }, expect: { value: true } },
    { title: '非糖尿病2.8：不是', given: { glucose: 2.8, diabetes: false }, expect: { value: false } },
    { title: '没有血糖', given: { diabetes: true }, expect: { missing: ['血糖'] } },
  ],
});

export const planGlucoseMonitoringRule = defineRule<MonitoringFacts>({
  ...base,
  id: 'DM-12',
  title: '血糖监测',
  edition: 'DM-JC-2022',
  clause: '国家基层糖尿病防治管理指南 血糖监测',
  summary:
    '糖化未达标或调药每3个月、达标每6个月复查；动态血糖时间在范围内超过70%、低于范围少于4%，老年高危者50%与1%。',
  parameters: [monitoringMonths],
  file: 'src/clinical/diabetes/plan-glucose-monitoring.ts',
  decide: planGlucoseMonitoring,
  cases: [
    {
      title: '未达标：3个月',
      given: { lastHba1cOn: d('2026-01-05'), atGoal: false },
      expect: { value: { nextHba1cOn: '2026-04-05' } },
    },
    {
      title: '达标：6个月',
      given: { lastHba1cOn: d('2026-01-05'), atGoal: true },
      expect: { value: { nextHba1cOn: '2026-07-05' } },
    },
    {
      title: 'TIR72 TBR3：达到',
      given: { lastHba1cOn: d('2026-01-05'), atGoal: true, inRange: 72, belowRange: 3 },
      expect: { value: { sensorGoalMet: true } },
    },
    {
      title: 'TIR72 TBR5：未达到',
      given: { lastHba1cOn: d('2026-01-05'), atGoal: true, inRange: 72, belowRange: 5 },
      expect: { value: { sensorGoalMet: false } },
    },
    {
      title: 'TIR70：未达到',
      given: { lastHba1cOn: d('2026-01-05'), atGoal: true, inRange: 70, belowRange: 1 },
      expect: { value: { sensorGoalMet: false } },
    },
    {
      title: 'TIR72 TBR3 低于3.0占1%：未达到',
      given: { lastHba1cOn: d('2026-01-05'), atGoal: true, inRange: 72, belowRange: 3, veryLow: 1 },
      expect: { value: { sensorGoalMet: false } },
    },
    {
      title: 'TIR72 TBR3 变异37%：未达到',
      given: { lastHba1cOn: d('2026-01-05'), atGoal: true, inRange: 72, belowRange: 3, variation: 37 },
      expect: { value: { sensorGoalMet: false } },
    },
    {
      title: '高龄 TIR51 TBR0.9：达到',
      given: { lastHba1cOn: d('2026-01-05'), atGoal: true, older: true, inRange: 51, belowRange: 0.9 },
      expect: { value: { sensorGoalMet: true } },
    },
    {
      title: '基础胰岛素调整期：每天测空腹',
      given: { lastHba1cOn: d('2026-01-05'), atGoal: false, regimen: 'basal' },
      expect: { value: { selfTests: '调整期间每天测空腹' } },
    },
    { title: '没有上次日期', given: { atGoal: true }, expect: { missing: ['上次糖化日期'] } },
  ],
});

export const findDiabetesReferralRule = defineRule<DiabetesReferralFacts>({
  ...base,
  id: 'DM-13',
  title: '糖尿病转诊',
  edition: 'DM-JC-2022',
  clause: '国家基层糖尿病防治管理指南 2022 转诊',
  summary:
    '意识改变、酮症、高渗、血糖≥16.7伴症状为急救；急性心脑血管事件、滤过率<30、视力骤降、足溃疡为严重；分型不清、妊娠、反复低血糖、3个月未达标、不能完成筛查为一般转诊。',
  parameters: [referralGlucose],
  file: 'src/clinical/diabetes/find-diabetes-referral.ts',
  decide: findDiabetesReferral,
  cases: [
    {
      title: '16岁新发',
      given: { ageYears: 16, newlyFound: true },
      expect: { value: { level: 'ordinary', codes: ['TYPE'] } },
    },
    {
      title: '一周2次低血糖',
      given: { ageYears: 78, hypoglycaemiaThisWeek: 2 },
      expect: { value: { codes: ['CONTROL'] } },
    },
    {
      title: '18.2伴呕吐',
      given: { glucose: 18.2, symptoms: true },
      expect: { value: { level: 'emergency', codes: ['EMERG'] } },
    },
    {
      title: '16.6伴呕吐：不是急救',
      given: { glucose: 16.6, symptoms: true },
      expect: { value: { level: 'none' } },
    },
    {
      title: '足底新溃疡',
      given: { footUlcerOrInfection: true },
      expect: { value: { level: 'severe', codes: ['COMPL_SEVERE'] } },
    },
    { title: '两药6个月糖化8.6', given: { monthsNotAtGoal: 6 }, expect: { value: { codes: ['CONTROL'] } } },
    { title: '2个月未达标：不转', given: { monthsNotAtGoal: 2 }, expect: { value: { level: 'none' } } },
    {
      title: '血酮3.0而血糖11.0：急救',
      given: { glucose: 11, ketone: 3 },
      expect: { value: { level: 'emergency' } },
    },
    { title: '血酮2.9：不是急救', given: { glucose: 11, ketone: 2.9 }, expect: { value: { level: 'none' } } },
    {
      title: '血糖14.0尿酮阳性：急救',
      given: { glucose: 14, urineKetone: true },
      expect: { value: { level: 'emergency' } },
    },
    {
      title: '血糖13.9尿酮阳性：不按急救',
      given: { glucose: 13.9, urineKetone: true },
      expect: { value: { level: 'none' } },
    },
    { title: '血糖33.3：急救', given: { glucose: 33.3 }, expect: { value: { level: 'emergency' } } },
    { title: '血糖33.2无症状：不按急救', given: { glucose: 33.2 }, expect: { value: { level: 'none' } } },
    { title: 'pH 7.29：急救', given: { ph: 7.29 }, expect: { value: { level: 'emergency' } } },
    { title: '渗透压320：急救', given: { osmolality: 320 }, expect: { value: { level: 'emergency' } } },
    { title: '间歇性跛行', given: { limbIschaemia: true }, expect: { value: { codes: ['COMPL_SEVERE'] } } },
    { title: '17岁新发', given: { ageYears: 17, newlyFound: true }, expect: { value: { codes: ['TYPE'] } } },
    {
      title: '18岁新发分型清楚：不计',
      given: { ageYears: 18, newlyFound: true },
      expect: { value: { level: 'none' } },
    },
    { title: '什么都没有：不下结论', given: {}, expect: { missing: ['血糖', '有无急性症状'] } },
    { title: 'eGFR 29', given: { egfr: 29 }, expect: { value: { level: 'severe' } } },
    { title: 'eGFR 30：不计', given: { egfr: 30 }, expect: { value: { level: 'none' } } },
  ],
});

export const scheduleComplicationScreeningRule = defineRule<ComplicationFacts>({
  ...base,
  id: 'DM-14',
  title: '并发症筛查计划',
  edition: 'DM-CN-2020',
  clause: '中国2型糖尿病防治指南 并发症筛查',
  summary:
    '眼底、肾脏、神经、足、心电图、血脂肝肾功能确诊时即查，以后每年；白蛋白尿阳性6个月内复查；糖化6个月。',
  parameters: [complicationScreening, retinopathyMonths, kidneyDisease],
  file: 'src/clinical/diabetes/schedule-complication-screening.ts',
  decide: (facts, day) => {
    const result = scheduleComplicationScreening(facts, day);
    return result.kind === 'decided'
      ? {
          ...result,
          value: Object.fromEntries(result.value.map((one) => [one.item, one.isDue ? 'due' : one.dueOn])),
        }
      : result;
  },
  cases: [
    {
      title: '确诊未查眼底：应查',
      day: '2026-02-01',
      given: { diagnosedOn: d('2026-01-05'), last: {} },
      expect: { value: { retina: 'due' } },
    },
    {
      title: '眼底 2025-01-10：逾期',
      day: '2026-02-01',
      given: { diagnosedOn: d('2020-01-05'), last: { retina: d('2025-01-10') } },
      expect: { value: { retina: 'due' } },
    },
    {
      title: '神经 2025-06-01：未到',
      day: '2026-02-01',
      given: { diagnosedOn: d('2020-01-05'), last: { neuropathy: d('2025-06-01') } },
      expect: { value: { neuropathy: '2026-06-01' } },
    },
    {
      title: '上次ACR45：6个月',
      day: '2026-02-01',
      given: { diagnosedOn: d('2020-01-05'), last: { acr: d('2025-09-01') }, lastAcr: 45 },
      expect: { value: { acr: '2026-03-01' } },
    },
    {
      title: '上次ACR29：12个月',
      day: '2026-02-01',
      given: { diagnosedOn: d('2020-01-05'), last: { acr: d('2025-09-01') }, lastAcr: 29 },
      expect: { value: { acr: '2026-09-01' } },
    },
    {
      title: '只查过血肌酐，没查过尿白蛋白肌酐比：后者应查',
      day: '2026-02-01',
      given: { diagnosedOn: d('2020-01-05'), last: { kidney: d('2025-09-01') } },
      expect: { value: { acr: 'due', kidney: '2026-09-01' } },
    },
    {
      title: '50岁起查踝臂指数，65岁起查认知',
      day: '2026-02-01',
      given: {
        ageYears: 64,
        diagnosedOn: d('2020-01-05'),
        last: { artery: d('2025-06-01'), dental: d('2025-06-01') },
      },
      expect: { value: { artery: '2026-06-01', dental: '2026-06-01', mood: 'due' } },
    },
    { title: '没有确诊日期', given: { last: {} }, expect: { missing: ['确诊日期'] } },
  ],
});

export const planRetinaCheckRule = defineRule<RetinaFacts>({
  ...base,
  id: 'DM-15',
  title: '视网膜病变随访',
  edition: 'DM-CN-2020',
  clause: '糖尿病视网膜病变随访',
  summary: '无病变12个月，轻度6–12个月，中度3–6个月，重度3个月内并转诊，增殖期立即转诊；妊娠期每3个月。',
  parameters: [retinopathyMonths],
  file: 'src/clinical/diabetes/schedule-complication-screening.ts',
  decide: planRetinaCheck,
  cases: [
    {
      title: '轻度，13个月前：应查',
      given: { grade: 'mild', lastOn: d('2024-12-05') },
      expect: { value: { isDue: true } },
    },
    {
      title: '轻度，9个月前：应查',
      given: { grade: 'mild', lastOn: d('2025-04-05') },
      expect: { value: { isDue: true, latestOn: '2026-04-05' } },
    },
    {
      title: '轻度，5个月前：未到',
      given: { grade: 'mild', lastOn: d('2025-08-05') },
      expect: { value: { isDue: false } },
    },
    {
      title: '无病变，11个月前：未到',
      given: { grade: 'none', lastOn: d('2025-02-05') },
      expect: { value: { isDue: false } },
    },
    {
      title: '妊娠，3个月前：应查',
      given: { grade: 'none', pregnant: true, lastOn: d('2025-10-05') },
      expect: { value: { isDue: true } },
    },
    { title: '增殖期：立即转', given: { grade: 'proliferative' }, expect: { value: { refer: true } } },
    {
      title: '重度：转诊',
      given: { grade: 'severe', lastOn: d('2025-12-01') },
      expect: { value: { refer: true, dueOn: '2026-03-01' } },
    },
    { title: '没有分期', given: {}, expect: { missing: ['视网膜病变分期'] } },
  ],
});

export const judgeDiabeticKidneyRule = defineRule<DiabeticKidneyFacts>({
  ...base,
  id: 'DM-16',
  title: '糖尿病肾病',
  edition: 'DM-CN-2020',
  clause: '糖尿病肾脏病诊断',
  summary:
    '3–6个月内三次中两次白蛋白肌酐比≥30为早期，≥300为临床期；滤过率低于60持续3个月也成立；一次异常须复查。',
  parameters: [kidneyDisease],
  file: 'src/clinical/diabetes/judge-kidney-and-foot.ts',
  decide: judgeDiabeticKidney,
  cases: [
    { title: '42、38、25：早期', given: { acr: [42, 38, 25] }, expect: { value: 'stage-3' } },
    { title: '60一次：复查', given: { acr: [60] }, expect: { value: 'repeat' } },
    { title: '29、29：无', given: { acr: [29, 29] }, expect: { value: 'stage-1-2' } },
    { title: '30、30：早期', given: { acr: [30, 30] }, expect: { value: 'stage-3' } },
    {
      title: 'eGFR52四个月 ACR12：功能下降',
      given: { acr: [12], egfr: 52, egfrLowMonths: 4 },
      expect: { value: 'reduced-function' },
    },
    { title: '发热时60：恢复后复查', given: { acr: [60, 50], disturbed: true }, expect: { value: 'repeat' } },
    { title: '300两次：早期', given: { acr: [300, 300] }, expect: { value: 'stage-3' } },
    { title: '301两次：临床期', given: { acr: [301, 301] }, expect: { value: 'stage-4' } },
    {
      title: 'eGFR52三个月：还须复查',
      given: { acr: [12], egfr: 52, egfrLowMonths: 3 },
      expect: { value: 'repeat' },
    },
    {
      title: 'eGFR14六个月：肾衰竭期',
      given: { acr: [12], egfr: 14, egfrLowMonths: 6 },
      expect: { value: 'stage-5' },
    },
    {
      title: 'eGFR15六个月：功能下降',
      given: { acr: [12], egfr: 15, egfrLowMonths: 6 },
      expect: { value: 'reduced-function' },
    },
    { title: '340两次：临床期', given: { acr: [340, 340] }, expect: { value: 'stage-4' } },
    { title: '没有化验', given: { acr: [] }, expect: { missing: ['尿白蛋白肌酐比', '肾小球滤过率'] } },
  ],
});

export const gradeFootRiskRule = defineRule<FootFacts>({
  ...base,
  id: 'DM-17',
  title: '糖尿病足风险',
  edition: 'DM-CN-2020',
  clause: '糖尿病足风险分级与随访',
  summary:
    '感觉与脉搏都正常0级（12个月），一项异常1级，两项异常或伴畸形2级（6个月），再有溃疡截肢史3级（3个月）；现有溃疡立即转诊。',
  parameters: [footRiskMonths],
  file: 'src/clinical/diabetes/judge-kidney-and-foot.ts',
  decide: gradeFootRisk,
  cases: [
    {
      title: '都正常：0级',
      given: { sensationLost: false, pulseWeak: false },
      expect: { value: { risk: 0, months: 12 } },
    },
    {
      title: '仅感觉减退：1级',
      given: { sensationLost: true, pulseWeak: false },
      expect: { value: { risk: 1 } },
    },
    {
      title: '感觉减退伴锤状趾：2级',
      given: { sensationLost: true, pulseWeak: false, deformity: true },
      expect: { value: { risk: 2 } },
    },
    {
      title: '感觉减退有愈合溃疡：3级',
      given: { sensationLost: true, pulseWeak: false, pastUlcerOrAmputation: true },
      expect: { value: { risk: 3, months: 3 } },
    },
    {
      title: '感觉减退、脉搏弱：2级',
      given: { sensationLost: true, pulseWeak: true },
      expect: { value: { risk: 2, months: 6 } },
    },
    {
      title: '感觉减退、肾衰竭：3级',
      given: { sensationLost: true, pulseWeak: false, kidneyFailure: true },
      expect: { value: { risk: 3 } },
    },
    { title: '现有溃疡：立即转诊', given: { ulcerNow: true }, expect: { value: { referNow: true } } },
    { title: '没查感觉', given: { pulseWeak: false }, expect: { missing: ['足部感觉'] } },
  ],
});

export const adjustBasalInsulinRule = defineRule<BasalFacts>({
  ...base,
  id: 'DM-19',
  title: '基础胰岛素起始与调整',
  edition: 'DM-JC-2022',
  clause: '胰岛素起始与调整',
  pendingSignOff: '须医生逐次确认；待专家核对',
  summary:
    '起始每公斤0.1–0.2单位；空腹高于10加4单位，7.1–10加2单位，4.4–7.0不变，3.9–4.3减2单位，任一低于3.9减4单位。',
  parameters: [insulinDoses],
  file: 'src/clinical/diabetes/adjust-basal-insulin.ts',
  decide: adjustBasalInsulin,
  cases: [
    {
      title: '70公斤：7–14单位',
      given: { weightKg: 70, fasting: [] },
      expect: { value: { startUnits: { low: 7, high: 14 } } },
    },
    {
      title: '8.6、9.1、8.8：加2',
      given: { fasting: [8.6, 9.1, 8.8] },
      expect: { value: { changeUnits: 2 } },
    },
    { title: '有一次3.7：减4', given: { fasting: [6.2, 3.7, 6] }, expect: { value: { changeUnits: -4 } } },
    { title: '7.0：不变', given: { fasting: [7] }, expect: { value: { changeUnits: 0 } } },
    { title: '7.1：加2', given: { fasting: [7.1] }, expect: { value: { changeUnits: 2 } } },
    { title: '10.1：加4', given: { fasting: [10.1] }, expect: { value: { changeUnits: 4 } } },
    { title: '4.3：减2', given: { fasting: [4.3] }, expect: { value: { changeUnits: -2 } } },
    {
      title: '预混70公斤：每日14–28单位',
      given: { weightKg: 70, fasting: [], kind: 'premix' },
      expect: { value: { startUnits: { low: 14, high: 28 } } },
    },
    {
      title: '70公斤每日36单位糖化仍高：强化或转诊',
      given: { weightKg: 70, dailyUnits: 36, stillHigh: true, fasting: [8] },
      expect: { value: { intensify: true } },
    },
    {
      title: '70公斤每日35单位：继续调整',
      given: { weightKg: 70, dailyUnits: 35, stillHigh: true, fasting: [8] },
      expect: { value: { intensify: false } },
    },
    { title: '3.9：减2', given: { fasting: [3.9] }, expect: { value: { changeUnits: -2 } } },
    { title: '4.4：不变', given: { fasting: [4.4] }, expect: { value: { changeUnits: 0 } } },
    { title: '10.0：加2', given: { fasting: [10] }, expect: { value: { changeUnits: 2 } } },
    { title: '没有体重', given: { fasting: [] }, expect: { missing: ['体重'] } },
  ],
});

export const guideSickDayRule = defineRule<SickDayFacts>({
  ...base,
  id: 'DM-20',
  title: '病中处理与酮症',
  edition: 'DM-JC-2022',
  clause: '糖尿病酮症酸中毒与病中管理',
  summary:
    '患病且血糖超过13.9查酮体；血酮0.6–1.5观察补液，1.6–3.0当日就诊，超过3.0急诊；用钠糖共转运蛋白2抑制剂呕吐且血酮≥1.5即急诊。',
  parameters: [ketoneLimits],
  file: 'src/clinical/diabetes/adjust-basal-insulin.ts',
  decide: guideSickDay,
  cases: [
    { title: '15.2伴流感：查酮体', given: { glucose: 15.2, ill: true }, expect: { value: 'test-ketone' } },
    { title: '13.9伴流感：照常', given: { glucose: 13.9, ill: true }, expect: { value: 'usual' } },
    { title: '血酮2.1：当日就诊', given: { ketone: 2.1 }, expect: { value: 'doctor-same-day' } },
    { title: '血酮3.4：急诊', given: { ketone: 3.4 }, expect: { value: 'emergency' } },
    { title: '血酮3.0：当日就诊', given: { ketone: 3 }, expect: { value: 'doctor-same-day' } },
    { title: '血酮1.0：观察', given: { ketone: 1 }, expect: { value: 'watch' } },
    {
      title: '用达格列净 11.8 呕吐 血酮2.0：急诊',
      given: { glucose: 11.8, ketone: 2, onSglt2: true, vomiting: true },
      expect: { value: 'emergency' },
    },
    { title: '14.0伴病：查酮体', given: { glucose: 14, ill: true }, expect: { value: 'test-ketone' } },
    { title: '血酮1.6：当日就诊', given: { ketone: 1.6 }, expect: { value: 'doctor-same-day' } },
    { title: '血酮1.5：观察', given: { ketone: 1.5 }, expect: { value: 'watch' } },
    { title: '血酮0.6：观察', given: { ketone: 0.6 }, expect: { value: 'watch' } },
    { title: '血酮0.5：正常', given: { ketone: 0.5 }, expect: { value: 'usual' } },
    { title: '血酮3.1：急诊', given: { ketone: 3.1 }, expect: { value: 'emergency' } },
    {
      title: '用列净类呕吐血酮1.4：观察并停药',
      given: { ketone: 1.4, onSglt2: true, vomiting: true },
      expect: { value: 'watch', reasons: ['hold'] },
    },
    { title: '没有化验', given: { ill: true }, expect: { missing: ['血糖', '血酮'] } },
  ],
});
