import { decided } from '#kernel/decision.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { Condition } from '../conditions.ts';
import { defineRule } from '../rule-definition.ts';
import { choosePressureTarget, type TargetFacts } from './choose-pressure-target.ts';
import { type AspirinFacts, considerAspirin } from './consider-aspirin.ts';
import { type DrugStartFacts, decideDrugStart } from './decide-drug-start.ts';
import { clinicalLimit, clinicalVeryOldAge, clinicalVeryOldLimit } from './follow-up-parameters.ts';
import { type ContactFacts, planClinicalContact } from './plan-clinical-contact.ts';
import { proposeInitialRegimen, type RegimenFacts, regimenForCondition } from './propose-initial-regimen.ts';
import { proposeStepUp, type StepUpFacts } from './propose-step-up.ts';
import { comorbidityRegimens, regimenLimits, shutClassLimits } from './regimen-parameters.ts';
import { type LifestyleFacts, setLifestyleGoals } from './set-lifestyle-goals.ts';
import {
  checkStatinSafety,
  type LipidGoalFacts,
  type StatinSafetyFacts,
  setLipidGoal,
} from './set-lipid-goal.ts';
import {
  aspirinLimits,
  clinicalContactDays,
  drugStart,
  hypertensionLipids,
  lifestyleGoals,
  stepUpWeeks,
  targetDetail,
} from './treatment-parameters.ts';

const jc = '国家基层高血压防治管理指南 2025版';
const base = { track: 'clinical', edition: 'HTN-JC-2025', certainty: 'found' } as const;

export const choosePressureTargetRule = defineRule<TargetFacts>({
  ...base,
  id: 'HTN-08-target',
  title: '个体血压目标',
  clause: `${jc} §5.2`,
  summary: '80岁以下低于130/80；80岁及以上低于150/90，可耐受时低于140/90。衰弱或体位性低血压者个体化。',
  parameters: [clinicalLimit, clinicalVeryOldAge, clinicalVeryOldLimit, targetDetail],
  file: 'src/clinical/hypertension/choose-pressure-target.ts',
  decide: choosePressureTarget,
  cases: [
    {
      title: '58岁：<130/80',
      given: { ageYears: 58 },
      expect: { value: { below: { sbp: 130, dbp: 80 }, stretchBelow: undefined, individual: false } },
    },
    {
      title: '70岁：<130/80，下限120/70',
      given: { ageYears: 70 },
      expect: { value: { below: { sbp: 130, dbp: 80 }, floor: { sbp: 120, dbp: 70 } } },
    },
    { title: '79岁：<130/80', given: { ageYears: 79 }, expect: { value: { below: { sbp: 130, dbp: 80 } } } },
    { title: '80岁：<150/90', given: { ageYears: 80 }, expect: { value: { below: { sbp: 150, dbp: 90 } } } },
    {
      title: '84岁：<150/90，可耐受<140/90',
      given: { ageYears: 84 },
      expect: { value: { below: { sbp: 150, dbp: 90 }, stretchBelow: { sbp: 140, dbp: 90 } } },
    },
    {
      title: '2025年8月58岁：旧版<140/90',
      given: { ageYears: 58 },
      day: '2025-08-31',
      expect: { value: { below: { sbp: 140, dbp: 90 } } },
    },
    {
      title: '立位下降20：个体化',
      given: { ageYears: 70, orthostaticDrop: { sbp: 20, dbp: 4 } },
      expect: { value: { individual: true } },
    },
    {
      title: '立位下降19/9：不算',
      given: { ageYears: 70, orthostaticDrop: { sbp: 19, dbp: 9 } },
      expect: { value: { individual: false } },
    },
    { title: '没有年龄', given: {}, expect: { missing: ['年龄'] } },
  ],
});

const start = (
  sbp: number,
  dbp: number,
  conditions: readonly Condition[] = [],
  lifestyleDays?: number,
): DrugStartFacts => ({ sbp, dbp, conditions, lifestyleDays });

