import type { FollowUpClass, FollowUpClassification } from '#clinical/follow-up/follow-up-class.ts';
import type { NextVisitPlan } from '#clinical/follow-up/schedule-next-visit.ts';
import { classifyFollowUp } from '#clinical/hypertension/classify-follow-up.ts';
import { detectPressureCrisis } from '#clinical/hypertension/detect-pressure-crisis.ts';
import { judgePressureControl } from '#clinical/hypertension/judge-pressure-control.ts';
import { planNextVisit } from '#clinical/hypertension/plan-next-visit.ts';
import type { Decision } from '#kernel/decision.ts';
import { describeAnswer } from '#kernel/form-describe.ts';
import { type FormAnswers, fieldsOf } from '#kernel/form-shape.ts';
import { ageInYears, type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';

/** What the rules need of the person besides the sheet. */
export interface EvaluationSubject {
  readonly birthDate: PlainDate;
  /** Classes of the valid visits before this one, newest first. */
  readonly previousClasses: readonly FollowUpClass[];
}

/** What the rules say of a sheet, as typed so far or as saved. */
export interface FollowUpEvaluation {
  readonly crisis: Decision<boolean>;
  readonly statutory: Decision<'controlled' | 'not-controlled'>;
  readonly clinical: Decision<'controlled' | 'not-controlled'>;
  readonly classification: Decision<FollowUpClassification>;
  readonly plan: Decision<NextVisitPlan>;
}

const emergencySignsField = fieldsOf(hypertensionFollowUp2017).find((field) => field.id === 'emergencySigns');
/** Code of 妊娠期或哺乳期血压高于正常 among the danger signs. */
const pregnancySign = '7';

/**
 * Puts the rules to a hypertension sheet; the same function as the doctor types, when the server saves, and later.
 * `today` stands in for a visit day that is not filled in yet.
 */
export function evaluateHypertensionFollowUp(
  answers: FormAnswers,
  subject: EvaluationSubject,
  today: PlainDate,
): FollowUpEvaluation {
  const day =
    (typeof answers.visitDate === 'string' ? parsePlainDate(answers.visitDate) : undefined) ?? today;
  const pressure = {
    sbp: numberOf(answers.sbp),
    dbp: numberOf(answers.dbp),
    ageYears: ageInYears(subject.birthDate, day),
  };
  const signs = Array.isArray(answers.emergencySigns) ? (answers.emergencySigns as unknown[]) : [];
  const dangerSigns = signs.map((code) =>
    emergencySignsField ? describeAnswer(emergencySignsField, [String(code)]) : String(code),
  );
  const statutory = judgePressureControl(pressure, day, 'public-health');
  const facts = {
    ...pressure,
    dangerSigns,
    pregnantOrLactating: signs.includes(pregnancySign) ? true : undefined,
    adverseReaction: codeAsFlag(answers.adr, '2', '1'),
    newOrWorseComplication: answers.complication === '2' || answers.complication === '3',
    previousClasses: subject.previousClasses,
  };
  const classification = classifyFollowUp(facts, day);
  return {
    crisis: detectPressureCrisis(
      { ...facts, aboveNormal: statutory.kind === 'decided' && statutory.value === 'not-controlled' },
      day,
    ),
    statutory,
    clinical: judgePressureControl(pressure, day, 'clinical'),
    classification,
    plan:
      classification.kind === 'decided'
        ? planNextVisit(classification.value, day)
        : {
            kind: 'undecided',
            missing: classification.missing,
            rule: { ...classification.rule, id: 'HTN-14' },
          },
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function codeAsFlag(value: unknown, yes: string, no: string): boolean | undefined {
  return value === yes ? true : value === no ? false : undefined;
}
