import { sql, type Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { openEnrollment } from '#capabilities/enrollment/server/public.ts';
import { insertImportedResident } from '#capabilities/residents/server/public.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { JudgedRow } from './preview-roster.ts';

/**
 * Imports every row of a previewed file in one transaction: all of it or nothing. A file with wrong rows is refused until
 * it is mended; rows already in the county change nothing.
 */
export async function commitRosterImport(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { importId: string; today: PlainDate; now: Date },
): Promise<{ done: true } | Refused> {
  const batch = await tx
    .selectFrom('roster_import')
    .select(['status'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.importId)
    .forUpdate()
    .executeTakeFirst();
  if (!batch) return refused('not-found');
  if (batch.status === 'committed') return { done: true };
  if (batch.status !== 'previewed')
    return refused('already-exists', { detail: '该批次还不能导入，请等待核对完成或重新上传。' });
  const rows = await tx
    .selectFrom('roster_import_row')
    .select(['import_id', 'row_no', 'state', 'person', 'resident_id'])
    .where('county_id', '=', actor.countyId)
    .where('import_id', '=', input.importId)
    .orderBy('row_no')
    .execute();
  const wrong = rows.filter((row) => row.state === 'error').length;
  if (wrong > 0)
    return refused('invalid-input', { detail: `还有 ${wrong} 行有误，请改好后重新上传；没有导入任何内容。` });
  for (const row of rows) {
    if (row.state !== 'new' && row.state !== 'enroll') continue;
    const person = row.person as NonNullable<JudgedRow['person']>;
    const residentId = row.resident_id ?? uuidv7();
    if (row.state === 'new') {
      const filed = await insertImportedResident(tx, actor, { residentId, person, now: input.now });
      if (filed.kind === 'refused') return filed;
    }
    const enrolled = await openEnrollment(tx, actor, {
      residentId,
      enrollmentId: uuidv7(),
      program: 'hypertension',
      enrolledOn: person.enrolledOn ?? input.today,
      diagnosedOn: person.diagnosedOn ?? undefined,
      source: 'import',
      today: input.today,
      now: input.now,
    });
    if ('kind' in enrolled && enrolled.problem.code !== 'already-enrolled') {
      const why = enrolled.problem.issues?.map((issue) => issue.message).join('') ?? enrolled.problem.title;
      return refused('invalid-input', { detail: `第 ${row.row_no} 行不能导入：${why}没有导入任何内容。` });
    }
    await sql`update roster_import_row set state = 'done', resident_id = ${residentId}::uuid
      where county_id = ${actor.countyId} and import_id = ${input.importId}::uuid and row_no = ${row.row_no}`.execute(
      tx,
    );
  }
  const done = rows.filter((row) => row.state === 'new' || row.state === 'enroll').length;
  await sql`update roster_import set status = 'committed', finished_at = ${input.now},
      progress = ${JSON.stringify({ stage: '已导入', done, total: done })}::jsonb,
      preview = jsonb_set(preview, '{counts,done}', to_jsonb(${done}::int))
    where county_id = ${actor.countyId} and id = ${input.importId}::uuid`.execute(tx);
  await recordAudit(tx, actor, {
    action: 'roster-import.commit',
    subject: input.importId,
    detail: { done },
    now: input.now,
  });
  return { done: true };
}