export const decideDrugStartRule = defineRule<DrugStartFacts>({
  ...base,
  id: 'HTN-09',
  title: '何时启动降压药',
  clause: `${jc} §5.4.1、§5.4.7`,
  summary:
    '确诊即启动药物；低于150/90且无合并症者可按意愿先改善生活方式，最多3个月。正常高值合并冠心病、心衰、房颤、脑卒中、外周动脉病、慢性肾病、视网膜病变或糖尿病者用药，目标低于130/80。',
  parameters: [drugStart],
  file: 'src/clinical/hypertension/decide-drug-start.ts',
  decide: decideDrugStart,
  cases: [
    { title: '146/88 无合并症：可暂缓', given: start(146, 88), expect: { value: 'drug-or-delay' } },
    { title: '149/89 无合并症：可暂缓', given: start(149, 89), expect: { value: 'drug-or-delay' } },
    { title: '146/90：用药', given: start(146, 90), expect: { value: 'drug-now' } },
    { title: '152/84：用药', given: start(152, 84), expect: { value: 'drug-now' } },
    {
      title: '146/88 糖尿病：用药',
      given: start(146, 88, ['type-2-diabetes']),
      expect: { value: 'drug-now' },
    },
    {
      title: '134/84 冠心病：用药',
      given: start(134, 84, ['coronary-heart-disease']),
      expect: { value: 'drug-now' },
    },
    {
      title: '126/86 慢性肾病：用药',
      given: start(126, 86, ['chronic-kidney-disease']),
      expect: { value: 'drug-now' },
    },
    {
      title: '118/74 慢性肾病：不因肾病而给血压正常者用药',
      given: start(118, 74, ['chronic-kidney-disease']),
      expect: { value: 'lifestyle' },
    },
    {
      title: '129/84 糖尿病：生活方式',
      given: start(129, 84, ['type-2-diabetes']),
      expect: { value: 'lifestyle' },
    },
    {
      title: '130/84 糖尿病：用药',
      given: start(130, 84, ['type-2-diabetes']),
      expect: { value: 'drug-now' },
    },
    { title: '139/89 无合并症：生活方式', given: start(139, 89), expect: { value: 'lifestyle' } },
    { title: '140/88 无合并症：可暂缓', given: start(140, 88), expect: { value: 'drug-or-delay' } },
    { title: '134/84 无合并症：生活方式', given: start(134, 84), expect: { value: 'lifestyle' } },
    { title: '142/86 生活方式91天：用药', given: start(142, 86, [], 91), expect: { value: 'drug-now' } },
    {
      title: '142/86 生活方式90天：仍可暂缓',
      given: start(142, 86, [], 90),
      expect: { value: 'drug-or-delay' },
    },
    { title: '136/92：看心血管风险', given: start(136, 92), expect: { value: 'lifestyle-unless-high-risk' } },
    { title: '没有血压', given: { conditions: [] }, expect: { missing: ['收缩压', '舒张压'] } },
  ],
});

const regimen = (
  ageYears: number,
  sbp: number,
  dbp: number,
  more: Partial<RegimenFacts> = {},
): RegimenFacts => ({ ageYears, sbp, dbp, conditions: [], ...more });

export const proposeInitialRegimenRule = defineRule<RegimenFacts>({
  ...base,
  id: 'HTN-10',
  title: '起始降压方案',
  clause: `${jc} §5.4.3.1 图2`,
  summary:
    '低于150/90用单药（C、A或D，静息心率≥80可用B），达到150/90用两药；80岁及以上或衰弱者单药小剂量。有合并症按合并症方案。仅为建议，由医生决定。',
  parameters: [regimenLimits, comorbidityRegimens],
  file: 'src/clinical/hypertension/propose-initial-regimen.ts',
  decide: proposeInitialRegimen,
  cases: [
    {
      title: '50岁 148/88 心率74：单药',
      given: regimen(50, 148, 88, { heartRate: 74 }),
      expect: { value: { kind: 'mono', options: ['C', 'A', 'D'] } },
    },
    {
      title: '45岁 146/86 心率92：单药可用B',
      given: regimen(45, 146, 86, { heartRate: 92 }),
      expect: { value: { kind: 'mono', options: ['C', 'A', 'D', 'B'] } },
    },
    {
      title: '心率79：不列B',
      given: regimen(45, 146, 86, { heartRate: 79 }),
      expect: { value: { options: ['C', 'A', 'D'] } },
    },
    {
      title: '50岁 148/92：两药',
      given: regimen(50, 148, 92, { heartRate: 74 }),
      expect: { value: { kind: 'dual', options: ['C+A', 'A+D', 'C+D'] } },
    },
    { title: '50岁 152/94：两药', given: regimen(50, 152, 94), expect: { value: { kind: 'dual' } } },
    {
      title: '62岁 168/102 心率84：两药含C+B',
      given: regimen(62, 168, 102, { heartRate: 84 }),
      expect: { value: { kind: 'dual', options: ['C+A', 'A+D', 'C+D', 'C+B'] } },
    },
    {
      title: '83岁 164/86：单药小剂量',
      given: regimen(83, 164, 86),
      expect: { value: { kind: 'mono', smallDose: true } },
    },
    {
      title: '70岁衰弱 164/86：单药',
      given: regimen(70, 164, 86, { frail: true }),
      expect: { value: { kind: 'mono', smallDose: true } },
    },
    { title: '79岁不衰弱 164/86：两药', given: regimen(79, 164, 86), expect: { value: { kind: 'dual' } } },
    { title: '没有年龄', given: { sbp: 150, dbp: 90, conditions: [] }, expect: { missing: ['年龄'] } },
  ],
});

