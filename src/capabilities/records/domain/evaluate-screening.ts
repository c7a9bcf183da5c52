import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { evaluateCommunityScreening, evaluateFirstVisitPressure } from './evaluate-pressure-and-glucose.ts';
import {
  evaluateCopdQuestionnaire,
  evaluateDiabetesScore,
  evaluateHighRiskList,
  evaluateStrokeScreen,
} from './evaluate-questionnaires.ts';
import type { ScreeningEvaluation, ScreeningSubject } from './screening-evaluation.ts';

/** Forms that screen: their answers are put to rules when they are filed. */
export const screeningForms = [
  'community-screening',
  'first-visit-blood-pressure',
  'hypertension-high-risk',
  'diabetes-high-risk',
  'diabetes-risk-score',
  'copd-sq',
  'copd-ps',
  'stroke-risk-8',
] as const;
export type ScreeningForm = (typeof screeningForms)[number];

/** Whether a form screens. */
export function isScreeningForm(form: string): form is ScreeningForm {
  return (screeningForms as readonly string[]).includes(form);
}

/** Puts the rules to a screening sheet by the edition it is written on; the same while it is typed and when it is filed. */
export function evaluateScreening(
  edition: FormEdition,
  answers: FormAnswers,
  subject: ScreeningSubject,
  day: PlainDate,
): ScreeningEvaluation {
  const form = edition.form as ScreeningForm;
  switch (form) {
    case 'community-screening':
      return evaluateCommunityScreening(answers, subject, day);
    case 'first-visit-blood-pressure':
      return evaluateFirstVisitPressure(answers, subject, day);
    case 'hypertension-high-risk':
      return evaluateHighRiskList(edition, 'hypertension', answers, day);
    case 'diabetes-high-risk':
      return evaluateHighRiskList(edition, 'diabetes', answers, day);
    case 'diabetes-risk-score':
      return evaluateDiabetesScore(answers, day);
    case 'copd-sq':
    case 'copd-ps':
      return evaluateCopdQuestionnaire(form, answers, day);
    case 'stroke-risk-8':
      return evaluateStrokeScreen(answers, subject, day);
  }
}

const readingKinds: readonly (readonly [id: string, kind: string, unit: string])[] = [
  ['fpg', 'fasting-glucose', 'mmol/L'],
  ['rbg', 'random-glucose', 'mmol/L'],
  ['height', 'height', 'cm'],
  ['weight', 'weight', 'kg'],
  ['bmi', 'bmi', 'kg/m2'],
  ['waist', 'waist', 'cm'],
];

/** The readings of a screening sheet as typed rows; pressures are office pressures. */
export function screeningReadings(answers: FormAnswers) {
  const readings = readingKinds.flatMap(([id, kind, unit]) => {
    const value = answers[id];
    return typeof value === 'number' ? [{ kind, value, unit, context: 'screening' }] : [];
  });
  const { sbp, dbp } = answers;
  if (typeof sbp !== 'number' || typeof dbp !== 'number') return readings;
  const pressure = { unit: 'mm[Hg]', context: 'office' };
  return [{ kind: 'sbp', value: sbp, ...pressure }, { kind: 'dbp', value: dbp, ...pressure }, ...readings];
}
