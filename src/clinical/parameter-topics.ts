import type { Parameter } from '#kernel/dated.ts';
import * as engine from './assess/engine-parameters.ts';
import * as plausible from './assess/plausible-readings.ts';
import * as cardiovascular from './cardiovascular-risk/china-par-parameters.ts';
import * as checkup from './checkup/checkup-parameters.ts';
import * as copd from './copd/copd-parameters.ts';
import * as copdFollowUp from './copd/follow-up-parameters.ts';
import * as diabetes from './diabetes/diabetes-parameters.ts';
import * as diabetesFollowUp from './diabetes/follow-up-parameters.ts';
import * as alerts from './early-warning/alert-parameters.ts';
import * as jointVisits from './follow-up/join-next-visits.ts';
import * as grades from './grading/grade-management.ts';
import * as tiers from './grading/place-tier.ts';
import * as heart from './heart/heart-parameters.ts';
import * as diagnosis from './hypertension/diagnosis-parameters.ts';
import * as pressureFollowUp from './hypertension/follow-up-parameters.ts';
import * as regimen from './hypertension/regimen-parameters.ts';
import * as risk from './hypertension/risk-parameters.ts';
import * as treatment from './hypertension/treatment-parameters.ts';
import * as kidney from './kidney/kidney-parameters.ts';
import * as lifestyle from './lifestyle/judge-lifestyle.ts';
import * as monitoring from './lifestyle/propose-monitoring.ts';
import * as lipids from './lipids/lipid-parameters.ts';
import * as doses from './medicines/antihypertensive-doses.ts';
import * as medicineChecks from './medicines/check-medicines.ts';
import * as usualDoses from './medicines/usual-regimens.ts';
import * as multimorbidity from './multimorbidity/multimorbidity.ts';
import * as weight from './obesity/judge-weight.ts';
import * as firstHandling from './referral/first-handling-steps.ts';
import * as referral from './referral/referral-topics.ts';
import * as screening from './screening/screening-parameters.ts';
import * as stroke from './stroke/stroke-parameters.ts';
import * as constitutionWords from './tcm/convert-constitution.ts';
import * as constitution from './tcm/judge-constitution.ts';
import * as syndromes from './tcm/suggest-syndromes.ts';

/** Dated numbers of one topic, as they are published together. */
export interface ParameterTopic {
  readonly key: string;
  readonly title: string;
  readonly parameters: readonly Parameter<unknown>[];
}

type Module = Readonly<Record<string, unknown>>;

function isParameter(value: unknown): value is Parameter<unknown> {
  return typeof value === 'object' && value !== null && 'rows' in value && 'id' in value && 'label' in value;
}

function topic(key: string, title: string, ...modules: readonly Module[]): ParameterTopic {
  const all = modules.flatMap((one) => Object.values(one)).filter(isParameter);
  return { key, title, parameters: [...new Map(all.map((one) => [one.id, one])).values()] };
}

/** Every dated number the rules use, by topic. The phone reads those it was built with; newer ones reach it as data. */
export const parameterTopics: readonly ParameterTopic[] = [
  topic('hypertension', '高血压', diagnosis, pressureFollowUp, regimen, risk, treatment),
  topic('diabetes', '2型糖尿病', diabetes, diabetesFollowUp),
  topic('copd', '慢阻肺', copd, copdFollowUp),
  topic('lipids', '血脂', lipids),
  topic('weight', '体重', weight),
  topic('lifestyle', '生活方式', lifestyle, monitoring),
  topic('cardiovascular-risk', '心血管风险', cardiovascular),
  topic('stroke', '脑卒中', stroke),
  topic('kidney', '肾脏', kidney),
  topic('heart', '心脏', heart),
  topic('multimorbidity', '多病共管', multimorbidity, engine, plausible, jointVisits),
  topic('early-warning', '预警与危急值', alerts),
  topic('screening', '筛查与高危人群', screening),
  topic('grading', '分级分标', grades, tiers),
  topic('checkup', '健康体检', checkup),
  topic('tcm', '中医', constitutionWords, constitution, syndromes),
  topic('referral', '转诊', referral, firstHandling),
  topic('medicines', '用药安全', doses, medicineChecks, usualDoses),
];