export const comorbidityRegimenRule = defineRule<RegimenFacts>({
  ...base,
  id: 'HTN-11',
  title: '合并症的降压方案',
  clause: `${jc} §5.4.3.2 表5`,
  summary:
    '心衰、陈旧心梗从小剂量A+B起；稳定型心绞痛B、A或C；脑卒中C、A或D；糖尿病、慢性肾病以A为先；房颤控制心率B+A；慢阻肺A、C或D。未达标按表加药。有绝对禁忌的药类（哮喘、传导阻滞、心率低于50不用B；双侧肾动脉狭窄、血管性水肿、血钾≥5.5不用A；痛风不用D；妊娠不用A）不出现在建议中。',
  parameters: [comorbidityRegimens, shutClassLimits],
  file: 'src/clinical/hypertension/propose-initial-regimen.ts',
  decide: (facts, day) => {
    const proposal = proposeInitialRegimen(facts, day);
    return proposal.kind === 'decided'
      ? decided(
          { ...proposal.rule, id: 'HTN-11' },
          {
            ...proposal.value,
            steps: facts.conditions[0] ? regimenForCondition(facts.conditions[0], day)?.steps : undefined,
          },
          proposal.reasons,
        )
      : { ...proposal, rule: { ...proposal.rule, id: 'HTN-11' } };
  },
  cases: [
    {
      title: '糖尿病60岁 156/94：A 起，可A+C或A+D',
      given: regimen(60, 156, 94, { conditions: ['type-2-diabetes'] }),
      expect: { value: { kind: 'comorbidity', options: ['A', 'A+C 或 A+D'] } },
    },
    {
      title: '陈旧心梗 142/84：A+B 从小剂量',
      given: regimen(60, 142, 84, { conditions: ['myocardial-infarction'] }),
      expect: { value: { options: ['A+B'], steps: ['A+B', 'A+B+C 或 A+B+D', '转诊，或A+B+C+D'] } },
    },
    {
      title: '心衰第三步C限氨氯地平、非洛地平',
      given: regimen(60, 150, 90, { conditions: ['heart-failure'] }),
      expect: { value: { steps: ['A+B', 'A+B+D', '转诊，或A+B+D+C（C限氨氯地平、非洛地平）'] } },
    },
    {
      title: '慢性肾病 142/84：A',
      given: regimen(60, 142, 84, { conditions: ['chronic-kidney-disease'] }),
      expect: { value: { options: ['A'] } },
    },
    {
      title: '心绞痛合并哮喘：不用B，用A或C',
      given: regimen(60, 142, 84, { conditions: ['stable-angina', 'asthma'] }),
      expect: { value: { options: ['A', 'C'] }, reasons: ['no-B'] },
    },
    {
      title: '陈旧心梗合并哮喘：只余A，由医生决定',
      given: regimen(60, 142, 84, { conditions: ['myocardial-infarction', 'asthma'] }),
      expect: { value: { options: ['A'] }, reasons: ['no-B'] },
    },
    {
      title: '糖尿病血钾5.5：推荐药有禁忌，转诊',
      given: regimen(60, 142, 84, { conditions: ['type-2-diabetes'], potassium: 5.5 }),
      expect: { value: { kind: 'refer', options: [] } },
    },
    {
      title: '糖尿病血钾5.4：A',
      given: regimen(60, 142, 84, { conditions: ['type-2-diabetes'], potassium: 5.4 }),
      expect: { value: { options: ['A'] } },
    },
    {
      title: '痛风：不用D',
      given: regimen(60, 142, 84, { conditions: ['gout'] }),
      expect: { value: { kind: 'mono', options: ['C', 'A'] }, reasons: ['no-D'] },
    },
    {
      title: '妊娠：拉贝洛尔等并转诊',
      given: regimen(30, 152, 96, { pregnancy: 'pregnant' }),
      expect: { value: { kind: 'pregnancy', options: ['拉贝洛尔', '硝苯地平缓释片或控释片', '甲基多巴'] } },
    },
    {
      title: '首次肌酐140：上级医院定方案',
      given: regimen(60, 152, 96, { newlyRaisedCreatinine: true }),
      expect: { value: { kind: 'refer' } },
    },
    {
      title: '射血分数降低的心衰：A+B',
      given: regimen(60, 150, 90, { conditions: ['heart-failure-reduced'] }),
      expect: { value: { options: ['A+B'] } },
    },
    {
      title: '慢阻肺 150/92：A、C、D 单用或两药',
      given: regimen(60, 150, 92, { conditions: ['copd'] }),
      expect: { value: { options: ['A 或 C 或 D', 'A+C、A+D 或 C+D'] } },
    },
    {
      title: '心率49：不列B',
      given: regimen(60, 142, 84, { conditions: ['stable-angina'], heartRate: 49 }),
      expect: { value: { options: ['A', 'C'] } },
    },
    {
      title: '心率50：可列B',
      given: regimen(60, 142, 84, { conditions: ['stable-angina'], heartRate: 50 }),
      expect: { value: { options: ['B 或 A 或 C'] } },
    },
    {
      title: '外周动脉病：同无合并症',
      given: regimen(60, 142, 84, { conditions: ['peripheral-artery-disease'] }),
      expect: { value: { kind: 'mono' } },
    },
    {
      title: '没有血压',
      given: { ageYears: 60, conditions: ['type-2-diabetes'] },
      expect: { missing: ['收缩压', '舒张压'] },
    },
  ],
});

