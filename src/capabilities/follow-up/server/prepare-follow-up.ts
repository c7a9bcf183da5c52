import { sql, type Transaction } from 'kysely';
import { notBegun } from '#capabilities/records/domain/not-begun.ts';
import { findEditionInForce, findFormEdition } from '#capabilities/records/server/public.ts';
import type { Program } from '#capabilities/residents/contract.ts';
import { programs } from '#capabilities/residents/domain/program.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { FollowUpStart } from '../contract.ts';
import { carryLastSheet } from '../domain/carry-last-sheet.ts';
import { followUpPrograms } from '../domain/follow-up-programs.ts';
import { prefillFollowUp } from '../domain/prefill-follow-up.ts';
import { classesBefore, loadFollowUpCase } from './load-follow-up-case.ts';
import { selectRecords, toFollowUpRecord } from './read-follow-up-records.ts';

/** The sheet to start from: what the last one said that holds on, and what the rules need to know of the person. */
export async function readFollowUpStart(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; program: Program; edition?: string | undefined; today: PlainDate },
) {
  const own = followUpPrograms[input.program].edition;
  const { form } = own;
  const edition = await (input.edition === undefined
    ? findEditionInForce(tx, actor.countyId, form, input.today)
    : findFormEdition(tx, actor.countyId, form, input.edition));
  // Written on one edition, a sheet is not corrected on another.
  if (!edition)
    return refused('unknown-edition', {
      detail:
        input.edition === undefined
          ? notBegun(own.title)
          : `本程序没有“${own.title}”的 ${input.edition} 版表样，不能按它填写；升级后再试。`,
    }) satisfies Refused;
  const person = await loadFollowUpCase(tx, {
    countyId: actor.countyId,
    residentId: input.residentId,
    program: input.program,
    form,
  });
  if (!person) return refused('not-enrolled') satisfies Refused;
  const last = person.recent[0];
  const [previous] = last
    ? await selectRecords(tx, sql`f.county_id = ${actor.countyId} and f.id = ${last.id}::uuid`, 1)
    : [];
  const writtenOn =
    previous?.form_edition === edition.edition
      ? edition
      : previous && (await findFormEdition(tx, actor.countyId, form, previous.form_edition));
  const task = await tx
    .selectFrom('follow_up_task')
    .selectAll()
    .where('county_id', '=', actor.countyId)
    .where('enrollment_id', '=', person.enrollment_id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return {
    today: input.today,
    program: input.program,
    formEdition: edition.edition,
    ...(edition.edition === own.edition ? {} : { edition }),
    subject: {
      residentId: person.resident_id,
      birthDate: person.birth_date,
      sex: person.sex,
      programs: person.programs,
      enrollmentId: person.enrollment_id,
      enrolledOn: person.enrolled_on,
      previousClasses: classesBefore(person.recent, '9999-12-31' as PlainDate),
      lastVisitOn: last?.occurred_on ?? null,
      grade: person.grade,
    },
    prefill: last ? prefillFollowUp(carryLastSheet(last.answers, writtenOn, edition)) : {},
    previous: previous ? toFollowUpRecord(previous) : null,
    openTask: task
      ? {
          id: task.id,
          enrollmentId: task.enrollment_id,
          program: task.program,
          kind: task.kind,
          dueOn: task.due_on,
          latestOn: task.latest_on,
          reason: task.reason,
        }
      : null,
  };
}

/** The sheets of one visit: those of every open programme of the person. Refuses someone in none. */
export async function readVisitStart(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { residentId: string; today: PlainDate },
) {
  const open = await tx
    .selectFrom('enrollment')
    .select('program')
    .where('county_id', '=', actor.countyId)
    .where('resident_id', '=', input.residentId)
    .where('closed_on', 'is', null)
    .execute();
  const managed = programs.filter((program) => open.some((row) => row.program === program));
  const sheets: FollowUpStart[] = [];
  for (const program of managed) {
    const start = await readFollowUpStart(tx, actor, { ...input, program });
    if ('kind' in start) return start;
    sheets.push(start);
  }
  if (sheets.length === 0) return refused('not-enrolled') satisfies Refused;
  return { today: input.today, sheets };
}
