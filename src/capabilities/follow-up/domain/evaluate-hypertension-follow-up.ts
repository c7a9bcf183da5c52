import { classifyFollowUp } from '#clinical/hypertension/classify-follow-up.ts';
import { detectPressureCrisis } from '#clinical/hypertension/detect-pressure-crisis.ts';
import { judgePressureControl } from '#clinical/hypertension/judge-pressure-control.ts';
import { planNextVisit } from '#clinical/hypertension/plan-next-visit.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import {
  codeAsFlag,
  codesAsKnown,
  dangerSignsOf,
  dayOf,
  hasWorseComplication,
  numberOf,
  planFrom,
} from './read-sheet.ts';
import type { ControlDecision, EvaluationSubject, FollowUpEvaluation } from './sheet-evaluation.ts';

/** Code of 妊娠期或哺乳期血压高于正常 among the danger signs. */
const pregnancySign = '7';

/** A hypertension sheet always has both tracks of control. */
export interface HypertensionEvaluation extends FollowUpEvaluation {
  readonly statutory: ControlDecision;
  readonly clinical: ControlDecision;
}

/**
 * Puts the rules to a hypertension sheet, read by the edition it is written on; the same function as the doctor types,
 * when the server saves, and later. `today` stands in for a visit day that is not filled in yet.
 */
export function evaluateHypertensionFollowUp(
  edition: FormEdition,
  answers: FormAnswers,
  subject: EvaluationSubject,
  today: PlainDate,
): HypertensionEvaluation {
  const day = dayOf(answers, today);
  const signs = codesAsKnown(hypertensionFollowUp2017, edition, 'emergencySigns', answers);
  const facts = {
    sbp: numberOf(answers.sbp),
    dbp: numberOf(answers.dbp),
    ageYears: ageInYears(subject.birthDate, day),
    dangerSigns: dangerSignsOf(edition, answers),
    pregnantOrLactating: signs.includes(pregnancySign) ? true : undefined,
    adverseReaction: codeAsFlag(answers.adr, '2', '1'),
    newOrWorseComplication: hasWorseComplication(answers),
    previousClasses: subject.previousClasses,
  };
  const statutory = judgePressureControl(facts, day, 'public-health');
  const { sbp, dbp, dangerSigns, pregnantOrLactating } = facts;
  const aboveNormal = statutory.kind === 'decided' && statutory.value === 'not-controlled';
  const classification = classifyFollowUp(facts, day);
  return {
    crisis: detectPressureCrisis({ sbp, dbp, dangerSigns, pregnantOrLactating, aboveNormal }, day),
    statutory,
    clinical: judgePressureControl(facts, day, 'clinical'),
    classification,
    plan: planFrom(classification, day, planNextVisit, 'HTN-14', subject.grade),
  };
}