export const proposeStepUpRule = defineRule<StepUpFacts>({
  ...base,
  id: 'HTN-13',
  title: '未达标时的调整',
  clause: `${jc} §5.4.3–5.4.5`,
  summary:
    '规律服药、调药2–4周未达标才加量、换药或联合；不规律先解决依从性；一直达标者一次偏高先复测；三种足量含利尿剂仍未达标为难治性，转诊。',
  parameters: [stepUpWeeks],
  file: 'src/clinical/hypertension/propose-step-up.ts',
  decide: proposeStepUp,
  cases: [
    {
      title: '第3周单药 146/88 规律：调整',
      given: { atTarget: false, adherent: true, weeksSinceChange: 3, drugs: 1 },
      expect: { value: 'step-up' },
    },
    {
      title: '第2周：可调整',
      given: { atTarget: false, adherent: true, weeksSinceChange: 2, drugs: 1 },
      expect: { value: 'step-up' },
    },
    {
      title: '第1周：等待',
      given: { atTarget: false, adherent: true, weeksSinceChange: 1, drugs: 1 },
      expect: { value: 'wait' },
    },
    {
      title: 'A+C+D足量4周 152/94：难治，转诊',
      given: {
        atTarget: false,
        adherent: true,
        weeksSinceChange: 4,
        drugs: 3,
        fullDose: true,
        withDiuretic: true,
      },
      expect: { value: 'resistant-refer' },
    },
    {
      title: 'A+C+B足量无利尿剂：加利尿剂',
      given: {
        atTarget: false,
        adherent: true,
        weeksSinceChange: 4,
        drugs: 3,
        fullDose: true,
        withDiuretic: false,
      },
      expect: { value: 'add-diuretic' },
    },
    {
      title: '间断服药：先解决依从性',
      given: { atTarget: false, adherent: false, weeksSinceChange: 4, drugs: 1 },
      expect: { value: 'adherence-first' },
    },
    {
      title: '控制9个月一次 144/86：复测',
      given: { atTarget: false, wasControlled: true, adherent: true, weeksSinceChange: 40 },
      expect: { value: 'repeat-first' },
    },
    { title: '达标：维持', given: { atTarget: true }, expect: { value: 'keep' } },
    {
      title: '不知依从性',
      given: { atTarget: false, weeksSinceChange: 4 },
      expect: { missing: ['服药依从性'] },
    },
  ],
});

