import type { FollowUpClassification } from '../follow-up/follow-up-class.ts';
import { defineRule } from '../rule-definition.ts';
import { type CrisisFacts, detectPressureCrisis } from './detect-pressure-crisis.ts';
import { findReferralReasons, type ReferralFacts } from './find-referral-reasons.ts';
import { flagSecondaryCauses, type SecondaryFacts } from './flag-secondary-causes.ts';
import {
  clinicalLimit,
  clinicalVeryOldAge,
  clinicalVeryOldLimit,
  crisisLimit,
  longestRoutineDays,
  recheckDays,
  routineDays,
  statutoryElderAge,
  statutoryElderLimit,
  statutoryLimit,
} from './follow-up-parameters.ts';
import { guideUrgentPressure, type UrgentFacts } from './guide-urgent-pressure.ts';
import { judgePressureControl, type PressureFacts } from './judge-pressure-control.ts';
import { planNextVisit } from './plan-next-visit.ts';
import { referralLimits, secondaryLimits, urgentProtocol } from './treatment-parameters.ts';

const jc = '国家基层高血压防治管理指南 2025版';
const norm = '高血压患者健康管理服务规范';
const refer = (more: Partial<ReferralFacts>): ReferralFacts => ({ sbp: 150, dbp: 94, signs: [], ...more });

export const findReferralReasonsRule = defineRule<ReferralFacts>({
  id: 'HTN-16',
  title: '高血压转诊',
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: `${jc} §7`,
  certainty: 'found',
  pendingSignOff: '小剂量利尿剂界值25毫克为平台默认，待专家确认',
  summary:
    '急救转诊E1–E6、初诊转诊I1–I9、随访转诊F1–F5逐条列出理由，取最急的一级；血压和危险征象未问清前不下“不需转诊”的结论。妊娠哺乳期、30岁前发病、血钾低于3.5（非利尿剂所致）、两臂差超过20、三药足量仍未达标等须转诊。',
  parameters: [referralLimits],
  file: 'src/clinical/hypertension/find-referral-reasons.ts',
  decide: findReferralReasons,
  cases: [
    {
      title: '28岁新发 164/98：I4',
      given: refer({ sbp: 164, dbp: 98, onsetAgeYears: 28 }),
      expect: { value: { level: 'initial', codes: ['I4'] } },
    },
    {
      title: '30岁发病：不计',
      given: refer({ sbp: 150, dbp: 94, onsetAgeYears: 30 }),
      expect: { value: { level: 'none' } },
    },
    {
      title: '血钾3.2 未用利尿剂：I6',
      given: refer({ potassium: 3.2, diureticDose: 0 }),
      expect: { value: { codes: ['I6'] } },
    },
    {
      title: '血钾3.3 氢氯噻嗪12.5：I6',
      given: refer({ potassium: 3.3, diureticDose: 12.5 }),
      expect: { value: { codes: ['I6'] } },
    },
    {
      title: '血钾3.3 氢氯噻嗪50：先纠正',
      given: refer({ potassium: 3.3, diureticDose: 50 }),
      expect: { value: { level: 'none' } },
    },
    { title: '血钾3.5：不计', given: refer({ potassium: 3.5 }), expect: { value: { level: 'none' } } },
    {
      title: '192/116 言语不清：E2',
      given: refer({ sbp: 192, dbp: 116, signs: ['speech-or-limb'] }),
      expect: { value: { level: 'emergency', codes: ['E2'] } },
    },
    {
      title: '170/100 头痛：不是E2',
      given: refer({ sbp: 170, dbp: 100, signs: ['severe-headache'] }),
      expect: { value: { level: 'none' } },
    },
    {
      title: 'A+C+D足量4周 150/95：F1',
      given: refer({ sbp: 150, dbp: 95, fullTripleNotAtTarget: true }),
      expect: { value: { level: 'follow-up', codes: ['F1'] } },
    },
    {
      title: '64岁 150/94 首次：无',
      given: refer({ sbp: 150, dbp: 94, onsetAgeYears: 64 }),
      expect: { value: { level: 'none' } },
    },
    {
      title: '哺乳期 142/88：I3',
      given: refer({ sbp: 142, dbp: 88, pregnantOrLactating: true }),
      expect: { value: { codes: ['I3'] } },
    },
    {
      title: '172/98 不能平卧：E4',
      given: refer({ sbp: 172, dbp: 98, signs: ['dyspnoea-or-oedema'] }),
      expect: { value: { level: 'emergency', codes: ['E4'] } },
    },
    {
      title: '胸痛10分钟大汗：E5',
      given: refer({ signs: ['chest-tightness-with-sweat'], chestPainMinutes: 10 }),
      expect: { value: { codes: ['E5'] } },
    },
    {
      title: '胸痛9分钟：不是E5',
      given: refer({ signs: ['chest-tightness-with-sweat'], chestPainMinutes: 9 }),
      expect: { value: { level: 'none' } },
    },
    { title: '两臂差21：I8', given: refer({ armDifference: 21 }), expect: { value: { codes: ['I8'] } } },
    {
      title: '一项也没问：不说“不需转诊”',
      given: {},
      expect: { missing: ['收缩压', '舒张压', '危险征象'] },
    },
    {
      title: '186/112，未知处理后血压：先处理再定',
      given: refer({ sbp: 186, dbp: 112 }),
      expect: { missing: ['短时处理后的血压'] },
    },
    {
      title: '186/112，处理后仍高：I1',
      given: refer({ sbp: 186, dbp: 112, stillHighAfterTreatment: true }),
      expect: { value: { level: 'initial', codes: ['I1'] } },
    },
    {
      title: '186/112，处理后已降：无',
      given: refer({ sbp: 186, dbp: 112, stillHighAfterTreatment: false }),
      expect: { value: { level: 'none' } },
    },
    {
      title: '收缩压190呼吸困难，舒张压未测：E4',
      given: { sbp: 190, signs: ['dyspnoea-or-oedema'] },
      expect: { value: { codes: ['E4'] } },
    },
    {
      title: '118/74 呼吸困难：不是血压升高所致的E4',
      given: refer({ sbp: 118, dbp: 74, signs: ['dyspnoea-or-oedema', 'chest-or-back-pain'] }),
      expect: { value: { level: 'none' } },
    },
    {
      title: '胸闷大汗时长不明：按E5',
      given: refer({ signs: ['chest-tightness-with-sweat'] }),
      expect: { value: { codes: ['E5'] } },
    },
    {
      title: '血钾3.2 利尿剂不明：I6并请核对',
      given: refer({ potassium: 3.2 }),
      expect: { value: { codes: ['I6'] } },
    },
    {
      title: '需上级检查：I9',
      given: refer({ needsHigherTest: true }),
      expect: { value: { level: 'initial', codes: ['I9'] } },
    },
    {
      title: '随访中新发严重疾病：F4',
      given: refer({ newSevereDisease: true }),
      expect: { value: { level: 'follow-up', codes: ['F4'] } },
    },
    { title: '两臂差20：不计', given: refer({ armDifference: 20 }), expect: { value: { level: 'none' } } },
  ],
});

