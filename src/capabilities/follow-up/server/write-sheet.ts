import type { Transaction } from 'kysely';
import { hypertensionCount, rejudgeManagementYear, yearOf } from '#capabilities/indicators/server/public.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { FollowUpOutcome, FollowUpRecord } from '../contract.ts';
import type { NextTask } from '../domain/follow-up-task.ts';
import { planFollowUpTask } from '../domain/plan-follow-up-task.ts';
import type { FollowUpEvaluation } from '../domain/sheet-evaluation.ts';
import { verdictsOf } from '../domain/verdicts-of.ts';
import type { CheckedSheet } from './check-sheet.ts';
import { modeOf, saveFollowUp } from './save-follow-up.ts';
import type { SheetInput } from './sheet-input.ts';

/** Writes a checked sheet with its readings, verdicts and next task, and judges the person's year again. */
export async function writeSheet(
  tx: Transaction<Tables>,
  actor: Actor,
  checked: CheckedSheet & { readonly visitOn: PlainDate },
): Promise<FollowUpOutcome> {
  const { input, person, visitOn, evaluation, answers, form } = checked;
  const isLatest = !person.recent.some((record) => record.occurred_on > visitOn);
  const nextTask = person.closed_on === null && isLatest ? planTask(evaluation, answers) : null;
  const task = await saveFollowUp(tx, actor, { input, person, visitOn, answers, evaluation, nextTask, form });
  const management = input.program === 'hypertension' ? await rejudge(tx, actor, input, visitOn) : null;
  const record: FollowUpRecord = {
    recordId: input.recordId,
    visitId: input.visitId,
    program: input.program,
    form,
    formEdition: input.formEdition,
    occurredOn: visitOn,
    mode: modeOf(answers),
    status: 'complete',
    answers: { ...answers },
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

function planTask(
  evaluation: FollowUpEvaluation,
  answers: Readonly<Record<string, unknown>>,
): NextTask | null {
  const { plan, classification } = evaluation;
  if (plan.kind === 'undecided') return null;
  const chosen =
    typeof answers.nextVisitDate === 'string' ? plainDate(answers.nextVisitDate) : plan.value.proposedOn;
  const reasons = [...(classification.kind === 'decided' ? classification.reasons : []), ...plan.reasons];
  return planFollowUpTask(
    plan.value,
    chosen,
    reasons
      .map((reason) => reason.text)
      .join('')
      .slice(0, 500),
  );
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