export const planClinicalContactRule = defineRule<ContactFacts>({
  ...base,
  id: 'HTN-14-clinical',
  title: '临床口径的随访间隔',
  clause: `${jc} §7、§8`,
  summary: '达标至少每3个月、未达标至少每月随访；调药或转诊后2–4周评估。公卫口径另算，取较早者。',
  parameters: [clinicalContactDays],
  file: 'src/clinical/hypertension/plan-clinical-contact.ts',
  decide: planClinicalContact,
  cases: [
    {
      title: '达标：至 2026-04-05',
      given: { atTarget: true },
      expect: { value: { to: plainDate('2026-04-05') } },
    },
    {
      title: '未达标：至 2026-02-04',
      given: { atTarget: false },
      expect: { value: { to: plainDate('2026-02-04') } },
    },
    {
      title: '转诊后：2026-01-19 至 02-02',
      given: { referred: true },
      expect: { value: { from: plainDate('2026-01-19'), to: plainDate('2026-02-02') } },
    },
    {
      title: '调药后：2026-01-19 至 02-02',
      given: { regimenChanged: true },
      expect: { value: { from: plainDate('2026-01-19'), to: plainDate('2026-02-02') } },
    },
    { title: '不知是否达标', given: {}, expect: { missing: ['是否达到临床目标'] } },
  ],
});

export const setLifestyleGoalsRule = defineRule<LifestyleFacts>({
  ...base,
  id: 'HTN-19',
  title: '生活方式数字目标',
  clause: `${jc} §5.3 表3`,
  summary:
    '食盐不超过5克/天，每少1克收缩压约降1.2 mmHg；体质指数小于24，腰围男小于90、女小于85厘米。每周运动5–7次、每次30分钟以上，睡7–9小时，戒烟不饮酒。用普利、沙坦类而肾功能差或血钾高者不用低钠盐。',
  parameters: [lifestyleGoals],
  file: 'src/clinical/hypertension/set-lifestyle-goals.ts',
  decide: setLifestyleGoals,
  cases: [
    {
      title: '食盐11克：预计降7.2',
      given: { saltGrams: 11 },
      expect: { value: { saltEffect: 7.2 }, reasons: ['salt'] },
    },
    { title: '食盐5克：不提', given: { saltGrams: 5 }, expect: { value: { saltEffect: undefined } } },
    {
      title: '172cm 78kg：不超过70.8kg',
      given: { heightCm: 172, weightKg: 78 },
      expect: { value: { weightAtMost: 70.8 }, reasons: ['weight'] },
    },
    {
      title: 'eGFR 40 用缬沙坦：不用低钠盐',
      given: { onRenin: true, egfr: 40 },
      expect: { value: { lowSodiumSalt: 'not-suitable' } },
    },
    {
      title: 'eGFR 45 用缬沙坦：可用',
      given: { onRenin: true, egfr: 45 },
      expect: { value: { lowSodiumSalt: 'suitable' } },
    },
    {
      title: '血钾5.0 用缬沙坦：不用',
      given: { onRenin: true, egfr: 90, potassium: 5 },
      expect: { value: { lowSodiumSalt: 'not-suitable' } },
    },
    {
      title: '男腰围90：提示',
      given: { sex: 'male', waistCm: 90 },
      expect: { value: {}, reasons: ['waist'] },
    },
    { title: '每周运动4次：再多', given: { exerciseTimes: 4 }, expect: { value: {}, reasons: ['exercise'] } },
    {
      title: '男酒精26克：超',
      given: { sex: 'male', alcoholGrams: 26 },
      expect: { value: {}, reasons: ['alcohol'] },
    },
    {
      title: '女酒精16克：超',
      given: { sex: 'female', alcoholGrams: 16 },
      expect: { value: {}, reasons: ['alcohol'] },
    },
    { title: '睡6小时：不足', given: { sleepHours: 6 }, expect: { value: {}, reasons: ['sleep'] } },
    { title: '吸烟：戒烟', given: { smoker: true }, expect: { value: {}, reasons: ['smoking'] } },
    { title: '肾功能未知', given: { onRenin: true }, expect: { value: { lowSodiumSalt: 'unknown' } } },
  ],
});

