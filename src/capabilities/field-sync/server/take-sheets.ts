import type { Transaction } from 'kysely';
import { followUpFormOf } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import { recordVisitSheets } from '#capabilities/follow-up/server/public.ts';
import { dayFieldOf } from '#capabilities/records/domain/day-field.ts';
import { filePlainRecord, findFormEdition } from '#capabilities/records/server/public.ts';
import type { Refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { differingVerdicts } from '../domain/made-under.ts';
import { formsOnPhone } from '../domain/phone-forms.ts';
import { confirmedByOldRules, dayOfAnswers, keepMadeUnder, refuseEdition } from './keep-made-under.ts';
import { keepPublishedCodes } from './keep-published-codes.ts';
import type { OperationBody, OperationContext } from './operation-body.ts';
import { readDefinitionSet, readFormHeads } from './read-definitions.ts';

/**
 * Files a visit from a phone in the editions it was typed on, judged by the server's rules; where the phone's had said
 * something else, both are kept.
 */
export async function takeVisit(
  tx: Transaction<Tables>,
  actor: Actor,
  body: OperationBody<'visit.record'>,
  context: OperationContext,
): Promise<object | Refused> {
  const { made } = body;
  for (const { program, formEdition, answers } of body.sheets) {
    const sheet = {
      form: followUpFormOf(program),
      formEdition,
      occurredOn: dayOfAnswers(answers, 'visitDate'),
    };
    const refusal = await refuseEdition(tx, actor, sheet, made, context.today);
    if (refusal) return refusal;
  }
  const current = made ? (await readDefinitionSet(tx, actor.countyId, context.now)).set : '';
  const byOldRules = body.sheets.map((sheet) =>
    confirmedByOldRules(made, current, sheet.program, sheet.answers),
  );
  const sheets = (await keepPublishedCodes(tx, actor.countyId, body.sheets)).map((sheet, at) => ({
    ...context,
    ...sheet,
    visitId: body.visitId,
    laterThanRuleReason: body.laterThanRuleReason ?? byOldRules[at]?.laterReason,
  }));
  // Two phones may have visited the same person the same day: two facts, both kept and shown to a person to judge.
  const sameDay = body.sheets.map((sheet) => `${sheet.program}/visitDate:same-day`);
  const confirmed = [...body.confirmed, ...sameDay, ...byOldRules.flatMap((one) => one.confirmed)];
  const outcomes = await recordVisitSheets(tx, actor, sheets, confirmed);
  if ('kind' in outcomes) return outcomes;
  if (made)
    for (const { record } of outcomes) {
      const said = made.said.filter((one) => one.program === record.program);
      const { recordId, form, formEdition } = record;
      const differing = differingVerdicts(said, record.verdicts);
      const { residentId, now } = context;
      await keepMadeUnder(tx, actor, { recordId, residentId, form, formEdition, made, said, differing, now });
    }
  return { visitId: body.visitId, tasks: outcomes.map((one) => one.nextTask) };
}

/** Files another form from a phone in the edition it was typed on. */
export async function takeRecord(
  tx: Transaction<Tables>,
  actor: Actor,
  body: OperationBody<'record.file'>,
  context: OperationContext,
): Promise<object | Refused> {
  const { made, ...record } = body;
  const { form, formEdition, recordId, answers } = record;
  // Also one this program no longer has: what was begun on it is taken, what was begun after it ended is refused by name.
  if (formsOnPhone.includes(form) || (await readFormHeads(tx, actor.countyId, form)).length > 0) {
    const edition = await findFormEdition(tx, actor.countyId, form, formEdition);
    const occurredOn = dayOfAnswers(answers, (edition && dayFieldOf(edition)) ?? '');
    const refusal = await refuseEdition(tx, actor, { form, formEdition, occurredOn }, made, context.today);
    if (refusal) return refusal;
  }
  const filed = await filePlainRecord(tx, actor, { ...record, ...context });
  if (made && !('kind' in filed)) {
    const { residentId, now } = context;
    const nothing = { said: [], differing: [] };
    await keepMadeUnder(tx, actor, { recordId, residentId, form, formEdition, made, ...nothing, now });
  }
  return filed;
}
