import { sql, type Transaction } from 'kysely';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { mergeSections } from '../domain/merge-sections.ts';
import { type CheckupInput, fileCheckupSheet } from './file-checkup.ts';
import { readExamPerson } from './read-exam-people.ts';

/**
 * Finishes a person of an exam day: what the stations saved, with what the doctor changed at the end, becomes the sheet
 * of that day. The line is locked first, so that a station saving at this moment comes before or is told it is too late.
 */
export async function finishPerson(
  tx: Transaction<Tables>,
  actor: Actor,
  input: Omit<CheckupInput, 'supersedesId' | 'reason'> & { examDayId: string },
): Promise<{ recordId: string; occurredOn: string; tasks: number } | Refused> {
  const locked = await tx
    .selectFrom('exam_person')
    .select('status')
    .where('county_id', '=', actor.countyId)
    .where('exam_day_id', '=', input.examDayId)
    .where('resident_id', '=', input.residentId)
    .forUpdate()
    .executeTakeFirst();
  if (!locked) return refused('not-found');
  if (locked.status === 'finished') return refused('already-exists', { detail: '此人的体检表已完成。' });
  const held = await readExamPerson(tx, { countyId: actor.countyId, ...input });
  if (!held) return refused('not-found');
  const answers = {
    ...mergeSections([
      { seq: 1, savedBy: '', answers: held.answers },
      { seq: 2, savedBy: actor.staffId, answers: input.answers },
    ]),
    checkDate: held.heldOn,
    responsibleDoctor: actor.name,
  };
  const filed = await fileCheckupSheet(tx, actor, { ...input, answers });
  if ('kind' in filed) return filed;
  await sql`
    update exam_person set status = 'finished', record_id = ${input.recordId}::uuid, finished_at = ${input.now}
    where county_id = ${actor.countyId} and exam_day_id = ${input.examDayId}::uuid
      and resident_id = ${input.residentId}::uuid`.execute(tx);
  return filed;
}
