import { plausibleRanges } from '../cardiovascular-risk/china-par-parameters.ts';
import { defineRule } from '../rule-definition.ts';
import {
  anginaLimits,
  coronaryContactDays,
  coronaryDrugLimits,
  coronaryTargets,
  heartRanges,
} from './heart-parameters.ts';
import { type CoronaryFacts, reviewCoronaryDisease } from './review-coronary-disease.ts';

const stable: CoronaryFacts = {
  conditions: ['coronary-heart-disease', 'myocardial-infarction', 'hypertension'],
  drugs: ['aspirin', 'statin', 'beta-blocker', 'ace-inhibitor'],
  contraindicated: [],
  monthsSinceEvent: 40,
  ldl: 1.5,
  extremeRisk: false,
  sbp: 124,
  dbp: 74,
  heartRate: 62,
  smoker: false,
  restAngina: false,
  ccsNow: 1,
  ccsBefore: 1,
  moreFrequent: false,
  longestPainMinutes: 0,
  syncope: false,
  newHeartFailureSigns: false,
  bleeding: false,
  plannedSurgery: false,
  dualAntiplatelet: false,
};

export const reviewCoronaryDiseaseRule = defineRule<CoronaryFacts>({
  id: 'CHD-01',
  title: '稳定性冠心病随访',
  track: 'clinical',
  edition: 'OWN',
  clause: '稳定性冠心病基层管理（指南待登记）',
  certainty: 'from-knowledge',
  summary: '合并症状转诊、用药核对与控制目标三项；都没有问题则90天后随访。有紧急或转诊症状时不等其他资料。',
  parameters: [
    coronaryContactDays,
    anginaLimits,
    coronaryDrugLimits,
    coronaryTargets,
    heartRanges,
    plausibleRanges,
  ],
  file: 'src/clinical/heart/review-coronary-disease.ts',
  pendingSignOff: '待临床专家核对原文',
  decide: reviewCoronaryDisease,
  cases: [
    {
      title: '支架后5个月，抗血小板药只有阿司匹林：提示缺药，任何改动前转诊',
      given: {
        ...stable,
        conditions: ['coronary-heart-disease', 'revascularization', 'hypertension'],
        monthsSinceEvent: 5,
      },
      expect: {
        value: { referral: 'refer', gaps: ['p2y12-inhibitor'], nextContactDays: undefined },
        reasons: ['gdmt-gap', 'refer'],
      },
    },
    {
      title: '低密度脂蛋白胆固醇 2.1，一次陈旧心梗：未达标（<1.8）',
      given: { ...stable, ldl: 2.1 },
      expect: {
        value: { notAtTarget: ['ldl'], gaps: [], nextContactDays: undefined },
        reasons: ['ldl-above'],
      },
    },
    {
      title: '3周内由2级到3级：紧急转诊',
      given: {
        ...stable,
        conditions: [...(stable.conditions ?? []), 'stable-angina'],
        drugs: [...(stable.drugs ?? []), 'nitrate'],
        ccsNow: 3,
        ccsBefore: 2,
        daysSinceWorse: 21,
      },
      expect: { value: { referral: 'emergency', gaps: [] }, reasons: ['crescendo'] },
    },
    {
      title: '稳定，用药齐全，1.5：90天后随访',
      given: stable,
      expect: {
        value: { referral: 'none', gaps: [], notAtTarget: [], nextContactDays: 90 },
        reasons: ['routine'],
      },
    },
    {
      title: '只知道静息心绞痛：紧急转诊，不等其他资料',
      given: { restAngina: true },
      expect: {
        value: { referral: 'emergency', gaps: undefined, notAtTarget: undefined, nextContactDays: undefined },
        reasons: ['rest-angina', 'open'],
      },
    },
    {
      title: '没有血脂：不下结论',
      given: { ...stable, ldl: undefined },
      expect: { missing: ['低密度脂蛋白胆固醇'] },
    },
  ],
});
