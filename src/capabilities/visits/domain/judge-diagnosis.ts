import type { Condition } from '#clinical/conditions.ts';
import { type CopdFinding, confirmCopd } from '#clinical/copd/confirm-copd.ts';
import {
  type DiabetesDiagnosis,
  diagnoseDiabetes,
  type GlucoseOccasion,
} from '#clinical/diabetes/diagnose-diabetes.ts';
import { type DiagnosisState, diagnoseHypertension } from '#clinical/hypertension/diagnose-hypertension.ts';
import { diagnosisSeries } from '#clinical/hypertension/diagnosis-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import type { Decision, Reason, RuleRef } from '#kernel/decision.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';

/** Diseases the centre confirms by a rule of its own; others need the document of a hospital. */
export const ruledConditions = ['hypertension', 'type-2-diabetes', 'copd'] as const;
export type RuledCondition = (typeof ruledConditions)[number];

/** A reading with its day and how it was taken. */
export interface DatedReading {
  readonly kind: string;
  readonly value: number;
  readonly on: PlainDate;
  readonly context?: string | null | undefined;
}

/** What the doctor answers besides the readings; undefined is not answered. */
export interface DiagnosisAnswers {
  readonly acuteSymptoms?: boolean | undefined;
  readonly triggersExcluded?: boolean | undefined;
  readonly repeatAfterRest?: { readonly sbp: number; readonly dbp: number } | undefined;
  readonly cannotWaitReason?: string | undefined;
  readonly typicalSymptoms?: boolean | undefined;
  readonly stress?: boolean | undefined;
  readonly hba1cInvalid?: boolean | undefined;
  readonly symptomsOrExposure?: boolean | undefined;
  readonly otherLungDiseaseExcluded?: boolean | undefined;
}

/** What the rule says of the evidence, in the words of the course of the disease. */
export interface DiagnosisJudgement {
  readonly state: 'confirmed' | 'suspected' | 'not-met' | 'refer' | 'undecided';
  readonly reasons: readonly Reason[];
  readonly missing: readonly string[];
  readonly rule: RuleRef;
  readonly nextStep: string;
}

const pressureStates: Readonly<Record<DiagnosisState, readonly [DiagnosisJudgement['state'], string]>> = {
  'confirmed-treated': ['confirmed', '制定管理方案'],
  'confirmed-office': ['confirmed', '制定管理方案'],
  'confirmed-home': ['confirmed', '制定管理方案'],
  'confirmed-ambulatory': ['confirmed', '制定管理方案'],
  'confirmed-same-day': ['confirmed', '制定管理方案'],
  'refer-now': ['refer', '立即处理并转诊'],
  'repeat-after-rest': ['suspected', '排除诱因，休息后复测'],
  'suspected-repeat': ['suspected', '另选两个不同日复测血压，或做家庭、动态血压'],
  'insufficient-home': ['suspected', '补足家庭血压测量'],
  'need-out-of-office': ['suspected', '做家庭或动态血压'],
  'not-met': ['not-met', '健康教育，按周期复测'],
};

const glucoseStates: Readonly<Record<DiabetesDiagnosis, readonly [DiagnosisJudgement['state'], string]>> = {
  confirmed: ['confirmed', '制定管理方案'],
  repeat: ['suspected', '另日复查静脉血糖或糖化血红蛋白'],
  'repeat-after-recovery': ['suspected', '恢复后复查静脉血糖'],
  ifg: ['not-met', '糖尿病前期：健康教育，一年复查'],
  igt: ['not-met', '糖尿病前期：健康教育，一年复查'],
  'ifg-and-igt': ['not-met', '糖尿病前期：健康教育，一年复查'],
  'ifg-provisional': ['suspected', '做葡萄糖负荷试验'],
  'screen-positive': ['suspected', '做葡萄糖负荷试验'],
  'risk-by-hba1c': ['not-met', '健康教育，一年复查'],
  normal: ['not-met', '健康教育，按周期复查'],
};

const lungStates: Readonly<Record<CopdFinding, readonly [DiagnosisJudgement['state'], string]>> = {
  confirmed: ['confirmed', '制定管理方案'],
  repeat: ['suspected', '另日重复支气管舒张后肺功能'],
  differentiate: ['suspected', '鉴别哮喘、支气管扩张、结核、心衰；必要时转诊'],
  'not-met': ['not-met', '不符合慢阻肺；有症状者另查原因'],
};

