import { sql, type Transaction } from 'kysely';
import type { OrgPath } from '#kernel/org-path.ts';
import type { Database } from '../database/open-database.ts';
import type { Tables } from '../database/tables.ts';
import { withScope } from '../database/with-scope.ts';

export type JobKind = Tables['batch_job']['kind'];

/** How far a piece of long work has come. */
export interface JobState {
  readonly id: string;
  readonly status: 'working' | 'done';
  readonly done: number;
  readonly total: number;
  readonly result: unknown;
  /** Somebody here is at it; a job that is `working` without a worker was cut off and may be continued. */
  readonly hasWorker: boolean;
}

/** What one step did: where it stopped (null: nothing is left), how much it handled, and counts to add to the result. */
export interface StepOutcome {
  readonly place: string | null;
  readonly handled: number;
  readonly counts?: Readonly<Record<string, number>>;
}

/** Work on the next part after `place`, in one transaction with the note of how far it came. */
export type JobStep = (tx: Transaction<Tables>, place: string | null) => Promise<StepOutcome>;

/** The jobs a server is at, and whether it is stopping. */
interface AtWork {
  readonly stepping: Set<string>;
  readonly background: Map<Promise<void>, string>;
  isStopping: boolean;
}

const atWork = new WeakMap<Database, AtWork>();

function atWorkOf(database: Database): AtWork {
  const known = atWork.get(database) ?? { stepping: new Set(), background: new Map(), isStopping: false };
  atWork.set(database, known);
  return known;
}

const isAtWork = (database: Database, jobId: string): boolean => {
  const { stepping, background } = atWorkOf(database);
  return stepping.has(jobId) || [...background.values()].includes(jobId);
};

/**
 * Begins work on a job without waiting for it; from here on nobody is told that it was cut off. What goes wrong is logged and
 * the job can be continued.
 */
export function workInBackground(
  { database, log }: { database: Database; log: { error(details: object, message: string): void } },
  job: { id: string; name: string },
  work: () => Promise<void>,
): void {
  const { background } = atWorkOf(database);
  const running = work()
    .catch((error: unknown) =>
      log.error({ name: (error as Error).name, message: (error as Error).message }, `${job.name} cut off`),
    )
    .finally(() => background.delete(running));
  background.set(running, job.id);
}

/** Lets every job finish the step it is at and begin no other, before the database is closed; they can be continued later. */
export async function settleJobs(database: Database): Promise<void> {
  const known = atWorkOf(database);
  known.isStopping = true;
  await Promise.all(known.background.keys());
}

/** Writes down a piece of long work in the caller's transaction; a second time with the same id changes nothing. */
export async function openJob(
  tx: Transaction<Tables>,
  job: {
    countyId: string;
    id: string;
    kind: JobKind;
    orgPath: string;
    subjectId: string | null;
    total: number;
    staffId: string;
    now: Date;
  },
): Promise<void> {
  await sql`
    insert into batch_job (county_id, id, kind, org_path, subject_id, total, started_at, started_by)
    values (${job.countyId}, ${job.id}::uuid, ${job.kind}, ${job.orgPath}, ${job.subjectId}::uuid, ${job.total},
      ${job.now}, ${job.staffId}::uuid)
    on conflict do nothing`.execute(tx);
}

/** The latest job for a subject, of a kind; undefined when there is none in scope. */
export async function readJob(
  database: Database,
  tx: Transaction<Tables>,
  input: { countyId: string; kind: JobKind; subjectId?: string; id?: string },
): Promise<JobState | undefined> {
  let query = tx
    .selectFrom('batch_job')
    .select(['id', 'status', 'done', 'total', 'result'])
    .where('county_id', '=', input.countyId)
    .where('kind', '=', input.kind);
  if (input.subjectId) query = query.where('subject_id', '=', input.subjectId);
  if (input.id) query = query.where('id', '=', input.id);
  const row = await query.orderBy('started_at', 'desc').limit(1).executeTakeFirst();
  if (!row) return undefined;
  return { ...row, hasWorker: isAtWork(database, row.id) };
}

/** A piece of work that was cut off: nobody here is at it, and it goes on where it stood when somebody says so. */
export interface CutOffJob {
  readonly subjectId: string;
  readonly done: number;
  readonly total: number;
  readonly startedBy: string;
}

/** Jobs of these kinds in scope that were cut off, the oldest first. */
export async function listCutOff(
  database: Database,
  tx: Transaction<Tables>,
  input: { countyId: string; kinds: readonly JobKind[] },
): Promise<CutOffJob[]> {
  const rows = await tx
    .selectFrom('batch_job')
    .select(['id', 'subject_id', 'done', 'total', 'started_by'])
    .where('county_id', '=', input.countyId)
    .where('kind', 'in', [...input.kinds])
    .where('status', '=', 'working')
    .orderBy('started_at')
    .limit(50)
    .execute();
  return rows.flatMap(({ id, subject_id, done, total, started_by }) =>
    subject_id === null || isAtWork(database, id)
      ? []
      : [{ subjectId: subject_id, done, total, startedBy: started_by }],
  );
}

/**
 * Works a job to its end, step by step, each in a transaction that holds the job's row: two workers take turns and none
 * does a step again. Killed half way, the rows and the place of finished steps stand and the next call goes on there.
 * Returns at once when this process is already at it, and after the step it is at when the server stops.
 */
export async function workJob(
  database: Database,
  scope: { countyId: string; path: OrgPath },
  input: {
    jobId: string;
    step: JobStep;
    finish?: (tx: Transaction<Tables>) => Promise<void>;
    now: () => Date;
  },
): Promise<void> {
  const known = atWorkOf(database);
  if (known.stepping.has(input.jobId)) return;
  known.stepping.add(input.jobId);
  try {
    while (!known.isStopping) {
      const more = await withScope(database, scope, (tx) => takeStep(tx, scope.countyId, input));
      if (!more) return;
    }
  } finally {
    known.stepping.delete(input.jobId);
  }
}

async function takeStep(
  tx: Transaction<Tables>,
  countyId: string,
  input: Parameters<typeof workJob>[2],
): Promise<boolean> {
  const job = await tx
    .selectFrom('batch_job')
    .select(['status', 'place', 'result'])
    .where('county_id', '=', countyId)
    .where('id', '=', input.jobId)
    .forUpdate()
    .executeTakeFirst();
  if (job?.status !== 'working') return false;
  const { place, handled, counts = {} } = await input.step(tx, job.place);
  const result = { ...(job.result as Record<string, number>) };
  for (const [name, value] of Object.entries(counts)) result[name] = (result[name] ?? 0) + value;
  if (place === null) await input.finish?.(tx);
  await sql`
    update batch_job set place = ${place}, done = done + ${handled}, result = ${JSON.stringify(result)}::jsonb,
      status = ${place === null ? 'done' : 'working'}, finished_at = ${place === null ? input.now() : null}
    where county_id = ${countyId} and id = ${input.jobId}::uuid`.execute(tx);
  return place !== null;
}
