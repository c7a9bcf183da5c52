import { scoreCopdPs, scoreCopdSq } from '#clinical/copd/find-copd-cases.ts';
import { readCopdPs, readCopdSq } from '#clinical/copd/read-questionnaires.ts';
import { scoreDiabetesRisk } from '#clinical/diabetes/score-diabetes-risk.ts';
import { judgeHighRiskList } from '#clinical/screening/judge-high-risk-list.ts';
import { screenStrokeRisk } from '#clinical/stroke/screen-stroke-risk.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { verdictOf } from '#kernel/verdict.ts';
import {
  codeYes,
  emptyEvaluation,
  numberOf,
  reasonText,
  type ScreeningEvaluation,
  type ScreeningSubject,
  testBy,
} from './screening-evaluation.ts';

/** COPD-SQ or COPD-PS: the score, and lung function when it is positive. */
export function evaluateCopdQuestionnaire(
  form: 'copd-sq' | 'copd-ps',
  answers: FormAnswers,
  day: PlainDate,
): ScreeningEvaluation {
  const decision =
    form === 'copd-sq' ? scoreCopdSq(readCopdSq(answers), day) : scoreCopdPs(readCopdPs(answers), day);
  const verdicts = [
    verdictOf(decision, (value) => `${value.score ?? 'n/a'}:${value.positive ? 'positive' : 'negative'}`),
  ];
  if (decision.kind === 'undecided') return { ...emptyEvaluation, verdicts, missing: decision.missing };
  const { score, positive } = decision.value;
  if (score === null) return { ...emptyEvaluation, verdicts };
  return {
    verdicts,
    missing: [],
    filled: form === 'copd-sq' ? { score, level: positive ? '2' : '1' } : { score },
    findings: [
      {
        condition: 'copd',
        state: positive ? 'high-risk' : 'normal',
        reason: reasonText(decision.reasons),
        nextStep: positive ? '做肺功能检查（支气管舒张试验），本机构不能做的转诊' : undefined,
        dueOn: positive ? testBy('spirometry', day) : undefined,
        rule: decision.rule,
      },
    ],
  };
}

/** The Chinese diabetes risk score: a glucose load when it is high. */
export function evaluateDiabetesScore(answers: FormAnswers, day: PlainDate): ScreeningEvaluation {
  const family = answers.familyHistory;
  const decision = scoreDiabetesRisk(
    {
      sex: answers.gender === '1' ? 'male' : answers.gender === '2' ? 'female' : undefined,
      ageYears: numberOf(answers.age),
      sbp: numberOf(answers.sbp),
      bmi: numberOf(answers.bmi),
      waistCm: numberOf(answers.waist),
      familyDiabetes: codeYes(family),
    },
    day,
  );
  const verdicts = [verdictOf(decision, (value) => `${value.score ?? 'n/a'}:${value.high ? 'high' : 'low'}`)];
  if (decision.kind === 'undecided') return { ...emptyEvaluation, verdicts, missing: decision.missing };
  const { score, high } = decision.value;
  if (score === null) return { ...emptyEvaluation, verdicts };
  return {
    verdicts,
    missing: [],
    filled: { score, level: high ? '2' : '1' },
    findings: [
      {
        condition: 'type-2-diabetes',
        state: high ? 'high-risk' : 'normal',
        reason: reasonText(decision.reasons),
        nextStep: high ? '做口服葡萄糖耐量试验（OGTT）或静脉空腹血糖、糖化血红蛋白' : undefined,
        dueOn: high ? testBy('glucose-load', day) : undefined,
        rule: decision.rule,
      },
    ],
  };
}

/** A printed list any one matter of which makes a person high-risk; 不适用 counts as no, 不详 as not known. */
export function evaluateHighRiskList(
  edition: FormEdition,
  which: 'hypertension' | 'diabetes',
  answers: FormAnswers,
  day: PlainDate,
): ScreeningEvaluation {
  const group = edition.groups.find((one) => one.id === 'matters');
  const labels = new Map(fieldsOf(edition).map((field) => [field.id, field.label]));
  const matters = Object.fromEntries(
    (group?.fields ?? []).map((field) => [
      labels.get(field.id) ?? field.id,
      answers[field.id] === '0' ? false : codeYes(answers[field.id]),
    ]),
  );
  const decision = judgeHighRiskList({ list: which, matters }, day);
  const verdicts = [verdictOf(decision, (value) => (value.high ? 'high-risk' : 'not-high-risk'))];
  if (decision.kind === 'undecided')
    return { ...emptyEvaluation, verdicts, missing: decision.missing, filled: { conclusion: '3' } };
  const { high } = decision.value;
  return {
    verdicts,
    missing: [],
    filled: { conclusion: high ? '1' : '2' },
    findings: [
      {
        condition: which === 'hypertension' ? 'hypertension' : 'type-2-diabetes',
        state: high ? 'high-risk' : 'normal',
        reason: reasonText(decision.reasons),
        nextStep: undefined,
        dueOn: undefined,
        rule: decision.rule,
      },
    ],
  };
}

/** The eight-factor stroke screen. Medium risk is told but not registered: its factors have programmes of their own. */
export function evaluateStrokeScreen(
  answers: FormAnswers,
  subject: ScreeningSubject,
  day: PlainDate,
): ScreeningEvaluation {
  const box = (id: string) => codeYes(answers[id]);
  const lipids = answers.dyslipidaemia === '3' ? true : box('dyslipidaemia');
  const sheet = {
    hypertension: box('hypertension'),
    'heart-rhythm-or-valve': box('atrialFibrillation'),
    smoking: box('smoking'),
    dyslipidaemia: lipids,
    diabetes: box('diabetes'),
    inactive: box('inactive'),
    overweight: box('overweight'),
    'family-history': box('familyHistory'),
  };
  const asked = Object.fromEntries(Object.entries(sheet).filter(([, value]) => value !== undefined));
  const decision = screenStrokeRisk(
    {
      ageYears: numberOf(answers.age) ?? subject.ageYears,
      conditions: [
        ...(answers.stroke === '1' ? (['stroke-unspecified'] as const) : []),
        ...(answers.tia === '1' ? (['tia'] as const) : []),
      ],
      sheet: asked,
    },
    day,
  );
  const verdicts = [verdictOf(decision, (value) => value.level)];
  if (decision.kind === 'undecided') return { ...emptyEvaluation, verdicts, missing: decision.missing };
  const { level } = decision.value;
  return {
    verdicts,
    missing: [],
    filled: { level: { low: '1', moderate: '2', high: '3' }[level] },
    findings: [
      {
        condition: 'stroke-unspecified',
        state: level === 'high' ? 'high-risk' : 'normal',
        reason: reasonText(decision.reasons),
        nextStep: undefined,
        dueOn: undefined,
        rule: decision.rule,
      },
    ],
  };
}