function judged<T extends string>(
  decision: Decision<T>,
  states: Readonly<Record<T, readonly [DiagnosisJudgement['state'], string]>>,
): DiagnosisJudgement {
  if (decision.kind === 'undecided')
    return {
      state: 'undecided',
      reasons: [],
      missing: decision.missing,
      rule: decision.rule,
      nextStep: `补充：${decision.missing.join('、')}`,
    };
  const [state, nextStep] = states[decision.value];
  return { state, reasons: decision.reasons, missing: [], rule: decision.rule, nextStep };
}

/**
 * Whether the readings of a person confirm one of the three diseases, by the guidelines' own rules: office pressure of
 * different days within the window, venous glucose or HbA1c, spirometry after the bronchodilator. Fingertip and self-test
 * values never diagnose.
 */
export function judgeDiagnosis(
  condition: RuledCondition,
  readings: readonly DatedReading[],
  answers: DiagnosisAnswers,
  day: PlainDate,
): DiagnosisJudgement {
  const known = readings.filter((one) => one.on <= day);
  if (condition === 'hypertension') return judgePressure(known, answers, day);
  if (condition === 'type-2-diabetes') return judgeGlucose(known, answers, day);
  return judgeLungs(known, answers, day);
}

function judgePressure(readings: readonly DatedReading[], answers: DiagnosisAnswers, day: PlainDate) {
  const since = addDays(day, -valueOn(diagnosisSeries, day).officeWithinDays);
  const of = (context: string) =>
    pressuresOf(readings.filter((one) => one.on >= since && one.context === context));
  const home = of('home');
  const mean = (key: 'sbp' | 'dbp') => Math.round(home.reduce((sum, one) => sum + one[key], 0) / home.length);
  const ambulatory = of('ambulatory').at(-1);
  return judged(
    diagnoseHypertension(
      {
        office: of('office'),
        ...answers,
        ...(home.length > 0
          ? {
              home: {
                sbp: mean('sbp'),
                dbp: mean('dbp'),
                days: new Set(home.map((one) => one.on)).size,
                readings: home.length,
              },
            }
          : {}),
        ...(ambulatory ? { ambulatory: { h24: ambulatory } } : {}),
      },
      day,
    ),
    pressureStates,
  );
}

/** Systolic and diastolic of one sitting stand in the order they were recorded. */
function pressuresOf(readings: readonly DatedReading[]) {
  const diastolic = readings.filter((one) => one.kind === 'dbp');
  const used = new Set<DatedReading>();
  return readings
    .filter((one) => one.kind === 'sbp')
    .flatMap((upper) => {
      const lower = diastolic.find((one) => one.on === upper.on && !used.has(one) && one.value < upper.value);
      if (!lower) return [];
      used.add(lower);
      return [{ sbp: upper.value, dbp: lower.value, on: upper.on }];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function judgeGlucose(readings: readonly DatedReading[], answers: DiagnosisAnswers, day: PlainDate) {
  const days = new Map<PlainDate, { -readonly [K in keyof GlucoseOccasion]: GlucoseOccasion[K] }>();
  const put = (on: PlainDate, key: 'fpg' | 'twoHour' | 'hba1c' | 'random', value: number) =>
    days.set(on, { ...(days.get(on) ?? { on }), [key]: value });
  for (const { kind, value, on, context } of readings) {
    if (kind === 'hba1c') put(on, 'hba1c', value);
    else if (kind === 'fasting-glucose' && context === 'venous') put(on, 'fpg', value);
    else if (kind === 'glucose-2h' && context === 'ogtt') put(on, 'twoHour', value);
    else if (kind === 'random-glucose' && context === 'venous') put(on, 'random', value);
  }
  const occasions = [...days.values()].sort((a, b) => ((a.on ?? '') < (b.on ?? '') ? -1 : 1));
  return judged(diagnoseDiabetes({ occasions, ...answers }, day), glucoseStates);
}

function judgeLungs(
  readings: readonly DatedReading[],
  answers: DiagnosisAnswers,
  day: PlainDate,
): DiagnosisJudgement {
  const after = readings.filter((one) => one.context === 'post-bronchodilator');
  const tests = after
    .filter((one) => one.kind === 'fev1-fvc')
    .map(({ on, value }) => ({
      on,
      ratio: value,
      fev1Percent: after.find((one) => one.kind === 'fev1-percent-predicted' && one.on === on)?.value,
    }));
  const judgement = judged(confirmCopd({ tests, ...answers }, day), lungStates);
  return tests.length > 0
    ? judgement
    : { ...judgement, nextStep: '做支气管舒张后肺功能；本机构不能做的转诊' };
}

/** Whether the centre has a rule for this disease. */
export function isRuled(condition: Condition): condition is RuledCondition {
  return (ruledConditions as readonly string[]).includes(condition);
}
