import { classifyDiabetesFollowUp } from '#clinical/diabetes/classify-follow-up.ts';
import { detectGlucoseCrisis } from '#clinical/diabetes/detect-glucose-crisis.ts';
import { judgeGlucoseControl } from '#clinical/diabetes/judge-glucose-control.ts';
import { planDiabetesVisit } from '#clinical/diabetes/plan-next-visit.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type2DiabetesFollowUp2017 } from '#standards/forms/type-2-diabetes-follow-up/2017.ts';
import {
  codeAsFlag,
  codesAsKnown,
  dangerSignsOf,
  dayOf,
  hasWorseComplication,
  numberOf,
  planFrom,
} from './read-sheet.ts';
import type { EvaluationSubject, FollowUpEvaluation } from './sheet-evaluation.ts';

/** Code of 妊娠期或哺乳期血糖高于正常 among the danger signs. */
const pregnancySign = '11';

/** Puts the rules to a diabetes sheet, as typed so far or as saved, read by the edition it is written on. */
export function evaluateDiabetesFollowUp(
  edition: FormEdition,
  answers: FormAnswers,
  subject: EvaluationSubject,
  today: PlainDate,
): FollowUpEvaluation {
  const day = dayOf(answers, today);
  const glucose = {
    fpg: numberOf(answers.fpg),
    randomGlucose: numberOf(answers.rbg),
    hba1c: numberOf(answers.hba1c),
  };
  const signs = codesAsKnown(type2DiabetesFollowUp2017, edition, 'emergencySigns', answers);
  const facts = {
    fpg: glucose.fpg,
    randomGlucose: glucose.randomGlucose,
    sbp: numberOf(answers.sbp),
    dbp: numberOf(answers.dbp),
    heartRate: numberOf(answers.heartRate),
    temperature: numberOf(answers.temperature),
    dangerSigns: dangerSignsOf(edition, answers),
    pregnantOrLactating: signs.includes(pregnancySign) ? true : undefined,
    adverseReaction: codeAsFlag(answers.adr, '2', '1'),
    newOrWorseComplication: hasWorseComplication(answers),
    previousClasses: subject.previousClasses,
  };
  const classification = classifyDiabetesFollowUp(facts, day);
  return {
    crisis: detectGlucoseCrisis(facts, day),
    statutory: judgeGlucoseControl(glucose, day, 'public-health'),
    clinical: judgeGlucoseControl(glucose, day, 'clinical'),
    classification,
    plan: planFrom(classification, day, planDiabetesVisit, 'DM-18-plan', subject.grade),
  };
}