export const guideUrgentPressureRule = defineRule<UrgentFacts>({
  id: 'HTN-17',
  title: '≥180/110 无急性症状的处理',
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: `${jc} §5.4.6`,
  certainty: 'found',
  summary:
    '口服短效药，1小时复测，可重复，降到180/110以下回家并在24–72小时内联系；2小时仍高转诊；有急性心脑肾症状立即急救。不用舌下硝苯地平。',
  parameters: [urgentProtocol, crisisLimit],
  file: 'src/clinical/hypertension/guide-urgent-pressure.ts',
  decide: guideUrgentPressure,
  cases: [
    {
      title: '188/112 无症状：开始处理',
      given: { sbp: 188, dbp: 112, acuteSymptoms: false },
      expect: { value: 'start-protocol' },
    },
    {
      title: '60分钟 176/104：回家',
      given: { sbp: 176, dbp: 104, acuteSymptoms: false, minutes: 60 },
      expect: { value: 'home-and-call' },
    },
    {
      title: '60分钟 184/110：继续观察',
      given: { sbp: 184, dbp: 110, acuteSymptoms: false, minutes: 60 },
      expect: { value: 'observe' },
    },
    {
      title: '120分钟 184/110：转诊',
      given: { sbp: 184, dbp: 110, acuteSymptoms: false, minutes: 120 },
      expect: { value: 'refer' },
    },
    {
      title: '188/112 胸痛：急救',
      given: { sbp: 188, dbp: 112, acuteSymptoms: true },
      expect: { value: 'emergency' },
    },
    {
      title: '60分钟已降至176/104但有症状：急救',
      given: { sbp: 176, dbp: 104, acuteSymptoms: true, minutes: 60 },
      expect: { value: 'emergency' },
    },
    {
      title: '170/104 一开始就有症状：急救',
      given: { sbp: 170, dbp: 104, acuteSymptoms: true },
      expect: { value: 'emergency' },
    },
    {
      title: '179/109：不需急诊处理',
      given: { sbp: 179, dbp: 109, acuteSymptoms: false },
      expect: { value: 'not-urgent' },
    },
    { title: '没问症状', given: { sbp: 188, dbp: 112 }, expect: { missing: ['有无急性症状'] } },
  ],
});

