import { type Program, programs } from '#capabilities/residents/domain/program.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { copdFollowUp2024 } from '#standards/forms/copd-follow-up/2024.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { type2DiabetesFollowUp2017 } from '#standards/forms/type-2-diabetes-follow-up/2017.ts';
import { evaluateCopdFollowUp } from './evaluate-copd-follow-up.ts';
import { evaluateDiabetesFollowUp } from './evaluate-diabetes-follow-up.ts';
import { evaluateHypertensionFollowUp } from './evaluate-hypertension-follow-up.ts';
import type { EvaluationSubject, FollowUpEvaluation } from './sheet-evaluation.ts';

/** A programme whose visits are written on a national sheet, and the rules that read it. */
export interface FollowUpProgram {
  readonly program: Program;
  /** The edition the rules were written for; which one a sheet is begun on, the day says. */
  readonly edition: FormEdition;
  /** Puts the rules to a sheet of an edition of this form. */
  readonly evaluate: (
    edition: FormEdition,
    answers: FormAnswers,
    subject: EvaluationSubject,
    today: PlainDate,
  ) => FollowUpEvaluation;
}

/** Every programme, in the order their parts stand on a merged sheet. */
export const followUpPrograms: Readonly<Record<Program, FollowUpProgram>> = {
  hypertension: {
    program: 'hypertension',
    edition: hypertensionFollowUp2017,
    evaluate: evaluateHypertensionFollowUp,
  },
  'type-2-diabetes': {
    program: 'type-2-diabetes',
    edition: type2DiabetesFollowUp2017,
    evaluate: evaluateDiabetesFollowUp,
  },
  copd: { program: 'copd', edition: copdFollowUp2024, evaluate: evaluateCopdFollowUp },
};

/** The form a programme's visits are written on. */
export function followUpFormOf(program: Program): string {
  return followUpPrograms[program].edition.form;
}

/** The forms of all programmes. */
export const followUpForms: readonly string[] = programs.map(followUpFormOf);

/** The programme a form belongs to; undefined for any other form. */
export function programOfForm(form: string): Program | undefined {
  return programs.find((program) => followUpFormOf(program) === form);
}
