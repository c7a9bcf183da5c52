import type { FollowUpClass, FollowUpClassification } from '#clinical/follow-up/follow-up-class.ts';
import type { NextVisitPlan } from '#clinical/follow-up/schedule-next-visit.ts';
import type { StandingGrade } from '#clinical/follow-up/shorten-by-grade.ts';
import type { Decision } from '#kernel/decision.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** What the rules need of the person besides the sheet. */
export interface EvaluationSubject {
  readonly birthDate: PlainDate;
  /** Classes of the valid visits before this one, newest first. */
  readonly previousClasses: readonly FollowUpClass[];
  /** The last sheet of the same programme, for what changed since. */
  readonly lastAnswers?: FormAnswers | undefined;
  /** The grade the person stands in; its interval brings the next visit forward. */
  readonly grade?: StandingGrade | undefined;
}

export type ControlDecision = Decision<'controlled' | 'not-controlled'>;

/** What the rules say of one programme's sheet, as typed so far or as saved. */
export interface FollowUpEvaluation {
  readonly crisis: Decision<boolean>;
  /** 公卫口径; undefined where the programme has no such measure. */
  readonly statutory: ControlDecision | undefined;
  /** 临床目标. */
  readonly clinical: ControlDecision | undefined;
  readonly classification: Decision<FollowUpClassification>;
  readonly plan: Decision<NextVisitPlan>;
}