export const flagSecondaryCausesRule = defineRule<SecondaryFacts>({
  id: 'HTN-18',
  title: '继发性高血压线索',
  track: 'clinical',
  edition: 'HTN-CN-2018',
  clause: '中国高血压防治指南 继发性高血压',
  certainty: 'from-knowledge',
  pendingSignOff: '待临床专家核对原文',
  summary:
    '30岁前发病、难治、低血钾、打鼾伴嗜睡或肥胖、阵发三联征、用普利沙坦后肌酐升高超过30%、蛋白尿血尿、满月脸、致高血压药物，任一提示与上级医院讨论。',
  parameters: [secondaryLimits],
  file: 'src/clinical/hypertension/flag-secondary-causes.ts',
  decide: flagSecondaryCauses,
  cases: [
    { title: '26岁：发病早', given: { onsetAgeYears: 26 }, expect: { value: ['young-onset'] } },
    {
      title: '血钾3.1未用利尿剂',
      given: { potassium: 3.1, onDiuretic: false },
      expect: { value: ['aldosteronism'] },
    },
    { title: '血钾3.1用利尿剂：不计', given: { potassium: 3.1, onDiuretic: true }, expect: { value: [] } },
    {
      title: 'BMI31 打鼾嗜睡',
      given: { bmi: 31, snoringAndSleepy: true },
      expect: { value: ['sleep-apnoea'] },
    },
    { title: 'BMI27.9 打鼾不嗜睡：不计', given: { bmi: 27.9, snores: true }, expect: { value: [] } },
    { title: 'BMI28 打鼾', given: { bmi: 28, snores: true }, expect: { value: ['sleep-apnoea'] } },
    { title: '打鼾嗜睡，体重未测', given: { snoringAndSleepy: true }, expect: { value: ['sleep-apnoea'] } },
    { title: '血钾3.5：不计', given: { potassium: 3.5, onDiuretic: false }, expect: { value: [] } },
    { title: '29岁发病', given: { onsetAgeYears: 29 }, expect: { value: ['young-onset'] } },
    { title: '30岁发病：不计', given: { onsetAgeYears: 30 }, expect: { value: [] } },
    { title: '下肢血压低', given: { legPressureLower: true }, expect: { value: ['coarctation'] } },
    { title: '用普利后肌酐升40%', given: { creatinineRisePercent: 40 }, expect: { value: ['renal-artery'] } },
    { title: '升30%：不计', given: { creatinineRisePercent: 30 }, expect: { value: [] } },
    { title: '每日布洛芬', given: { drugCause: true }, expect: { value: ['drug'] } },
    { title: '58岁无线索', given: { onsetAgeYears: 58 }, expect: { value: [] } },
  ],
});

export const detectPressureCrisisRule = defineRule<CrisisFacts>({
  id: 'HTN-16-crisis',
  title: '随访中的危急情况',
  track: 'public-health',
  edition: 'PHS-3',
  clause: `${norm} 随访评估`,
  certainty: 'found',
  summary:
    '收缩压≥180或舒张压≥110、有危急征象、妊娠或哺乳期血压高于正常之一，先处理再紧急转诊，2周内随访转诊情况。',
  parameters: [crisisLimit],
  file: 'src/clinical/hypertension/detect-pressure-crisis.ts',
  decide: detectPressureCrisis,
  cases: [
    { title: '179/109', given: { sbp: 179, dbp: 109, dangerSigns: [] }, expect: { value: false } },
    { title: '180/100', given: { sbp: 180, dbp: 100, dangerSigns: [] }, expect: { value: true } },
    { title: '170/110', given: { sbp: 170, dbp: 110, dangerSigns: [] }, expect: { value: true } },
    {
      title: '任何血压伴不能平卧',
      given: { sbp: 130, dbp: 80, dangerSigns: ['喘憋不能平卧'] },
      expect: { value: true },
    },
    {
      title: '妊娠 142/88',
      given: { sbp: 142, dbp: 88, dangerSigns: [], pregnantOrLactating: true, aboveNormal: true },
      expect: { value: true },
    },
    {
      title: '妊娠 142/88，未说是否高于正常：按危急',
      given: { sbp: 142, dbp: 88, dangerSigns: [], pregnantOrLactating: true },
      expect: { value: true },
    },
    {
      title: '妊娠 138/88，未说是否高于正常：不是',
      given: { sbp: 138, dbp: 88, dangerSigns: [], pregnantOrLactating: true },
      expect: { value: false },
    },
    {
      title: '妊娠 118/76：不是',
      given: { sbp: 118, dbp: 76, dangerSigns: [], pregnantOrLactating: true, aboveNormal: false },
      expect: { value: false },
    },
  ],
});

