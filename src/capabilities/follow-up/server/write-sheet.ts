import type { Transaction } from 'kysely';
import type { ManagementYear } from '#capabilities/indicators/domain/judge-management-year.ts';
import {
  hypertensionCount,
  judgeManagementYearWith,
  rejudgeManagementYear,
  yearOf,
} from '#capabilities/indicators/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { FollowUpOutcome, FollowUpRecord } from '../contract.ts';
import { measurementsOf } from '../domain/measurements-of.ts';
import { nextTaskOf } from '../domain/plan-follow-up-task.ts';
import { verdictsOf } from '../domain/verdicts-of.ts';
import type { CheckedSheet } from './check-sheet.ts';
import { modeOf, saveFollowUp } from './save-follow-up.ts';
import type { SheetInput } from './sheet-input.ts';

type DatedSheet = CheckedSheet & { readonly visitOn: PlainDate };

/** Writes a checked sheet with its readings, verdicts and next task, and judges the person's year again. */
export async function writeSheet(
  tx: Transaction<Tables>,
  actor: Actor,
  checked: DatedSheet,
): Promise<FollowUpOutcome> {
  const { input, person, visitOn, evaluation, answers, form } = checked;
  const isLatest = !person.recent.some((record) => record.occurred_on > visitOn);
  const nextTask = person.closed_on === null && isLatest ? (nextTaskOf(evaluation, answers) ?? null) : null;
  const task = await saveFollowUp(tx, actor, { input, person, visitOn, answers, evaluation, nextTask, form });
  const management = input.program === 'hypertension' ? await judgeYear(tx, actor, checked) : null;
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

type Management = FollowUpOutcome['management'];

/** The year of a new sheet was read with the story; a correction may move a sheet from one year to another. */
function judgeYear(tx: Transaction<Tables>, actor: Actor, checked: DatedSheet): Promise<Management> {
  const { input, visitOn, year } = checked;
  return year?.of === yearOf(visitOn)
    ? judgeKnownYear(tx, actor, checked, year)
    : rejudge(tx, actor, input, visitOn);
}

async function judgeKnownYear(
  tx: Transaction<Tables>,
  actor: Actor,
  { input, visitOn, answers, evaluation }: DatedSheet,
  year: NonNullable<DatedSheet['year']>,
): Promise<Management> {
  if (!year.facts) return null;
  const reading = (kind: string) =>
    measurementsOf(answers, visitOn).find((one) => one.kind === kind)?.value ?? null;
  const verdicts = verdictsOf(evaluation);
  const outcome = (rule: string) => verdicts.find((one) => one.ruleId === rule)?.outcome ?? null;
  const count = hypertensionCount;
  const judged = await judgeManagementYearWith(
    tx,
    { countyId: actor.countyId, count, year: year.of, today: input.today },
    year.facts,
    {
      on: visitOn,
      mode: modeOf(answers),
      sbp: reading('sbp'),
      dbp: reading('dbp'),
      statutory: outcome(count.control.statutory),
      clinical: outcome(count.control.clinical),
    },
  );
  return managementOf(year.of, judged);
}

const managementOf = (year: number, judged: ManagementYear): Management => ({
  year,
  standard: judged.standard,
  standardReasons: [...judged.standardReasons],
  controlledStatutory: judged.controlledStatutory,
  controlledClinical: judged.controlledClinical,
});

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
  let management: Management = null;
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
    management = managementOf(year, mine);
  }
  return management;
}
