import { sql, type Transaction } from 'kysely';
import { type SummaryRow, summariseResident } from '#capabilities/residents/server/public.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { orgPath, subtreeRange } from '#kernel/org-path.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import type { CheckupTask } from '../contract.ts';
import type { ConclusionDecision } from '../domain/conclude-checkup.ts';

const mostCheckups = 5;

/** The last checkups of a person and the last assessments of an older one. */
export async function readCheckups(tx: Transaction<Tables>, countyId: string, residentId: string) {
  const { rows } = await sql<{
    id: string;
    form: string;
    form_edition: string;
    occurred_on: PlainDate;
    answers: FormAnswers;
  }>`
    (select id, form, form_edition, occurred_on, answers from form_record
      where county_id = ${countyId} and resident_id = ${residentId}::uuid and form = 'annual-checkup'
        and superseded_by is null and status = 'complete'
      order by occurred_on desc, received_at desc, id desc limit ${mostCheckups})
    union all
    (select distinct on (form) id, form, form_edition, occurred_on, answers from form_record
      where county_id = ${countyId} and resident_id = ${residentId}::uuid
        and form in ('elder-self-care','tcm-constitution') and superseded_by is null and status = 'complete'
      order by form, occurred_on desc, received_at desc, id desc)`.execute(tx);
  return {
    checkups: rows
      .filter((row) => row.form === 'annual-checkup')
      .map((row) => ({
        recordId: row.id,
        occurredOn: row.occurred_on,
        formEdition: row.form_edition,
        answers: { ...row.answers },
      })),
    assessments: rows
      .filter((row) => row.form !== 'annual-checkup')
      .map((row) => ({
        recordId: row.id,
        form: row.form,
        occurredOn: row.occurred_on,
        answers: { ...row.answers },
      })),
  };
}

interface OutcomeRow extends SummaryRow {
  readonly occurred_on: PlainDate;
  readonly form_edition: string;
  readonly answers: FormAnswers;
  readonly doctor_name: string;
  readonly by_organization: string;
  readonly decisions: ConclusionDecision[] | null;
}

/** One filed checkup with the doctor's answers to the conclusions and the tasks that came of it. */
export async function readOutcome(tx: Transaction<Tables>, countyId: string, recordId: string) {
  const { rows } = await sql<OutcomeRow>`
    select r.id, r.name, r.sex, r.birth_date, r.id_no, r.phone, r.archive_no, r.organization_id, r.status,
      o.name as organization_name, f.id as record_id, f.occurred_on, f.form_edition, f.answers, s.name as doctor_name, b.name as by_organization,
      (select coalesce(array_agg(e.program order by e.program), '{}') from enrollment e where e.county_id = r.county_id
        and e.resident_id = r.id and e.enrolled_on <= f.occurred_on and (e.closed_on is null or e.closed_on >= f.occurred_on)) as programs,
      (select v.decisions from verdict v where v.county_id = f.county_id and v.record_id = f.id
        and v.rule_id = 'CHK-02') as decisions
    from form_record f
    join resident r on r.county_id = f.county_id and r.id = f.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    join organization b on b.county_id = f.county_id and b.id = f.organization_id
    join staff s on s.county_id = f.county_id and s.id = f.recorded_by
    where f.county_id = ${countyId} and f.id = ${recordId}::uuid and f.form = 'annual-checkup'`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const tasks = await selectTasks(
    sql`t.county_id = ${countyId} and t.record_id = ${recordId}::uuid`,
    100,
  ).execute(tx);
  return {
    recordId,
    residentId: row.id,
    occurredOn: row.occurred_on,
    formEdition: row.form_edition,
    answers: { ...row.answers },
    person: summariseResident(row, row.occurred_on),
    doctorName: row.doctor_name,
    organizationName: row.by_organization,
    decisions: row.decisions ?? [],
    tasks: tasks.rows.map(toTask),
  };
}

interface TaskRow {
  readonly id: string;
  readonly resident_id: string;
  readonly name: string;
  readonly organization_name: string;
  readonly record_id: string;
  readonly kind: CheckupTask['kind'];
  readonly what: string;
  readonly reason: string;
  readonly due_on: PlainDate;
  readonly closed_at: Date | null;
  readonly close_note: string | null;
}

const selectTasks = (condition: ReturnType<typeof sql>, limit: number) => sql<TaskRow>`
  select t.id, t.resident_id, r.name, o.name as organization_name, t.record_id, t.kind, t.what, t.reason, t.due_on,
    t.closed_at, t.close_note
  from checkup_task t
  join resident r on r.county_id = t.county_id and r.id = t.resident_id
  join organization o on o.county_id = t.county_id and o.id = t.organization_id
  where ${condition} order by t.due_on, t.id limit ${limit}`;

const toTask = (row: TaskRow): CheckupTask => ({
  id: row.id,
  residentId: row.resident_id,
  residentName: row.name,
  organizationName: row.organization_name,
  recordId: row.record_id,
  kind: row.kind,
  what: row.what,
  reason: row.reason,
  dueOn: row.due_on,
  closedAt: row.closed_at?.toISOString() ?? null,
  closeNote: row.close_note,
});

/** One page of what is still to be done after checkups, the earliest day first. */
export async function readOpenTasks(
  tx: Transaction<Tables>,
  input: { countyId: string; scopePath: string; cursor?: string | undefined; limit: number },
): Promise<{ items: CheckupTask[]; nextCursor: string | null }> {
  const { from, to } = subtreeRange(orgPath(input.scopePath));
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await selectTasks(
    sql`t.county_id = ${input.countyId} and t.closed_at is null and t.org_path >= ${from} and t.org_path < ${to}
      ${after ? sql`and (t.due_on, t.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``}`,
    input.limit + 1,
  ).execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(toTask),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.due_on, last.id]) : null,
  };
}

/** Closes a task with what came of it. */
export async function endTask(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { taskId: string; note: string; now: Date },
): Promise<{ taskId: string } | Refused> {
  if (input.note.trim() === '')
    return refused('invalid-input', {
      issues: [{ path: 'note', code: 'missing', message: '请写明办理结果。' }],
    });
  const done = await tx
    .updateTable('checkup_task')
    .set({ closed_at: input.now, closed_by: actor.staffId, close_note: input.note.trim() })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.taskId)
    .where('closed_at', 'is', null)
    .returning(['id', 'resident_id'])
    .executeTakeFirst();
  if (!done) return refused('not-found', { detail: '没有这项待办，或已经办结。' });
  await recordAudit(tx, actor, {
    action: 'checkup-task.close',
    residentId: done.resident_id,
    subject: done.id,
    now: input.now,
  });
  return { taskId: done.id };
}