const control = (
  track: 'public-health' | 'clinical',
  id: string,
  title: string,
  edition: string,
  clause: string,
  certainty: 'from-knowledge' | 'found',
) =>
  defineRule<PressureFacts>({
    id,
    title,
    track,
    edition,
    clause,
    certainty,
    summary:
      track === 'public-health'
        ? '公卫口径：低于140/90，65岁及以上低于150/90为达标；表单与指标只看这一口径。'
        : '临床口径：2025年9月起80岁以下低于130/80，80岁及以上低于150/90。与公卫口径并列显示，不合并。',
    parameters:
      track === 'public-health'
        ? [statutoryLimit, statutoryElderAge, statutoryElderLimit]
        : [clinicalLimit, clinicalVeryOldAge, clinicalVeryOldLimit],
    file: 'src/clinical/hypertension/judge-pressure-control.ts',
    decide: (facts, day) => judgePressureControl(facts, day, track),
    cases:
      track === 'public-health'
        ? [
            {
              title: '64岁 139/89 达标',
              given: { sbp: 139, dbp: 89, ageYears: 64 },
              expect: { value: 'controlled' },
            },
            {
              title: '64岁 140/89 未达标',
              given: { sbp: 140, dbp: 89, ageYears: 64 },
              expect: { value: 'not-controlled' },
            },
            {
              title: '65岁 149/89 达标',
              given: { sbp: 149, dbp: 89, ageYears: 65 },
              expect: { value: 'controlled' },
            },
            {
              title: '65岁 150/89 未达标',
              given: { sbp: 150, dbp: 89, ageYears: 65 },
              expect: { value: 'not-controlled' },
            },
            {
              title: '70岁 146/86 达标',
              given: { sbp: 146, dbp: 86, ageYears: 70 },
              expect: { value: 'controlled' },
            },
            { title: '没有年龄', given: { sbp: 130, dbp: 80 }, expect: { missing: ['年龄'] } },
          ]
        : [
            {
              title: '58岁 129/79 达标',
              given: { sbp: 129, dbp: 79, ageYears: 58 },
              expect: { value: 'controlled' },
            },
            {
              title: '58岁 130/79 未达标',
              given: { sbp: 130, dbp: 79, ageYears: 58 },
              expect: { value: 'not-controlled' },
            },
            {
              title: '70岁 146/86 未达标',
              given: { sbp: 146, dbp: 86, ageYears: 70 },
              expect: { value: 'not-controlled' },
            },
            {
              title: '80岁 149/89 达标',
              given: { sbp: 149, dbp: 89, ageYears: 80 },
              expect: { value: 'controlled' },
            },
            {
              title: '80岁 150/89 未达标',
              given: { sbp: 150, dbp: 89, ageYears: 80 },
              expect: { value: 'not-controlled' },
            },
            {
              title: '2025年8月 58岁 136/84 按旧版达标',
              given: { sbp: 136, dbp: 84, ageYears: 58 },
              day: '2025-08-31',
              expect: { value: 'controlled' },
            },
          ],
  });

export const statutoryControlRule = control(
  'public-health',
  'HTN-15-control',
  '血压达标（公卫口径）',
  'PHS-3',
  `${norm} 控制满意`,
  'from-knowledge',
);
export const clinicalControlRule = control(
  'clinical',
  'HTN-08',
  '血压达标（临床目标）',
  'HTN-JC-2025',
  `${jc} §5.2`,
  'found',
);

const as = (state: FollowUpClassification['state'], refer = false): FollowUpClassification => ({
  state,
  refer,
  formClass: state === 'satisfied' ? 1 : 2,
  consecutiveUncontrolled: 0,
});

export const planNextVisitRule = defineRule<FollowUpClassification>({
  id: 'HTN-14',
  title: '下次随访（公卫口径）',
  track: 'public-health',
  edition: 'PHS-3',
  clause: `${norm} 分类干预`,
  certainty: 'found',
  summary: '控制满意3个月内随访；控制不满意、不良反应、并发症、转诊、危急均在2周内随访。',
  parameters: [routineDays, longestRoutineDays, recheckDays],
  file: 'src/clinical/hypertension/plan-next-visit.ts',
  decide: planNextVisit,
  cases: [
    {
      title: '满意：90天',
      given: as('satisfied'),
      expect: { value: { kind: 'routine', proposedOn: '2026-04-05', latestOn: '2026-04-15' } },
    },
    {
      title: '不满意：14天',
      given: as('unsatisfied'),
      expect: { value: { kind: 'recheck', proposedOn: '2026-01-19' } },
    },
    {
      title: '转诊：14天',
      given: as('unsatisfied', true),
      expect: { value: { kind: 'refer', proposedOn: '2026-01-19' } },
    },
    {
      title: '危急：14天内',
      given: as('crisis', true),
      expect: { value: { kind: 'crisis', latestOn: '2026-01-19' } },
    },
  ],
});
