import { diagnoseDiabetes } from '#clinical/diabetes/diagnose-diabetes.ts';
import { screenDiabetes } from '#clinical/diabetes/screen-diabetes.ts';
import { diagnoseHypertension } from '#clinical/hypertension/diagnose-hypertension.ts';
import { planPressureScreening } from '#clinical/hypertension/plan-pressure-screening.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { verdictOf } from '#kernel/verdict.ts';
import {
  codeYes,
  emptyEvaluation,
  numberOf,
  reasonText,
  type ScreeningEvaluation,
  type ScreeningFinding,
  type ScreeningSubject,
  testBy,
} from './screening-evaluation.ts';

interface OfficePressure {
  readonly on: PlainDate;
  readonly sbp: number;
  readonly dbp: number;
}

/** What pressures say: confirmable, suspected, high-risk by the norm's list, or normal; and every rule's answer. */
function judgePressure(
  today: OfficePressure,
  subject: ScreeningSubject,
  risk: {
    bmi?: number | undefined;
    family?: boolean | undefined;
    salt?: boolean | undefined;
    drink?: boolean | undefined;
  },
): ScreeningEvaluation {
  const day = today.on;
  const office = [...subject.pressures.filter((one) => one.on < day), today];
  const diagnosis = diagnoseHypertension({ office, acuteSymptoms: false }, day);
  const plan = planPressureScreening(
    {
      ageYears: subject.ageYears,
      lastMeasuredOn: day,
      sbp: today.sbp,
      dbp: today.dbp,
      bmi: risk.bmi,
      familyHistory: risk.family,
      highSalt: risk.salt,
      heavyDrinking: risk.drink,
    },
    day,
  );
  const verdicts = [
    verdictOf(diagnosis, (value) => value),
    verdictOf(plan, (value) => (value.publicHealthHighRisk ? 'high-risk' : 'not-high-risk')),
  ];
  if (diagnosis.kind === 'undecided') return { ...emptyEvaluation, verdicts, missing: diagnosis.missing };
  const finding = (
    state: ScreeningFinding['state'],
    reason: string,
    nextStep?: string,
  ): ScreeningEvaluation => ({
    verdicts,
    filled: {},
    missing: [],
    findings: [
      {
        condition: 'hypertension',
        state,
        reason,
        nextStep,
        dueOn: undefined,
        rule: state === 'high-risk' ? plan.rule : diagnosis.rule,
      },
    ],
  });
  const why = reasonText(diagnosis.reasons);
  if (diagnosis.value.startsWith('confirmed'))
    return finding('diagnosable', why, '已达到诊断标准，请医生确诊');
  if (diagnosis.value !== 'not-met') {
    const step =
      diagnosis.value === 'repeat-after-rest'
        ? '排除诱因、休息后当日复测；仍高或有急性症状的立即转诊'
        : '另选两个不同日复测血压，或测家庭、动态血压';
    return finding('suspected', why, step);
  }
  if (plan.kind === 'decided' && plan.value.publicHealthHighRisk) {
    const interval = plan.reasons.filter((reason) => reason.code !== 'interval');
    return finding('high-risk', reasonText(interval) || why);
  }
  return finding('normal', why);
}

/** What capillary screening values say of diabetes; they never diagnose. */
function judgeGlucose(
  values: { fpg?: number | undefined; random?: number | undefined },
  subject: ScreeningSubject,
  risk: {
    bmi?: number | undefined;
    waistCm?: number | undefined;
    family?: boolean | undefined;
    inactive?: boolean | undefined;
  },
  day: PlainDate,
): ScreeningEvaluation {
  if (values.fpg === undefined && values.random === undefined) return emptyEvaluation;
  const decision = screenDiabetes(
    {
      sex: subject.sex === '1' ? 'male' : subject.sex === '2' ? 'female' : undefined,
      ageYears: subject.ageYears,
      bmi: risk.bmi,
      waistCm: risk.waistCm,
      familyDiabetes: risk.family,
      inactive: risk.inactive,
      conditions: [],
      lastFpg: values.fpg === undefined ? undefined : { value: values.fpg, on: day },
      lastRandom: values.random === undefined ? undefined : { value: values.random, on: day },
    },
    day,
  );
  const level = diagnoseDiabetes({ occasions: [{ on: day, ...values }] }, day);
  const verdicts = [
    verdictOf(decision, (value) => `${value.state}:${value.highRisk ? 'high-risk' : 'plain'}`),
    verdictOf(level, (value) => value),
  ];
  if (decision.kind === 'undecided') return { ...emptyEvaluation, verdicts, missing: decision.missing };
  const isDiagnostic = level.kind === 'decided' && ['repeat', 'confirmed'].includes(level.value);
  const { state, highRisk } = decision.value;
  const found: ScreeningFinding['state'] = isDiagnostic
    ? 'suspected'
    : state === 'positive' || highRisk
      ? 'high-risk'
      : 'normal';
  const asksTest = isDiagnostic || state === 'positive';
  return {
    verdicts,
    missing: [],
    filled: {},
    findings: [
      {
        condition: 'type-2-diabetes',
        state: found,
        reason: reasonText([
          ...(isDiagnostic && level.kind === 'decided' ? level.reasons : []),
          ...decision.reasons,
        ]),
        nextStep: asksTest ? '抽静脉血测空腹血糖、糖化血红蛋白或做葡萄糖负荷试验（指血不能诊断）' : undefined,
        dueOn: found === 'high-risk' && asksTest ? testBy('glucose-load', day) : undefined,
        rule: decision.rule,
      },
    ],
  };
}