const asa = (ageYears: number, sbp: number, dbp: number, ...conditions: Condition[]): AspirinFacts => ({
  ageYears,
  sbp,
  dbp,
  conditions,
});

export const considerAspirinRule = defineRule<AspirinFacts>({
  ...base,
  id: 'HTN-20',
  title: '阿司匹林的使用',
  clause: `${jc} §5.5.2`,
  pendingSignOff: '一级预防年龄上限据新近实践，待专家确认',
  summary:
    '有动脉粥样硬化性心血管病且血压低于150/90者建议使用，未降到者先降压；无此病者不常规使用，合并糖尿病或慢性肾病由医生权衡。',
  parameters: [aspirinLimits],
  file: 'src/clinical/hypertension/consider-aspirin.ts',
  decide: considerAspirin,
  cases: [
    {
      title: '陈旧心梗 138/82：建议',
      given: asa(66, 138, 82, 'myocardial-infarction'),
      expect: { value: 'recommended' },
    },
    {
      title: '陈旧心梗 158/92：先降压',
      given: asa(66, 158, 92, 'myocardial-infarction'),
      expect: { value: 'control-pressure-first' },
    },
    {
      title: '陈旧心梗 149/89：建议',
      given: asa(66, 149, 89, 'myocardial-infarction'),
      expect: { value: 'recommended' },
    },
    {
      title: '陈旧心梗 150/89：先降压',
      given: asa(66, 150, 89, 'myocardial-infarction'),
      expect: { value: 'control-pressure-first' },
    },
    {
      title: '55岁仅高血压：不建议',
      given: asa(55, 142, 86, 'hypertension'),
      expect: { value: 'not-recommended' },
    },
    {
      title: '糖尿病60岁 142/86：可考虑',
      given: asa(60, 142, 86, 'hypertension', 'type-2-diabetes'),
      expect: { value: 'may-consider' },
    },
    {
      title: '82岁无动脉粥样硬化病：不建议',
      given: asa(82, 142, 86, 'type-2-diabetes'),
      expect: { value: 'not-recommended' },
    },
    {
      title: '69岁糖尿病：可考虑',
      given: asa(69, 142, 86, 'type-2-diabetes'),
      expect: { value: 'may-consider' },
    },
    {
      title: '70岁糖尿病：不建议',
      given: asa(70, 142, 86, 'type-2-diabetes'),
      expect: { value: 'not-recommended' },
    },
    {
      title: '活动性溃疡：禁忌',
      given: asa(60, 130, 80, 'myocardial-infarction', 'peptic-ulcer-active'),
      expect: { value: 'contraindicated' },
    },
    { title: '没有年龄', given: { sbp: 130, dbp: 80, conditions: [] }, expect: { missing: ['年龄'] } },
  ],
});

const lip = (
  sex: 'male' | 'female',
  ageYears: number,
  more: Partial<LipidGoalFacts> = {},
): LipidGoalFacts => ({
  sex,
  ageYears,
  events: 0,
  conditions: [],
  smoker: false,
  ldl: 3,
  hdl: 1.3,
  ...more,
});

