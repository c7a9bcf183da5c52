import type { Transaction } from 'kysely';
import { hypertensionCount, rejudgeManagementYear, yearOf } from '#capabilities/indicators/server/public.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { ageInYears, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { type FieldIssue, type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import type { FollowUpOutcome, FollowUpRecord } from '../contract.ts';
import { checkFollowUp } from '../domain/check-follow-up.ts';
import {
  evaluateHypertensionFollowUp,
  type FollowUpEvaluation,
} from '../domain/evaluate-hypertension-follow-up.ts';
import type { NextTask } from '../domain/follow-up-task.ts';
import { planFollowUpTask } from '../domain/plan-follow-up-task.ts';
import { verdictsOf } from '../domain/verdicts-of.ts';
import { classesBefore, type FollowUpCase, loadFollowUpCase } from './load-follow-up-case.ts';
import { modeOf, saveFollowUp } from './save-follow-up.ts';
import type { SheetInput } from './sheet-input.ts';

/** The one form this programme's visits are written on. */
const form = 'hypertension-follow-up';

/**
 * Saves a hypertension sheet, new or as a correction: the sheet, its readings, the verdicts with their editions, the
 * next task, the person's year and the audit entry stand or fall together. Refuses what the form, the person's story or
 * the rules do not allow; a warning must have been confirmed by its path.
 */
export async function recordFollowUpSheet(
  tx: Transaction<Tables>,
  actor: Actor,
  input: SheetInput,
): Promise<FollowUpOutcome | Refused> {
  const edition = formEdition(form, input.formEdition);
  if (!edition) {
    const message = '服务器不认识这个版本的表单，请刷新页面。';
    return refused('invalid-input', { issues: [{ path: 'formEdition', code: 'unknown-edition', message }] });
  }
  const person = await loadFollowUpCase(tx, {
    countyId: actor.countyId,
    residentId: input.residentId,
    program: 'hypertension',
    form,
    lock: true,
    ...(input.correction ? { excludeRecordId: input.correction.supersedesId } : {}),
  });
  if (!person)
    return (await isInScope(tx, actor, input.residentId)) ? refused('not-enrolled') : refused('not-found');
  const validation = validateAnswers(edition, input.answers, {
    today: input.today,
    ageYears: ageInYears(person.birth_date, input.today),
    sex: person.sex,
  });
  const visitOn = validation.answers.visitDate as PlainDate | undefined;
  const evaluation = evaluateHypertensionFollowUp(
    validation.answers,
    { birthDate: person.birth_date, previousClasses: visitOn ? classesBefore(person.recent, visitOn) : [] },
    input.today,
  );
  const story =
    visitOn === undefined
      ? { errors: [], warnings: [] }
      : checkStory(person, validation.answers, evaluation, input);
  const errors = [...validation.errors, ...story.errors];
  if (errors.length > 0) return refused('invalid-input', { issues: errors });
  const open = [...validation.warnings, ...story.warnings].filter(
    (issue) => !isConfirmed(issue, input.confirmed),
  );
  if (open.length > 0) return refused('needs-confirmation', { issues: open });
  if (visitOn === undefined) throw new Error('a valid sheet has its day');

  const isLatest = !person.recent.some((record) => record.occurred_on > visitOn);
  const nextTask = person.closed_on === null && isLatest ? planTask(evaluation, validation.answers) : null;
  const task = await saveFollowUp(tx, actor, {
    input,
    person,
    visitOn,
    answers: validation.answers,
    evaluation,
    nextTask,
    form,
  });
  const management = await rejudge(tx, actor, input, visitOn);
  const record: FollowUpRecord = {
    recordId: input.recordId,
    visitId: input.recordId,
    program: 'hypertension',
    form,
    formEdition: input.formEdition,
    occurredOn: visitOn,
    mode: modeOf(validation.answers),
    status: 'complete',
    answers: { ...validation.answers },
    verdicts: verdictsOf(evaluation).map((verdict) => ({ ...verdict, reasons: [...verdict.reasons] })),
    receivedAt: input.now.toISOString(),
    recordedByName: actor.name,
    organizationName: actor.organizationName,
    supersedesId: input.correction?.supersedesId ?? null,
    supersededBy: null,
    correctionReason: input.correction?.reason ?? null,
  };
  return { record, nextTask: task, management };
}

function checkStory(
  person: FollowUpCase,
  answers: Readonly<Record<string, unknown>>,
  evaluation: FollowUpEvaluation,
  input: SheetInput,
) {
  return checkFollowUp({
    answers,
    evaluation,
    enrolledOn: person.enrolled_on,
    closedOn: person.closed_on,
    birthDate: person.birth_date,
    sameDayBy: person.recent.filter((r) => r.occurred_on === answers.visitDate).map((r) => r.recorded_by),
    laterThanRuleReason: input.laterThanRuleReason,
  });
}

/** A warning is confirmed by `path:code`, so that confirming one doubt about a field leaves the next one open. */
function isConfirmed(issue: FieldIssue, confirmed: readonly string[]): boolean {
  return confirmed.includes(`${issue.path}:${issue.code}`);
}

function planTask(
  evaluation: FollowUpEvaluation,
  answers: Readonly<Record<string, unknown>>,
): NextTask | null {
  const { plan, classification } = evaluation;
  if (plan.kind === 'undecided') return null;
  const chosen =
    typeof answers.nextVisitDate === 'string' ? plainDate(answers.nextVisitDate) : plan.value.proposedOn;
  const why = [...classificationReasons(classification), ...plan.reasons.map((reason) => reason.text)].join(
    '',
  );
  return planFollowUpTask(plan.value, chosen, why.slice(0, 500));
}

function classificationReasons(classification: FollowUpEvaluation['classification']): string[] {
  return classification.kind === 'decided' ? classification.reasons.map((reason) => reason.text) : [];
}

async function rejudge(tx: Transaction<Tables>, actor: Actor, input: SheetInput, visitOn: PlainDate) {
  const years = new Set([yearOf(visitOn)]);
  if (input.correction) {
    const before = await tx
      .selectFrom('form_record')
      .select('occurred_on')
      .where('county_id', '=', actor.countyId)
      .where('id', '=', input.correction.supersedesId)
      .executeTakeFirst();
    if (before) years.add(yearOf(before.occurred_on));
  }
  let management: FollowUpOutcome['management'] = null;
  for (const year of years) {
    const judged = await rejudgeManagementYear(tx, {
      countyId: actor.countyId,
      count: hypertensionCount,
      year,
      today: input.today,
      residentIds: [input.residentId],
    });
    const mine = judged.get(input.residentId);
    if (!mine || year !== yearOf(visitOn)) continue;
    management = {
      year,
      standard: mine.standard,
      standardReasons: [...mine.standardReasons],
      controlledStatutory: mine.controlledStatutory,
      controlledClinical: mine.controlledClinical,
    };
  }
  return management;
}

async function isInScope(tx: Transaction<Tables>, actor: Actor, residentId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('resident')
    .select('id')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', residentId)
    .executeTakeFirst();
  return row !== undefined;
}