const join = (...parts: readonly ScreeningEvaluation[]): ScreeningEvaluation => ({
  verdicts: parts.flatMap((part) => part.verdicts),
  findings: parts.flatMap((part) => part.findings),
  missing: parts.flatMap((part) => part.missing),
  filled: Object.assign({}, ...parts.map((part) => part.filled)),
});

/** The county's community screening sheet. */
export function evaluateCommunityScreening(
  answers: FormAnswers,
  subject: ScreeningSubject,
  day: PlainDate,
): ScreeningEvaluation {
  const [sbp, dbp, bmi] = [numberOf(answers.sbp), numberOf(answers.dbp), numberOf(answers.bmi)];
  const pressure =
    sbp === undefined || dbp === undefined
      ? { ...emptyEvaluation, missing: ['血压'] }
      : judgePressure({ on: day, sbp, dbp }, subject, {
          bmi,
          family: codeYes(answers.familyHypertension),
          salt: codeYes(answers.highSalt),
          drink: codeYes(answers.heavyDrinking),
        });
  const glucose = judgeGlucose(
    { fpg: numberOf(answers.fpg), random: numberOf(answers.rbg) },
    subject,
    {
      bmi,
      waistCm: numberOf(answers.waist),
      family: codeYes(answers.familyDiabetes),
      inactive: codeYes(answers.inactive),
    },
    day,
  );
  return join(pressure, glucose);
}

/** The register of first-visit pressures: the higher arm, with the later days written on the same line. */
export function evaluateFirstVisitPressure(
  answers: FormAnswers,
  subject: ScreeningSubject,
  day: PlainDate,
): ScreeningEvaluation {
  const pair = (prefix: string, on: PlainDate): OfficePressure | undefined => {
    const [sbp, dbp] = prefix
      ? [numberOf(answers[`${prefix}Sbp`]), numberOf(answers[`${prefix}Dbp`])]
      : [numberOf(answers.sbp), numberOf(answers.dbp)];
    return sbp === undefined || dbp === undefined ? undefined : { on, sbp, dbp };
  };
  const arms = [pair('', day), pair('otherArm', day)].filter((one) => one !== undefined);
  const first = arms.toSorted((a, b) => b.sbp - a.sbp)[0];
  if (!first) return { ...emptyEvaluation, missing: ['血压'] };
  const later = (['recheck1', 'recheck2'] as const).flatMap((which) => {
    const on = answers[`${which}Date`];
    const found = typeof on === 'string' ? pair(which, on as PlainDate) : undefined;
    return found ? [found] : [];
  });
  const [last = first, ...before] = [...later.toReversed(), first];
  const judged = judgePressure(last, { ...subject, pressures: [...subject.pressures, ...before] }, {});
  const [finding] = judged.findings;
  const isKnown = answers.knownHtn === '1';
  const conclusions = { normal: '1', 'high-risk': '2', suspected: '3', diagnosable: '4' } as const;
  const actions = { normal: '1', 'high-risk': '1', suspected: '2', diagnosable: '3' } as const;
  return {
    ...judged,
    findings: isKnown ? [] : judged.findings,
    filled: finding
      ? isKnown
        ? { conclusion: '5' }
        : {
            conclusion: conclusions[finding.state],
            action: actions[finding.state],
            firstHigh: finding.state === 'suspected' || finding.state === 'diagnosable' ? '1' : '2',
          }
      : {},
  };
}