export const setLipidGoalRule = defineRule<LipidGoalFacts>({
  ...base,
  id: 'HTN-21',
  title: '高血压患者的低密度脂蛋白目标',
  clause: `${jc} §5.5.1 表6`,
  summary:
    '两次及以上事件或一次事件加高危因素低于1.4；其他动脉粥样硬化性心血管病、慢性肾病低于1.8；40岁以上糖尿病、胆固醇明显升高、吸烟、高密度脂蛋白低、男45女55岁起低于2.6；其余低于3.4 mmol/L。',
  parameters: [hypertensionLipids],
  file: 'src/clinical/hypertension/set-lipid-goal.ts',
  decide: setLipidGoal,
  cases: [
    { title: '两次事件：1.4', given: lip('male', 60, { events: 2 }), expect: { value: 1.4 } },
    {
      title: '一次心梗+糖尿病：1.4',
      given: lip('male', 60, { events: 1, conditions: ['type-2-diabetes'] }),
      expect: { value: 1.4 },
    },
    { title: '仅一次心梗：1.8', given: lip('male', 60, { events: 1 }), expect: { value: 1.8 } },
    {
      title: '慢性肾病+糖尿病60岁：1.8',
      given: lip('male', 60, { conditions: ['chronic-kidney-disease', 'type-2-diabetes'] }),
      expect: { value: 1.8 },
    },
    {
      title: '女45糖尿病：2.6',
      given: lip('female', 45, { conditions: ['type-2-diabetes'] }),
      expect: { value: 2.6 },
    },
    {
      title: '女50 HDL1.3 不吸烟：3.4',
      given: lip('female', 50, { hdl: 1.3, smoker: false }),
      expect: { value: 3.4 },
    },
    { title: '男50：2.6', given: lip('male', 50), expect: { value: 2.6 } },
    { title: '男35吸烟：2.6', given: lip('male', 35, { smoker: true }), expect: { value: 2.6 } },
    { title: '女38 LDL5.0：2.6', given: lip('female', 38, { ldl: 5 }), expect: { value: 2.6 } },
    {
      title: '女36糖尿病无其他：3.4',
      given: lip('female', 36, { conditions: ['type-2-diabetes'] }),
      expect: { value: 3.4 },
    },
    {
      title: '冠心病而无事件：1.8',
      given: lip('male', 60, { conditions: ['coronary-heart-disease'] }),
      expect: { value: 1.8 },
    },
    {
      title: '没问吸烟：不下“低于3.4”的结论',
      given: lip('male', 44, { smoker: undefined }),
      expect: { missing: ['吸烟'] },
    },
    {
      title: '没有血脂：不下结论',
      given: lip('female', 50, { ldl: undefined, hdl: undefined }),
      expect: { missing: ['血脂', '高密度脂蛋白'] },
    },
    { title: '男44：3.4', given: lip('male', 44), expect: { value: 3.4 } },
    { title: '男45：2.6', given: lip('male', 45), expect: { value: 2.6 } },
    { title: '女54：3.4', given: lip('female', 54), expect: { value: 3.4 } },
    { title: '没有性别', given: { ageYears: 50, events: 0, conditions: [] }, expect: { missing: ['性别'] } },
  ],
});

export const checkStatinSafetyRule = defineRule<StatinSafetyFacts>({
  ...base,
  id: 'HTN-21-statin',
  title: '他汀安全监测',
  clause: `${jc} §5.5.1`,
  summary: '转氨酶达3倍上限、肌酸激酶达4倍上限或有症状，停药并转诊；轻度升高4周复查。',
  parameters: [hypertensionLipids],
  file: 'src/clinical/hypertension/set-lipid-goal.ts',
  decide: checkStatinSafety,
  cases: [
    { title: 'ALT 2.5倍：4周复查', given: { altTimes: 2.5 }, expect: { value: 'recheck-4-weeks' } },
    { title: 'ALT 3倍：停药转诊', given: { altTimes: 3 }, expect: { value: 'stop-refer' } },
    { title: 'CK 5倍无症状：停药转诊', given: { ckTimes: 5 }, expect: { value: 'stop-refer' } },
    { title: 'CK 3.9倍：4周复查', given: { ckTimes: 3.9 }, expect: { value: 'recheck-4-weeks' } },
    { title: '有肌痛：停药转诊', given: { ckTimes: 1, symptoms: true }, expect: { value: 'stop-refer' } },
    { title: '正常：继续', given: { altTimes: 0.8, ckTimes: 0.9 }, expect: { value: 'continue' } },
    { title: '没有化验', given: {}, expect: { missing: ['转氨酶', '肌酸激酶'] } },
  ],
});
