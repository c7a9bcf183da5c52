import { classifyCopdFollowUp } from '#clinical/copd/classify-follow-up.ts';
import { detectBreathingCrisis } from '#clinical/copd/detect-breathing-crisis.ts';
import { planCopdVisit } from '#clinical/copd/plan-follow-up.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { copdFollowUp2024 } from '#standards/forms/copd-follow-up/2024.ts';
import { codeAsFlag, codesAsKnown, dangerSignsOf, dayOf, numberOf, planFrom } from './read-sheet.ts';
import type { EvaluationSubject, FollowUpEvaluation } from './sheet-evaluation.ts';

/** Codes of 呼吸困难, 咳痰或痰量增加, 痰液颜色或粘度改变, and of 意识不清 among the symptoms. */
const cardinal = ['2', '6', '7'];
const confusion = '14';

/** Puts the rules to a COPD sheet by the edition it is written on, as typed or as saved; the last sheet shows what changed. */
export function evaluateCopdFollowUp(
  edition: FormEdition,
  answers: FormAnswers,
  subject: EvaluationSubject,
  today: PlainDate,
): FollowUpEvaluation {
  const day = dayOf(answers, today);
  const symptoms = codesAsKnown(copdFollowUp2024, edition, 'symptoms', answers);
  const facts = {
    spo2: numberOf(answers.spo2),
    onOxygen: answers.onOxygen === true,
    respiratoryRate: numberOf(answers.respRate),
    dangerSigns: dangerSignsOf(edition, answers),
    confused: symptoms.includes(confusion),
    cat: numberOf(answers.cat),
    lastCat: numberOf(subject.lastAnswers?.cat),
    lastSpo2: numberOf(subject.lastAnswers?.spo2),
    cardinalSymptoms: symptoms.filter((code) => cardinal.includes(code)).length,
    adverseReaction: codeAsFlag(answers.adr, '2', '1'),
    previousClasses: subject.previousClasses,
  };
  const classification = classifyCopdFollowUp(facts, day);
  return {
    crisis: detectBreathingCrisis(facts, day),
    statutory: undefined,
    clinical: undefined,
    classification,
    plan: planFrom(classification, day, planCopdVisit, 'COPD-10-plan', subject.grade),
  };
}
