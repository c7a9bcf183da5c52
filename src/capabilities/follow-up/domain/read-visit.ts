import type { Program } from '#capabilities/residents/domain/program.ts';
import type { FollowUpClass } from '#clinical/follow-up/follow-up-class.ts';
import { type JointVisit, joinNextVisits } from '#clinical/follow-up/join-next-visits.ts';
import type { StandingGrade } from '#clinical/follow-up/shorten-by-grade.ts';
import type { Decision } from '#kernel/decision.ts';
import type { FormSubject } from '#kernel/form-condition.ts';
import { type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue } from '#kernel/problem.ts';
import { followUpPrograms } from './follow-up-programs.ts';
import { type MergedSheet, ownName } from './merge-sheets.ts';
import type { EvaluationSubject, FollowUpEvaluation } from './sheet-evaluation.ts';

/** What is known of the person for one programme. */
export interface VisitSubject {
  readonly program: Program;
  readonly previousClasses: readonly FollowUpClass[];
  readonly lastAnswers?: FormAnswers | undefined;
  readonly grade?: StandingGrade | undefined;
}

/** One official sheet of the visit as it would be saved. */
export interface SheetReading {
  readonly program: Program;
  readonly edition: FormEdition;
  readonly answers: FormAnswers;
  readonly evaluation: FollowUpEvaluation;
  /** What this sheet asks to confirm, at its own places. */
  readonly warnings: readonly FieldIssue[];
}

export interface VisitReading {
  /** The merged answers with what the rules propose and what the sheets compute. */
  readonly shown: FormAnswers;
  readonly sheets: readonly SheetReading[];
  readonly joint: Decision<JointVisit<Program>>;
  /** Issues at their place on the merged screen. */
  readonly errors: readonly FieldIssue[];
  readonly warnings: readonly FieldIssue[];
}

/**
 * Reads a visit as typed so far: splits it into the official sheets, puts each programme's rules to its own, proposes
 * class and next date where the doctor has not decided, and gathers what is wrong. No clock, no input or output: the
 * same on screen, phone and server.
 */
export function readVisit(input: {
  readonly merged: MergedSheet;
  readonly answers: FormAnswers;
  /** Fields the doctor has set; the rules propose the others. */
  readonly touched: ReadonlySet<string>;
  readonly birthDate: PlainDate;
  readonly subjects: readonly VisitSubject[];
  readonly subject: FormSubject;
  readonly today: PlainDate;
}): VisitReading {
  const { merged, today } = input;
  const about = { today, ...input.subject };
  const evaluated = merged.parts.map(({ program, edition }) => {
    const own = input.subjects.find((one) => one.program === program);
    const subject: EvaluationSubject = {
      birthDate: input.birthDate,
      previousClasses: own?.previousClasses ?? [],
      lastAnswers: own?.lastAnswers,
      grade: own?.grade,
    };
    const typed = validateAnswers(edition, merged.split(input.answers, program), about).answers;
    return {
      program,
      edition,
      evaluation: followUpPrograms[program].evaluate(edition, typed, subject, today),
    };
  });
  const joint = joinNextVisits(
    evaluated.flatMap(({ program, evaluation: { plan } }) =>
      plan.kind === 'decided' ? [{ key: program, proposedOn: plan.value.proposedOn }] : [],
    ),
    today,
    input.touched.has('nextVisitDate') ? dayOrNone(input.answers.nextVisitDate) : undefined,
  );
  const answers = withProposals(input, evaluated, joint);
  const shown: Record<string, unknown> = { ...answers };
  const errors: FieldIssue[] = [];
  const warnings: FieldIssue[] = [];
  const sheets = evaluated.map(({ program, edition, evaluation }) => {
    const sheet = validateAnswers(edition, merged.split(answers, program), about);
    for (const field of fieldsOf(edition))
      if (field.kind === 'computed') shown[merged.pathOf(program, field.id)] = sheet.answers[field.id];
    const place = (issue: FieldIssue) => ({ ...issue, path: merged.pathOf(program, issue.path) });
    addNew(errors, sheet.errors.map(place));
    addNew(warnings, sheet.warnings.map(place));
    return { program, edition, answers: sheet.answers, evaluation, warnings: sheet.warnings };
  });
  return { shown, sheets, joint, errors, warnings };
}

function withProposals(
  input: { merged: MergedSheet; answers: FormAnswers; touched: ReadonlySet<string> },
  evaluated: readonly { program: Program; evaluation: FollowUpEvaluation }[],
  joint: Decision<JointVisit<Program>>,
): FormAnswers {
  const proposed: Record<string, unknown> = {};
  for (const { program, evaluation } of evaluated) {
    const place = input.merged.pathOf(program, 'visitClass');
    if (!input.touched.has(place))
      proposed[place] =
        evaluation.classification.kind === 'decided'
          ? String(evaluation.classification.value.formClass)
          : undefined;
    if (joint.kind === 'decided' && joint.value.byKey[program] !== joint.value.on)
      proposed[ownName(program, 'nextVisitDate')] = joint.value.byKey[program];
  }
  if (!input.touched.has('nextVisitDate'))
    proposed.nextVisitDate = joint.kind === 'decided' ? joint.value.on : undefined;
  return { ...input.answers, ...proposed };
}

function addNew(list: FieldIssue[], more: readonly FieldIssue[]): void {
  for (const issue of more)
    if (!list.some((one) => one.path === issue.path && one.message === issue.message)) list.push(issue);
}

function dayOrNone(value: unknown): PlainDate | undefined {
  return typeof value === 'string' ? parsePlainDate(value) : undefined;
}
