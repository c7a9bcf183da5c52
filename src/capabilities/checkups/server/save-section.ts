import { sql, type Transaction } from 'kysely';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { overtakenFields, type Section } from '../domain/merge-sections.ts';
import { foreignFields, type Station } from '../domain/stations.ts';
import { checkupEdition, subjectOf } from './read-exam-people.ts';

interface SectionInput {
  readonly examDayId: string;
  readonly residentId: string;
  readonly station: Station;
  readonly seenSeq: number;
  readonly answers: FormAnswers;
  readonly confirmed: readonly string[];
  readonly today: PlainDate;
  readonly now: Date;
}

interface Held {
  readonly org_path: string;
  readonly status: string;
  readonly last_seq: number;
  readonly resident_status: string;
  readonly birth_date: PlainDate;
  readonly sex: string;
  readonly held_on: PlainDate;
  readonly day_status: string;
  readonly programs: string[];
}

/**
 * Appends what a station entered of a person. Only the station's own fields; each value is checked by the edition; a
 * field that somebody else set to something else since the writer looked is asked about. The person's line is locked, so
 * that two stations come one after the other and both are kept.
 */
export async function appendSection(
  tx: Transaction<Tables>,
  actor: Actor,
  input: SectionInput,
): Promise<{ seq: number } | Refused> {
  const held = await lockPerson(tx, actor, input);
  if (!held) return refused('not-found');
  if (held.status === 'finished')
    return refused('record-closed', {
      detail: '此人的体检表已完成；如需更正，请在健康体检表上更正并写明原因。',
    });
  if (held.day_status === 'closed') return refused('record-closed', { detail: '体检日已经结束。' });
  if (held.resident_status !== 'active') return refused('record-closed');
  const foreign = foreignFields(checkupEdition, input.station, input.answers);
  if (foreign.length > 0)
    return refused('invalid-input', {
      issues: foreign.map((path) => ({
        path,
        code: 'not-of-station',
        message: `“${labelOf(path)}”不由本站录入。`,
      })),
    });
  const problem = checkPatch(input, held);
  if (problem) return problem;
  const sections = await readSections(tx, actor.countyId, input);
  const overtaken = overtakenFields(sections, input.answers, {
    seq: input.seenSeq,
    by: actor.staffId,
  }).filter((path) => !input.confirmed.includes(`${path}:overtaken`));
  if (overtaken.length > 0)
    return refused('needs-confirmation', {
      issues: overtaken.map((path) => ({
        path,
        code: 'overtaken',
        message: `“${labelOf(path)}”刚被别人改过，请核对后再保存。`,
      })),
    });
  const seq = held.last_seq + 1;
  await sql`
    with taken as (update exam_person set last_seq = ${seq}, status = 'waiting' where county_id = ${actor.countyId}
      and exam_day_id = ${input.examDayId}::uuid and resident_id = ${input.residentId}::uuid returning 1)
    insert into exam_section (county_id, exam_day_id, resident_id, seq, org_path, station, answers, saved_at, saved_by)
    values (${actor.countyId}, ${input.examDayId}::uuid, ${input.residentId}::uuid, ${seq}, ${held.org_path},
      ${input.station}, ${JSON.stringify(input.answers)}::jsonb, ${input.now}, ${actor.staffId}::uuid)`.execute(
    tx,
  );
  return { seq };
}

async function lockPerson(
  tx: Transaction<Tables>,
  actor: Actor,
  input: SectionInput,
): Promise<Held | undefined> {
  const { rows } = await sql<Held>`
    select p.org_path, p.status, p.last_seq, r.status as resident_status, r.birth_date, r.sex, d.held_on,
      d.status as day_status, (select coalesce(array_agg(e.program), '{}') from enrollment e
        where e.county_id = r.county_id and e.resident_id = r.id and e.closed_on is null) as programs
    from exam_person p
    join resident r on r.county_id = p.county_id and r.id = p.resident_id
    join exam_day d on d.county_id = p.county_id and d.id = p.exam_day_id
    where p.county_id = ${actor.countyId} and p.exam_day_id = ${input.examDayId}::uuid
      and p.resident_id = ${input.residentId}::uuid for update of p`.execute(tx);
  return rows[0];
}

/** Values are checked one by one; what is still missing belongs to the end of the day. */
function checkPatch(input: SectionInput, held: Held): Refused | undefined {
  const given = Object.fromEntries(Object.entries(input.answers).filter(([, value]) => value !== null));
  const { errors, warnings, unknown } = validateAnswers(checkupEdition, given, {
    today: input.today,
    ...subjectOf({ birthDate: held.birth_date, sex: held.sex, programs: held.programs }, held.held_on),
    confirmed: input.confirmed,
  });
  const mine = (path: string) => (path.split('.')[0] ?? '') in given;
  const wrong = errors.filter((one) => mine(one.path) && !['missing', 'needs-text'].includes(one.code));
  if (wrong.length > 0) return refused('invalid-input', { issues: wrong });
  if (unknown.length > 0)
    return refused('invalid-input', {
      issues: unknown.map((path) => ({ path, code: 'unknown-field', message: '表中没有这一项。' })),
    });
  const doubtful = warnings.filter((one) => mine(one.path));
  return doubtful.length > 0 ? refused('needs-confirmation', { issues: doubtful }) : undefined;
}

async function readSections(
  tx: Transaction<Tables>,
  countyId: string,
  input: { examDayId: string; residentId: string },
): Promise<Section[]> {
  const rows = await tx
    .selectFrom('exam_section')
    .select(['seq', 'saved_by', 'answers'])
    .where('county_id', '=', countyId)
    .where('exam_day_id', '=', input.examDayId)
    .where('resident_id', '=', input.residentId)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ seq: row.seq, savedBy: row.saved_by, answers: row.answers }));
}

function labelOf(path: string): string {
  return fieldsOf(checkupEdition).find((field) => field.id === path)?.label ?? path;
}
