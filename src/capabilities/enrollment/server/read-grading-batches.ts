import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import { ageInYears, type PlainDate } from '#kernel/plain-date.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Database } from '#platform/server/database/open-database.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type JobState, listCutOff, readJob } from '#platform/server/jobs/batch-jobs.ts';
import type { GradeDetail } from '../domain/grade-change.ts';
import type { GradeChange, GradingBatch } from '../grading-contract.ts';

interface Row {
  readonly id: string;
  readonly organization_name: string;
  readonly purpose: 'annual' | 'regrade';
  readonly reason: string;
  readonly on_day: PlainDate;
  readonly status: GradingBatch['status'];
  readonly created_by_name: string | null;
  readonly created_at: Date;
}

const columns = sql`b.id, o.name as organization_name, b.purpose, b.reason, b.on_day, b.status,
  s.name as created_by_name, b.created_at
  from grading_batch b
  join organization o on o.county_id = b.county_id and o.id = b.organization_id
  left join staff s on s.county_id = b.county_id and s.id = b.created_by`;

const toBatch = (row: Row): GradingBatch => ({
  id: row.id,
  organizationName: row.organization_name,
  purpose: row.purpose,
  reason: row.reason,
  onDay: row.on_day,
  status: row.status,
  createdByName: row.created_by_name ?? '',
  createdAt: row.created_at.toISOString(),
});

const toJob = (job: JobState | undefined) =>
  job
    ? {
        id: job.id,
        status: job.status,
        done: job.done,
        total: job.total,
        hasWorker: job.hasWorker,
        counts: job.result as Record<string, number>,
      }
    : null;

/** Batches of a scope, newest first. */
export async function readBatches(
  tx: Transaction<Tables>,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
) {
  const after = decodeCursor(input.cursor, 2);
  const { rows } = await sql<Row>`select ${columns} where b.county_id = ${actor.countyId}
    ${after ? sql`and (b.created_at, b.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by b.created_at desc, b.id desc limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(toBatch),
    nextCursor:
      rows.length > input.limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null,
  };
}

/** Batches whose preview or work was cut off, with how far it came and whether the reader began it. */
export async function readCutOffBatches(database: Database, tx: Transaction<Tables>, actor: Actor) {
  const jobs = await listCutOff(database, tx, {
    countyId: actor.countyId,
    kinds: ['grading-preview', 'grading'],
  });
  if (jobs.length === 0) return { items: [] };
  const { rows } = await sql<Row>`select ${columns} where b.county_id = ${actor.countyId}
    and b.id = any(${jobs.map((one) => one.subjectId)}::uuid[]) and b.status in ('preparing','running')
    order by b.created_at`.execute(tx);
  return {
    items: rows.flatMap((row) => {
      const job = jobs.findLast((one) => one.subjectId === row.id);
      return job
        ? [{ ...toBatch(row), done: job.done, total: job.total, isMine: job.startedBy === actor.staffId }]
        : [];
    }),
  };
}

/** One batch: how far preview and work are, and how many would change which way; undefined out of scope. */
export async function readBatch(database: Database, tx: Transaction<Tables>, actor: Actor, batchId: string) {
  const found = await sql<Row>`select ${columns} where b.county_id = ${actor.countyId}
    and b.id = ${batchId}::uuid`.execute(tx);
  const [row] = found.rows;
  if (!row) return undefined;
  const counted = await sql<{ change: GradeChange; n: number }>`
    select change, count(*)::int as n from grading_batch_person
    where county_id = ${actor.countyId} and batch_id = ${batchId}::uuid group by change`.execute(tx);
  const changes: Record<GradeChange, number> = { first: 0, up: 0, down: 0, same: 0, undecided: 0 };
  for (const { change, n } of counted.rows) changes[change] = n;
  const job = (kind: 'grading-preview' | 'grading') =>
    readJob(database, tx, { countyId: actor.countyId, kind, subjectId: batchId });
  return {
    ...toBatch(row),
    preview: toJob(await job('grading-preview')),
    work: toJob(await job('grading')),
    changes,
  };
}

interface ChangeRow {
  readonly resident_id: string;
  readonly org_path: string;
  readonly name: string;
  readonly sex: string;
  readonly birth_date: PlainDate;
  readonly organization_name: string;
  readonly from_tier: string | null;
  readonly from_colour: string | null;
  readonly to_tier: string | null;
  readonly to_colour: string | null;
  readonly grades: GradeDetail;
  readonly done_at: Date | null;
}

/** Who changes one way, from what to what and why; village after village. */
export async function readChanges(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    batchId: string;
    change: GradeChange;
    cursor?: string | undefined;
    limit: number;
    today: PlainDate;
  },
) {
  const after = decodeCursor(input.cursor, 2);
  const beyond = after
    ? sql`and (p.org_path, p.resident_id) > (${after[0]} collate "C", ${after[1]}::uuid)`
    : sql``;
  const { rows } = await sql<ChangeRow>`
    select p.resident_id, p.org_path, r.name, r.sex, r.birth_date, o.name as organization_name, p.from_tier, p.from_colour,
      p.to_tier, p.to_colour, p.grades, p.done_at
    from grading_batch_person p
    join resident r on r.county_id = p.county_id and r.id = p.resident_id
    join organization o on o.county_id = r.county_id and o.id = r.organization_id
    where p.county_id = ${actor.countyId} and p.batch_id = ${input.batchId}::uuid and p.change = ${input.change} ${beyond}
    order by p.org_path, p.resident_id limit ${input.limit + 1}`.execute(tx);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      residentId: row.resident_id,
      name: row.name,
      sex: row.sex,
      ageYears: ageInYears(row.birth_date, input.today),
      organizationName: row.organization_name,
      fromTier: row.from_tier,
      fromColour: row.from_colour,
      toTier: row.to_tier,
      toColour: row.to_colour,
      detail: row.grades,
      isDone: row.done_at !== null,
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.org_path, last.resident_id]) : null,
  };
}
