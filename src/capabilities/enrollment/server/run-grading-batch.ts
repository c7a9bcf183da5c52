import { sql, type Transaction } from 'kysely';
import type { GradingScheme } from '#clinical/grading/place-tier.ts';
import { isWithin, orgPath } from '#kernel/org-path.ts';
import { dayInChina, type PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { openJob, workJob } from '#platform/server/jobs/batch-jobs.ts';
import { readGradingScheme } from './county-settings.ts';
import { countManaged, gradeNext, previewNext, writtenChanges } from './grading-batch.ts';

/** Writes a batch down and opens the work of judging everybody in it; nobody is graded yet. */
export async function draftBatch(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    batchId: string;
    organizationId: string;
    purpose: 'annual' | 'regrade';
    reason: string;
    today: PlainDate;
    now: Date;
  },
): Promise<{ batchId: string } | Refused> {
  const place = await tx
    .selectFrom('organization')
    .select(['id', 'path'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.organizationId)
    .executeTakeFirst();
  if (!place || !isWithin(orgPath(place.path), actor.scopePath)) return refused('not-found');
  const path = orgPath(place.path);
  const total = await countManaged(tx, actor.countyId, path);
  if (total === 0) return refused('empty-campaign', { detail: '该范围内没有在管的人，不需要评定。' });
  const scheme = await readGradingScheme(tx, actor.countyId, input.today);
  const inserted = await sql`
    insert into grading_batch (county_id, id, organization_id, org_path, purpose, reason, on_day, scheme, created_at,
      created_by)
    values (${actor.countyId}, ${input.batchId}::uuid, ${place.id}::uuid, ${path}, ${input.purpose}, ${input.reason.trim()},
      ${input.today}::date, ${JSON.stringify(scheme)}::jsonb, ${input.now}, ${actor.staffId}::uuid)
    on conflict do nothing returning id`.execute(tx);
  if (inserted.rows.length === 0) return refused('already-exists');
  await openJob(tx, {
    countyId: actor.countyId,
    id: input.batchId,
    kind: 'grading-preview',
    orgPath: path,
    subjectId: input.batchId,
    total,
    staffId: actor.staffId,
    now: input.now,
  });
  await recordAudit(tx, actor, { action: 'grading.prepare', subject: input.batchId, now: input.now });
  return { batchId: input.batchId };
}

/** Confirms a previewed batch and opens the work of writing it. Refuses one that would change nobody. */
export async function confirmBatch(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { batchId: string; jobId: string; now: Date },
): Promise<{ batchId: string; people: number } | Refused> {
  const batch = await holdBatch(tx, actor, input.batchId);
  if (!batch) return refused('not-found');
  if (batch.status !== 'previewed')
    return refused('illegal-move', {
      detail: batch.status === 'preparing' ? '预览还没有算完，请稍候。' : '该批次已经确认或取消。',
    });
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from grading_batch_person p where p.county_id = ${actor.countyId}
      and p.batch_id = ${input.batchId}::uuid and ${writtenChanges(batch.purpose)}`.execute(tx);
  const people = counted.rows[0]?.n ?? 0;
  if (people === 0) return refused('empty-campaign', { detail: '没有人的分级会改变，不需要执行。' });
  await sql`update grading_batch set status = 'running', confirmed_at = ${input.now}, confirmed_by = ${actor.staffId}::uuid
    where county_id = ${actor.countyId} and id = ${input.batchId}::uuid`.execute(tx);
  await openJob(tx, {
    countyId: actor.countyId,
    id: input.jobId,
    kind: 'grading',
    orgPath: batch.org_path,
    subjectId: input.batchId,
    total: people,
    staffId: actor.staffId,
    now: input.now,
  });
  await recordAudit(tx, actor, {
    action: 'grading.confirm',
    subject: input.batchId,
    detail: { people },
    now: input.now,
  });
  return { batchId: input.batchId, people };
}

/** Gives a batch up before it is confirmed; nothing was written. */
export async function cancelBatch(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { batchId: string; now: Date },
): Promise<{ batchId: string } | Refused> {
  const batch = await holdBatch(tx, actor, input.batchId);
  if (!batch) return refused('not-found');
  if (batch.status !== 'previewed' && batch.status !== 'preparing')
    return refused('illegal-move', { detail: '该批次已经执行，不能取消。' });
  await sql`update grading_batch set status = 'cancelled' where county_id = ${actor.countyId}
    and id = ${input.batchId}::uuid`.execute(tx);
  await recordAudit(tx, actor, { action: 'grading.cancel', subject: input.batchId, now: input.now });
  return { batchId: input.batchId };
}

/** Takes a batch's work up wherever it stands, to its end: the preview, or the writing of a confirmed one. */
export async function workBatch(
  database: Database,
  actor: Actor,
  input: { batchId: string; now: () => Date },
): Promise<void> {
  const scope = { countyId: actor.countyId, path: actor.scopePath };
  const found = await withScope(database, scope, async (tx) => {
    const batch = await holdBatch(tx, actor, input.batchId);
    const job = await tx
      .selectFrom('batch_job')
      .select('id')
      .where('county_id', '=', actor.countyId)
      .where('subject_id', '=', input.batchId)
      .where('kind', '=', batch?.status === 'running' ? 'grading' : 'grading-preview')
      .executeTakeFirst();
    return batch && job ? { ...batch, jobId: job.id } : undefined;
  });
  if (!found || (found.status !== 'preparing' && found.status !== 'running')) return;
  const scheme = found.scheme as GradingScheme;
  const isPreview = found.status === 'preparing';
  const next = isPreview ? 'previewed' : 'finished';
  await workJob(database, scope, {
    jobId: found.jobId,
    now: input.now,
    step: (tx, place) =>
      isPreview
        ? previewNext(
            tx,
            {
              countyId: actor.countyId,
              batchId: input.batchId,
              path: orgPath(found.org_path),
              scheme,
              day: found.on_day,
            },
            place,
          )
        : gradeNext(tx, actor, {
            batchId: input.batchId,
            purpose: found.purpose,
            scheme,
            onDay: found.on_day,
            today: dayInChina(input.now()),
            now: input.now(),
          }),
    finish: async (tx) => {
      await sql`update grading_batch set status = ${next} where county_id = ${actor.countyId}
        and id = ${input.batchId}::uuid and status = ${found.status}`.execute(tx);
    },
  });
}

async function holdBatch(tx: Transaction<Tables>, actor: Actor, batchId: string) {
  return tx
    .selectFrom('grading_batch')
    .select(['status', 'org_path', 'purpose', 'scheme', 'on_day'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', batchId)
    .forUpdate()
    .executeTakeFirst();
}
